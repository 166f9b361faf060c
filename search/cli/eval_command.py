"""`eval`: how well questions with known answers are answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_json, print_output
from pinakes.search.cli.settings import current_settings, shared_options

if TYPE_CHECKING:
    from pinakes.search.judged import Run

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
PIECES = ("stop", "exact", "pair", "quoted", "language")
"""What `--without` leaves out of the ranking of questions."""


@click.command("eval", short_help="Measure how well questions are answered.")
@click.option(
    "--qrels", required=True, type=_FILE,
    help="Which articles are relevant: question, 0, article and grade, as TREC writes them.",
)  # fmt: skip
@click.option(
    "--queries", type=_FILE,
    help='The questions: lines of {"id": …, "text": …}, or of an id, a tab and the question.',
)  # fmt: skip
@click.option(
    "--docs", multiple=True, type=_FILE,
    help="Articles to ask, known by their ids, in a file of records; by default the archive.",
)  # fmt: skip
@click.option("--run", "run_path", type=_FILE, help="Judge this TREC run, and ask nothing.")
@click.option("--against", type=_FILE, help="A TREC run to compare with, question by question.")
@click.option("--write-run", type=_NEW_FILE, help="Write the answers there, as a TREC run.")
@click.option(
    "--without", multiple=True, type=click.Choice(PIECES),
    help="Leave a piece out of how questions are ranked: stop words counting less, exact forms "
    "counting more, pairs of neighbours, quotations, rarity by the question's language.",
)  # fmt: skip
@click.option(
    "--feedback", "has_feedback", is_flag=True,
    help="Widen each question by words of the first articles that answer it (RM3).",
)  # fmt: skip
@click.option(
    "--syntax", "is_syntax", is_flag=True,
    help="Read the questions in the query language, as search does: all words are wanted.",
)  # fmt: skip
@click.option(
    "--json", "is_json", is_flag=True, help="Print JSON, the values of all questions in it."
)
@shared_options
@ends_well
def eval_(
    qrels: Path, run_path: Path | None, against: Path | None, is_json: bool, **asked: Any
) -> ExitStatus:
    """Measure how well questions are answered whose relevant articles are known.

    A question is any of its words, whatever signs stand in it, as in `search --any-word`. Told are
    nDCG@10, MAP, MRR and recall@100, as trec_eval computes them, each with a 95 % interval, and how
    many of the first ten articles nobody judged. With --against, by how much the answers are better
    or worse than others, and how likely such a difference is by chance.
    """
    from pinakes.search.cli.render_eval import eval_object, render_comparison, render_figures
    from pinakes.search.judged import MEASURES, compare, measure_run, read_judgements, read_run

    if asked["has_feedback"] and asked["is_syntax"]:
        raise click.UsageError("--feedback widens questions, not queries as of --syntax")
    if (run_path is None) is (asked["queries"] is None):
        raise click.UsageError("--queries to be asked, or a --run to be judged, is needed")
    judgements = read_judgements(qrels)
    run = read_run(run_path) if run_path else _ask(**asked)
    figures = measure_run(run, judgements)
    other = measure_run(read_run(against), judgements) if against else None
    comparisons = [compare(figures, other, name) for name in MEASURES] if other else []
    if is_json:
        print_json(eval_object(figures, comparisons))
    else:
        terminal = current_settings().stdout
        print_output(render_figures(figures, terminal))
        if comparisons:
            print_output(render_comparison(comparisons, terminal))
    return ExitStatus.DONE


def _ask(
    *,
    queries: Path,
    docs: tuple[Path, ...],
    write_run: Path | None,
    without: tuple[str, ...],
    **how: bool,
) -> Run:
    from pinakes.search.judged import read_questions, run_lines
    from pinakes.search.judged.asking import QuestionReading, ask_archive, ask_files
    from pinakes.search.questions import DEFAULT_WEIGHTS

    off = {piece: 1.0 if piece == "stop" else 0.0 for piece in without}
    reading = QuestionReading(weights=DEFAULT_WEIGHTS._replace(**off), **how)
    questions = read_questions(queries)
    if docs:
        run = ask_files(docs, questions, reading)
    else:
        from pinakes.search.cli.archives import open_archive

        with open_archive(current_settings()) as archive:
            run = ask_archive(archive, questions, reading)
    if write_run:
        lines = "".join(f"{line}\n" for line in run_lines(run))
        write_run.write_text(lines, encoding="utf-8")
    return run

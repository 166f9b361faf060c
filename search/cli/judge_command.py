"""`judge`: a person says which articles answer which questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, say
from pinakes.search.cli.settings import current_settings, shared_options

if TYPE_CHECKING:
    from pinakes.search.judged.judging import Pending

_SKIP, _QUIT = "s", "q"


@click.command(short_help="Judge which articles answer which questions.")
@click.option(
    "--queries", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='The questions: lines of {"id": …, "text": …}, or of an id, a tab and the question.',
)  # fmt: skip
@click.option(
    "--qrels", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="Where the judgements are kept; those there are not asked for again.",
)  # fmt: skip
@click.option(
    "--depth", type=click.IntRange(min=1), default=10, show_default=True,
    help="Articles of each question to be judged.",
)  # fmt: skip
@shared_options
@ends_well
def judge(queries: Path, qrels: Path, depth: int) -> ExitStatus:
    """Show the first articles of each question, and ask how well each answers it.

    0 is not at all, 1 a little, 2 in part, 3 in whole; s leaves it for another time, q ends. Every
    judgement is kept at once in a file that eval takes as --qrels, so the next time goes on there.
    """
    from pinakes.search.cli.archives import open_archive
    from pinakes.search.judged import read_questions
    from pinakes.search.judged.judging import keep_judgement, list_pending, read_kept

    questions, kept = read_questions(queries), read_kept(qrels)
    count = 0
    with open_archive(current_settings()) as archive:
        asked = ""
        for pending in list_pending(archive, questions, kept, depth=depth):
            _show(pending, is_new=pending.question != asked)
            asked = pending.question
            answer = _ask()
            if answer == _QUIT:
                break
            if answer != _SKIP:
                keep_judgement(qrels, pending.question, pending.hit.article.id, int(answer))
                count += 1
    say(f"{count:,} judgements kept in {qrels}")
    return ExitStatus.DONE if count else ExitStatus.NOTHING_FOUND


def _show(pending: Pending, *, is_new: bool) -> None:
    from pinakes.search.cli.layout import wrap
    from pinakes.search.cli.terminal import one_line

    terminal = current_settings().stdout
    lines = [""]
    if is_new:
        question = f"{pending.question}: {one_line(pending.text)}"
        lines += [terminal.style(line, "match") for line in wrap(question, terminal.width)] + [""]
    article = pending.hit.article
    title = one_line(article.title) or article.id
    lines += [terminal.style(line, "title") for line in wrap(title, terminal.width)]
    lines += wrap(one_line(pending.hit.passages[0].passage.text), terminal.width)
    click.echo("\n".join(lines), color=terminal.has_colour)


def _ask() -> str:
    from pinakes.search.judged.judging import GRADES

    choices = click.Choice([*map(str, GRADES), _SKIP, _QUIT])
    answer: str = click.prompt("How well does it answer", type=choices)
    return answer

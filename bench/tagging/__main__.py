"""The command line: `python -m bench.tagging --help`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from bench.tables import print_table, write_report
from bench.tagging.annotations import TYPES, read_article, read_folder
from bench.tagging.golden import format_golden, hash_text, judge_article, read_golden
from bench.tagging.measuring import (
    Measured,
    as_json,
    measure,
    tally_by_language,
    tally_by_type,
    tell_wrong,
)
from bench.tagging.running import as_read, installed_taggers
from bench.tagging.sampling import draw, read_sheet, write_sheet
from bench.tagging.scoring import Outcome, Tally
from bench.tagging.values import SameNames
from bench.tagging.verdicts import (
    KeptVerdict,
    SheetError,
    Verdict,
    count_verdicts,
    read_verdicts,
    wilson_interval,
    write_verdicts,
)
from pinakes.corpus.extract import Extract
from pinakes.corpus.readers.dispatch import read

_TAGS = Path(__file__).resolve().parents[2] / "tests" / "tags"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(path_type=Path)
_SCORES = ("precision", "recall", "F1")


@click.group()
def main() -> None:
    """Measure taggers on what a reader tagged, and on what a reader judges."""


@main.command("measure")
@click.option("--held-out", is_flag=True, help="Also the half that taggers are not mended by.")
@click.option("--type", "types", multiple=True, help="Only this type of tag; as often as needed.")
@click.option("--verbose", is_flag=True, help="List what is wrong or missing.")
@click.option("--json", "report", type=_NEW, help="Write all figures here.")
def measure_taggers(
    *, held_out: bool, types: tuple[str, ...], verbose: bool, report: Path | None
) -> None:
    """Print precision, recall and F1 on annotated articles, by type and language."""
    same, taggers = SameNames.read(_TAGS / "names.toml"), installed_taggers()
    figures = {}
    for half in ("develop", "held_out") if held_out else ("develop",):
        measured = measure(read_folder(_TAGS / half), taggers, same, types=types or TYPES)
        _print_half(half, measured)
        for line in tell_wrong(measured) if verbose else ():
            click.echo(line)
        figures[half] = as_json(measured)
    write_report(report, figures)


def _print_half(half: str, measured: Sequence[Measured]) -> None:
    by_type = tally_by_type(measured)
    print_table(
        f"{half}: strictly, and by overlap",
        ("type", "annotated", "found", *_SCORES, *_SCORES),
        [_row(type_, counts) for type_, counts in by_type.items()],
    )
    by_language = tally_by_language(measured)
    print_table(
        f"{half}: strict precision and recall by language",
        ("type", *by_language),
        [
            (type_, *(_cell(counts.get(type_, Tally())) for counts in by_language.values()))
            for type_ in by_type
        ],
    )


def _row(type_: str, counts: Tally) -> tuple[object, ...]:
    strict, loose = counts.scores(is_strict=True), counts.scores(is_strict=False)
    return type_, counts.annotated, counts.found, *strict, *loose


def _cell(counts: Tally) -> str:
    precision, recall, _ = counts.scores(is_strict=True)
    return f"{precision:.2f} {recall:.2f}"


@main.command("golden")
@click.argument("path", type=_FILE)
@click.argument("golden_path", type=_FILE)
def judge_whole_article(path: Path, golden_path: Path) -> None:
    """Judge the tags of an article, PATH, by its golden file; ends with 1 if one is not right."""
    golden = read_golden(golden_path)
    extracts = read(path.read_bytes(), name=path.name)
    article = next(as_read(each) for each in extracts if isinstance(each, Extract))
    if hash_text(article.text) != golden.text_sha256:
        raise click.ClickException(
            f"{path}: its text is not the one that {golden_path} was made for; make the golden file"
            " again from a marked copy, with `offsets`"
        )
    same = SameNames.read(_TAGS / "names.toml")
    measured = [
        Measured(
            article=path.name,
            language=article.language,
            passage=passage.number,
            text=passage.text,
            rule="",
            judged=judged,
        )
        for passage, judged in judge_article(article, golden, installed_taggers(), same)
        if judged.type in (*TYPES, "role")
    ]
    _print_half(path.name, measured)
    for line in tell_wrong(measured):
        click.echo(line)
    if any(each.judged.outcome not in (Outcome.RIGHT, Outcome.OPTIONAL) for each in measured):
        raise SystemExit(1)


@main.command("offsets")
@click.argument("marked", type=_FILE)
def print_offsets(marked: Path) -> None:
    """Print the golden file of an annotated article: offsets, types and values."""
    click.echo(format_golden(read_article(marked)), nl=False)


@main.command("draw")
@click.argument("path", type=_FILE)
@click.argument("sheet", type=_NEW)
@click.option("--passages", type=int, default=1000, show_default=True)
@click.option("--tags", type=int, default=100, show_default=True, help="Of each type.")
@click.option("--type", "types", multiple=True, help="Only this type of tag; as often as needed.")
@click.option("--seed", type=int, default=1, show_default=True)
def draw_sheet(
    path: Path, sheet: Path, *, passages: int, tags: int, types: tuple[str, ...], seed: int
) -> None:
    """Draw tags from the records of PATH (JSONL, plain or .gz) into a SHEET to judge.

    The sheet holds the words around each tag: it is for a reader, not to be kept.
    """
    drawn = draw(path, installed_taggers(), passage_count=passages, tags_a_type=tags, seed=seed)
    write_sheet(sheet, [tag for tag in drawn if not types or tag.type in types])


@main.command("keep")
@click.argument("sheets", nargs=-1, required=True, type=_FILE)
@click.argument("kept", type=_NEW)
def keep_verdicts(sheets: tuple[Path, ...], kept: Path) -> None:
    """Keep of judged SHEETS only where the tags stand and what the verdicts are."""
    try:
        verdicts = [each for sheet in sheets for each in read_sheet(sheet)]
    except SheetError as error:
        raise click.ClickException(str(error)) from error
    write_verdicts(kept, verdicts)
    _print_verdicts(verdicts)


@main.command("verdicts")
@click.argument("kept", nargs=-1, required=True, type=_FILE)
def print_verdicts(kept: tuple[Path, ...]) -> None:
    """Print precision by type, with its 95 % confidence interval, by KEPT verdicts."""
    _print_verdicts(each for path in kept for each in read_verdicts(path))


def _print_verdicts(verdicts: Iterable[KeptVerdict]) -> None:
    rows = []
    for type_, counts in count_verdicts(verdicts).items():
        judged, right = counts.total(), counts[Verdict.RIGHT]
        low, high = wilson_interval(right, judged)
        interval = f"{low:.3f} to {high:.3f}"
        rows.append((type_, judged, *(counts[each] for each in Verdict), right / judged, interval))
    print_table("Verdicts", ("type", "judged", *Verdict, "precision", "95 %"), rows)


if __name__ == "__main__":
    main()

"""The command line: `python -m bench.sentences --help`."""

from __future__ import annotations

from pathlib import Path

import click

from bench.machine import describe_machine
from bench.sentences.contest import hold
from bench.sentences.splitters import SPLITTERS, installed
from bench.sentences.texts import read_texts
from bench.tables import print_machine, print_table, write_report


@click.command()
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(__file__).parent / "texts",
    show_default=False,
    help="A folder of LANGUAGE.txt with a sentence a line, a blank line between paragraphs.",
)
@click.option(
    "--splitter", "names", multiple=True, type=click.Choice([*SPLITTERS]), help="Only these."
)
@click.option("--seconds", type=float, default=1.0, help="Time for the speed of each.")
@click.option("--show-errors", is_flag=True, help="Print what Pinakes cuts wrongly.")
@click.option("--json", "report", type=click.Path(path_type=Path), help="Write all figures here.")
def main(
    *, texts: Path, names: tuple[str, ...], seconds: float, show_errors: bool, report: Path | None
) -> None:
    """Compare where splitters end sentences with where a reader does."""
    chosen = installed(names or tuple(SPLITTERS))
    paragraphs = read_texts(texts)
    scores = [hold(name, splitter, paragraphs, seconds=seconds) for name, splitter in chosen]
    machine = describe_machine()
    print_machine(machine)
    print_table(
        f"{sum(len(p.ends) for p in paragraphs)} ends between sentences",
        ("splitter", "precision", "recall", "F1", "MB/s"),
        [(s.name, s.precision, s.recall, s.f1, s.mb_per_s) for s in scores],
    )
    languages = sorted({p.language for p in paragraphs})
    print_table(
        "F1 by language",
        ("splitter", *languages),
        [(s.name, *(s.f1_of(language) for language in languages)) for s in scores],
    )
    if show_errors:
        for wrong in (wrong for s in scores if s.name == "pinakes" for wrong in s.wrong):
            click.echo(wrong)
    write_report(report, {"machine": machine, "scores": [s.as_json() for s in scores]})


if __name__ == "__main__":
    main()

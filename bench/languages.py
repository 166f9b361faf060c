"""What it costs to keep several languages in one index: beside an index for each of them.

`python -m bench.languages FOLDER`, where FOLDER is a judged collection whose articles and questions
are of the language that their ids begin with: `de-17`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from pinakes.search.judged import (
    Collection,
    Figures,
    Judgements,
    build_collection,
    compare,
    measure_run,
    read_judgements,
    read_questions,
)
from pinakes.search.questions import DEFAULT_WEIGHTS

_MEASURE = "nDCG@10"


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--every", type=click.IntRange(1), default=1, help="Ask each so-manieth question.")
@click.option("--without", is_flag=True, help="Without regard to the language of a question.")
def main(folder: Path, every: int, without: bool) -> None:
    """Ask one index of all languages in FOLDER, then one for each; tell what the first loses."""
    if not (folder / "queries.jsonl.gz").is_file():
        raise click.UsageError(f"{folder}: no queries.jsonl.gz in it; give one collection's folder")
    questions, judgements = read_questions(folder / "queries.jsonl.gz"), _judged(folder)
    by_language: dict[str, list[str]] = {}
    for name in questions:
        if name in judgements:
            by_language.setdefault(_language(name), []).append(name)
    losses: list[float] = []
    with TemporaryDirectory(prefix="bench-") as made:
        together = _build(folder, Path(made) / "all", frozenset(by_language))
        for language, names in sorted(by_language.items()):
            asked = {name: questions[name] for name in names[::every]}
            alone = _build(folder, Path(made) / language, frozenset({language}))
            one = _measure(together, asked, judgements, without=without)
            own = _measure(alone, asked, judgements, without=without)
            losses.append(one.answerable[_MEASURE] / own.answerable[_MEASURE] - 1)
            click.echo(
                f"{language}: {len(asked):5} questions, alone {own.answerable[_MEASURE]:.4f}, "
                f"together {one.answerable[_MEASURE]:.4f}, {losses[-1]:+.2%}, "
                f"p {compare(one, own, _MEASURE).p:.4f}"
            )
    click.echo(f"mean {sum(losses) / len(losses):+.2%}")


def _judged(folder: Path) -> Judgements:
    return read_judgements(folder / "qrels.tsv")


def _language(name: str) -> str:
    return name.partition("-")[0]


def _build(folder: Path, made: Path, languages: frozenset[str]) -> Collection:
    """Return the collection of the articles of some languages."""
    made.mkdir()
    path = made / "docs.jsonl"
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        path.write_text("".join(_of(lines, languages)), encoding="utf-8")
    return build_collection([path], made)


def _of(lines: Iterable[str], languages: frozenset[str]) -> Iterable[str]:
    return (line for line in lines if _language(json.loads(line)["id"]) in languages)


def _measure(
    collection: Collection, asked: dict[str, str], judgements: Judgements, *, without: bool
) -> Figures:
    weights = DEFAULT_WEIGHTS._replace(language=0.0) if without else DEFAULT_WEIGHTS
    run = {
        name: collection.ask(collection.read(text, weights=weights), depth=10)
        for name, text in asked.items()
    }
    return measure_run(run, {name: judgements[name] for name in asked})


if __name__ == "__main__":
    main()

"""How good the ranking is on judged collections, beside BM25 as others have it.

`python -m bench.ranking FOLDER`, where each folder in FOLDER is a collection: `docs.jsonl.gz`,
`queries.jsonl.gz`, `qrels.tsv`, and `baseline_bm25.json`, what another implementation of BM25
reaches, by setting.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import click

from bench.tables import write_report
from pinakes.search.judged import (
    Collection,
    Figures,
    Run,
    build_collection,
    measure_run,
    read_judgements,
    read_questions,
)
from pinakes.search.questions import DEFAULT_WEIGHTS, QuestionWeights, read_question

_MEASURE = "nDCG@10"
_BASELINE_MEASURE = "ndcg_cut_10"
_FLOORS = Path(__file__).with_name("relevance.json")


class Judged(NamedTuple):
    """A collection with its questions.

    Attributes:
        name: Of its folder.
        collection: Its index.
        questions: By id.
        judgements: Of these.
        baseline: The best nDCG@10 of another implementation; None if nobody measured it.
    """

    name: str
    collection: Collection
    questions: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]
    baseline: float | None


def open_collection(folder: Path, made_in: Path) -> Judged:
    """Return the collection in a folder, its index in the folder `made_in`, which is made."""
    made_in.mkdir(parents=True)
    found = folder / "baseline_bm25.json"
    settings = json.loads(found.read_text()).values() if found.exists() else ()
    return Judged(
        name=folder.name,
        collection=build_collection([folder / "docs.jsonl.gz"], made_in),
        questions=read_questions(folder / "queries.jsonl.gz"),
        judgements=read_judgements(folder / "qrels.tsv"),
        baseline=max((each[_BASELINE_MEASURE] for each in settings), default=None),
    )


def answer_all(judged: Judged, weights: QuestionWeights = DEFAULT_WEIGHTS) -> tuple[Run, float]:
    """Return the answers to all judged questions, and the milliseconds of the median one."""
    collection, took = judged.collection, []
    run: dict[str, Any] = {}
    for name, text in judged.questions.items():
        if name in judged.judgements:
            query = read_question(text, collection.languages, weights=weights)
            run[name] = collection.ask(query, depth=100)
            began = time.process_time()
            collection.ask(query, depth=10)
            took.append(time.process_time() - began)
    return run, 1000 * sorted(took)[len(took) // 2]


def measure_collections(
    folder: Path, names: tuple[str, ...], weights: QuestionWeights
) -> Iterator[tuple[Judged, Figures, float]]:
    """Yield each collection with its figures, and the milliseconds of the median question."""
    with TemporaryDirectory(prefix="bench-") as made:
        for each in sorted(folder.iterdir()):
            if (each / "qrels.tsv").exists() and (not names or each.name in names):
                judged = open_collection(each, Path(made) / each.name)
                run, took = answer_all(judged, weights)
                yield judged, measure_run(run, judged.judgements), took


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", "names", multiple=True, help="A collection, by its name.")
@click.option(
    "--weight", "changed", multiple=True, metavar="PART=NUMBER",
    help=f"What a part counts: {', '.join(QuestionWeights._fields)}.",
)  # fmt: skip
@click.option("--check", is_flag=True, help="Fail if a figure is below its floor.")
@click.option("--json", "report", type=click.Path(path_type=Path), help="Write the figures there.")
def main(
    folder: Path, names: tuple[str, ...], changed: tuple[str, ...], check: bool, report: Path | None
) -> None:
    """Measure the ranking on the judged collections in FOLDER."""
    parts = dict(each.split("=", 1) for each in changed)
    weights = QuestionWeights()._replace(**{name: float(value) for name, value in parts.items()})
    relative: list[float] = []
    told: dict[str, Any] = {}
    for judged, figures, took in measure_collections(folder, names, weights):
        mean = figures.answerable[_MEASURE]
        line = f"{judged.name:16} {mean:.4f}"
        if judged.baseline is not None:
            relative.append(mean / judged.baseline - 1)
            line += f"  baseline {judged.baseline:.4f}  {relative[-1]:+7.2%}"
        click.echo(f"{line}  {took:6.2f} ms")
        told[judged.name] = {
            "questions": len(figures.questions) - figures.without_relevant,
            "baseline": judged.baseline,
            "median_ms": took,
            **{name: round(value, 4) for name, value in figures.answerable.items()},
        }
    if relative:
        click.echo(f"mean {sum(relative) / len(relative):+.2%}, least {min(relative):+.2%}")
    write_report(report, told)
    if check:
        _check(told)


def _check(told: Mapping[str, Mapping[str, Any]]) -> None:
    """End with an error if a collection is below its floor."""
    floors = json.loads(_FLOORS.read_text())[_MEASURE]
    below = [name for name, found in told.items() if found[_MEASURE] < floors.get(name, 0)]
    if below:
        raise click.ClickException(f"below the floor of {_FLOORS.name}: {', '.join(below)}")


if __name__ == "__main__":
    main()

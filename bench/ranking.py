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

from bench.contestants import find_jars
from bench.lucene_bm25 import ask_lucene
from bench.peer import PeerMissingError
from bench.pieces import PIECES, Setting, set_constants
from bench.tables import write_report
from pinakes.search.judged import (
    Collection,
    Figures,
    Run,
    build_collection,
    compare,
    measure_run,
    read_judgements,
    read_questions,
)
from pinakes.search.questions import DEFAULT_WEIGHTS, QuestionWeights

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
        folder: Where it is from.
        baseline: The best nDCG@10 of another implementation; None if nobody measured it.
    """

    name: str
    collection: Collection
    questions: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]
    folder: Path
    baseline: float | None

    def thin(self, every: int) -> Judged:
        """Return it with each so-manieth question only."""
        asked = [name for name in self.questions if name in self.judgements][::every]
        return self._replace(
            questions={name: self.questions[name] for name in asked},
            judgements={name: self.judgements[name] for name in asked},
        )


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
        folder=folder,
        baseline=max((each[_BASELINE_MEASURE] for each in settings), default=None),
    )


def answer_all(
    judged: Judged,
    setting: Setting = Setting(),  # noqa: B008
    *,
    depth: int = 100,
) -> tuple[Run, float]:
    """Return the answers to all judged questions, and the milliseconds of the median one.

    A question is timed when it is asked the second time, from its text to the first ten articles.
    """
    collection, took = judged.collection, []
    run: dict[str, Any] = {}
    with set_constants(setting.constants, collection):
        for name, text in judged.questions.items():
            if name not in judged.judgements:
                continue
            query = collection.read(text, weights=setting.weights)
            query = collection.widen(query) if setting.has_feedback else query
            run[name] = collection.ask(query, depth=depth)
            began = time.process_time()
            query = collection.read(text, weights=setting.weights)
            collection.ask(collection.widen(query) if setting.has_feedback else query, depth=10)
            took.append(time.process_time() - began)
    return run, 1000 * sorted(took)[len(took) // 2]


def judged_collections(folder: Path, names: tuple[str, ...]) -> Iterator[Judged]:
    """Yield the collections in a folder, or those of `names`, one after the other."""
    with TemporaryDirectory(prefix="bench-") as made:
        for each in sorted(folder.iterdir()):
            if (each / "qrels.tsv").exists() and (not names or each.name in names):
                yield open_collection(each, Path(made) / each.name)


def ablate(judged: Judged) -> dict[str, Any]:
    """Return what each piece of the ranking is worth on a collection: what is lost without it."""
    default = answer_all(judged, depth=10)
    whole = measure_run(default[0], judged.judgements)
    told: dict[str, Any] = {
        "default": {
            _MEASURE: whole.answerable[_MEASURE],
            "baseline": judged.baseline,
            "median_ms": default[1],
        }
    }
    for name, setting in PIECES.items():
        is_same = name == "language" and len(judged.collection.languages) < 2
        run, took = default if is_same else answer_all(judged, setting, depth=10)
        without = measure_run(run, judged.judgements)
        found = compare(without, whole, _MEASURE)
        told[name] = {
            _MEASURE: without.answerable[_MEASURE],
            "relative": without.answerable[_MEASURE] / whole.answerable[_MEASURE] - 1,
            "p": found.p,
            "median_ms": took,
        }
    return told


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", "names", multiple=True, help="A collection, by its name.")
@click.option(
    "--weight", "changed", multiple=True, metavar="PART=NUMBER",
    help=f"What a part counts: {', '.join(QuestionWeights._fields)}.",
)  # fmt: skip
@click.option("--feedback", is_flag=True, help="Widen questions by what answers them first.")
@click.option("--ablation", is_flag=True, help="Measure without each piece of the ranking, too.")
@click.option("--lucene", "has_lucene", is_flag=True, help="Measure Lucene's BM25, too.")
@click.option(
    "--lucene-jars", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of Lucene's jars; those of pyserini otherwise.",
)  # fmt: skip
@click.option("--check", is_flag=True, help="Fail if a figure is below its floor.")
@click.option("--every", type=click.IntRange(1), default=1, help="Ask each so-manieth question.")
@click.option("--json", "report", type=click.Path(path_type=Path), help="Write the figures there.")
def main(folder: Path, names: tuple[str, ...], report: Path | None, **asked: Any) -> None:
    """Measure the ranking on the judged collections in FOLDER."""
    parts = dict(each.split("=", 1) for each in asked["changed"])
    weights = DEFAULT_WEIGHTS._replace(**{name: float(value) for name, value in parts.items()})
    told: dict[str, Any] = {}
    jars = _find_lucene(asked["lucene_jars"]) if asked["has_lucene"] else None
    for found in judged_collections(folder, names):
        judged = found.thin(asked["every"])
        if asked["ablation"]:
            told[judged.name] = ablate(judged)
            _tell_ablation(judged.name, told[judged.name])
        else:
            setting = Setting(weights, has_feedback=asked["feedback"])
            told[judged.name] = _measure(judged, setting, jars)
    write_report(report, told)
    if not asked["ablation"]:
        _tell_mean(told)
    if asked["check"]:
        _check(told)


def _find_lucene(folder: Path | None) -> Path | None:
    """Return where Lucene's jars are; None, which is told, where they cannot be used."""
    try:
        return find_jars(folder)
    except PeerMissingError as error:
        click.echo(f"Lucene is absent: {error}")
        return None


def _measure(judged: Judged, setting: Setting, jars: Path | None) -> dict[str, Any]:
    run, took = answer_all(judged, setting)
    figures = measure_run(run, judged.judgements)
    mean, baseline = figures.answerable[_MEASURE], judged.baseline
    beside = f"baseline {baseline:.4f}  {mean / baseline - 1:+7.2%}" if baseline else " " * 25
    click.echo(f"{judged.name:16} {mean:.4f}  {beside}  {took:6.2f} ms")
    lucene = _measure_lucene(judged, figures, jars) if jars else {}
    return {
        "questions": len(figures.questions) - figures.without_relevant,
        "baseline": baseline,
        "median_ms": took,
        **lucene,
        **{name: round(value, 4) for name, value in figures.answerable.items()},
    }


def _measure_lucene(judged: Judged, ours: Figures, jars: Path) -> dict[str, Any]:
    """Return and tell what Lucene reaches with the same questions, by setting."""
    told: dict[str, Any] = {}
    try:
        runs = ask_lucene(judged.folder, judged.questions, jars)
    except PeerMissingError as error:
        click.echo(f"  {error}")
        runs = {}
    for name, run in runs.items():
        theirs = measure_run(run, judged.judgements)
        mean, p = theirs.answerable[_MEASURE], compare(theirs, ours, _MEASURE).p
        told[f"Lucene, {name}"] = round(mean, 4)
        gain = ours.answerable[_MEASURE] / mean - 1
        click.echo(f"  Lucene, {name:15} {mean:.4f}; ours {gain:+7.2%}, p {p:.4f}")
    return told


def _tell_mean(told: Mapping[str, Mapping[str, Any]]) -> None:
    relative = [f[_MEASURE] / f["baseline"] - 1 for f in told.values() if f["baseline"]]
    if relative:
        click.echo(f"mean {sum(relative) / len(relative):+.2%}, least {min(relative):+.2%}")


def _tell_ablation(name: str, told: Mapping[str, Mapping[str, float]]) -> None:
    whole = told["default"]
    click.echo(f"{name}: {whole[_MEASURE]:.4f}, {whole['median_ms']:.2f} ms")
    for piece in PIECES:
        found = told[piece]
        line = f"  without {piece:9} {found['relative']:+7.2%}  p {found['p']:.4f}"
        click.echo(f"{line}  {found['median_ms']:.2f} ms")


def _check(told: Mapping[str, Mapping[str, Any]]) -> None:
    """End with an error if a collection is below its floor."""
    floors = json.loads(_FLOORS.read_text())[_MEASURE]
    below = [name for name, found in told.items() if found[_MEASURE] < floors.get(name, 0)]
    if below:
        raise click.ClickException(f"below the floor of {_FLOORS.name}: {', '.join(below)}")


if __name__ == "__main__":
    main()

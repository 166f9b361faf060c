"""The command line: `python -m bench.extraction --help`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from bench.extraction.compare import Judged, compare, table
from bench.extraction.page_sets import JUDGES, LEARNED, PageSetError, read_set
from bench.extraction.samples import Sample, make_sample
from bench.extraction.training import Trained, train
from pinakes.corpus.readers.html.model import ContentModel, read_model, shipped_model, write_model

_SETS = (*JUDGES, *LEARNED)
_PROCESSES = 2
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_SHIPPED = Path(__file__).parents[2] / "corpus" / "readers" / "html" / "content_model.npz"


_FOLDS = click.option(
    "--folds", type=click.IntRange(2), default=5, help="By which learned sets are judged."
)


@click.group()
def main() -> None:
    """Measure how well main content is told from the rest of a page, and learn to."""


@main.command("train")
@click.argument("pages", type=_FOLDER)
@click.argument("models", type=click.Path(file_okay=False, path_type=Path))
@click.option("--ship", is_flag=True, help="Make the model of all pages the one that is shipped.")
@_FOLDS
def train_command(*, pages: Path, models: Path, ship: bool, folds: int) -> None:
    """Learn from the sets in PAGES, and write a model for each fold to MODELS."""
    samples = list(_read_samples(pages, LEARNED))
    trained = train(samples, fold_count=folds, say=_say)
    models.mkdir(parents=True, exist_ok=True)
    for number, model in enumerate(trained.folds):
        with (models / f"fold-{number}.npz").open("wb") as file:
            write_model(file, model)
    with (_SHIPPED if ship else models / "model.npz").open("wb") as file:
        write_model(file, trained.shipped)


@main.command("compare")
@click.argument("pages", type=_FOLDER)
@click.option(
    "--models", type=_FOLDER, help="Written by `train`; by default they are trained first."
)
@click.option("--set", "sets", multiple=True, type=click.Choice(_SETS), default=_SETS)
@click.option("--every", type=click.IntRange(1), default=1, help="Only every Nth page.")
@_FOLDS
def compare_command(*, pages: Path, models: Path | None, folds: int, **chosen: Any) -> None:
    """Judge Pinakes and the libraries that are installed on the sets in PAGES."""
    if models:
        trained = _read_models(models)
    else:
        samples = list(_read_samples(pages, LEARNED))
        trained = train(samples, fold_count=folds, say=_say)
    judged: list[Judged] = []
    for name in chosen["sets"]:
        judged += compare(islice(read_set(pages, name), 0, None, chosen["every"]), trained)
        _say(f"{name} judged")
    click.echo(table(judged))


def _read_models(folder: Path) -> Trained:
    folds: list[ContentModel] = []
    while (path := folder / f"fold-{len(folds)}.npz").is_file():
        with path.open("rb") as file:
            folds.append(read_model(file))
    if not folds:
        raise PageSetError(f"{folder}: no models here; make them with `train`")
    return Trained(shipped=shipped_model(), folds=folds)


def _read_samples(folder: Path, sets: Sequence[str]) -> Iterator[Sample]:
    for name in sets:
        count = 0
        with Pool(_PROCESSES) as workers:
            for sample in workers.imap(make_sample, read_set(folder, name), chunksize=8):
                if sample is not None:
                    count += 1
                    yield sample
        _say(f"{name}: {count} pages read")


_START = perf_counter()


def _say(what: str) -> None:
    click.echo(f"{perf_counter() - _START:6.0f} s  {what}", err=True)


if __name__ == "__main__":
    try:
        main()
    except PageSetError as error:
        raise SystemExit(f"bench.extraction: {error}") from error

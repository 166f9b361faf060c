"""Pinakes itself, asked for passages or for whole articles."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.archives import write_archive
from bench.inputs import BenchPassage
from bench.peer import Resources, folder_sizes
from bench.shapes import TOP_COUNT, Answer, Asked, Join, Shape
from pinakes.corpus import ArchiveFolder
from pinakes.indexer import PassageIndex
from pinakes.search import Archive, Scope, SearchOptions, parse
from pinakes.search.evaluation import evaluate

_JOINTS = {Join.OR: " OR ", Join.AND: " AND ", Join.PHRASE: " "}


class Pinakes:
    """An archive of articles of 20 passages, evaluated by passage or by article."""

    def __init__(self, scope: Scope) -> None:
        self._options = SearchOptions(scope=scope, limit=TOP_COUNT)

    def describe(self) -> dict[str, str]:
        return {
            "version": version("pinakes"),
            "fields": "stems and words, with positions",
            "scope": str(self._options.scope),
        }

    def can(self, shape: Shape) -> bool:
        return True

    def build(
        self, folder: Path, passages: Sequence[BenchPassage], resources: Resources
    ) -> dict[str, float]:
        times = write_archive(folder, passages)
        snapshot = PassageIndex.open(ArchiveFolder.open(folder).index_path).snapshot()
        if snapshot.live_passages != len(passages):
            raise AssertionError(f"{snapshot.live_passages} passages of {len(passages)}")
        return {**times, "segments": len(snapshot.segments)}

    def finish(self, folder: Path) -> None:
        """Leave it as it is."""

    def sizes(self, folder: Path) -> dict[str, int]:
        index = folder_sizes(ArchiveFolder.open(folder).index_path)["all"]
        return {"texts": folder_sizes(folder)["all"] - index, "index": index}

    def open(self, folder: Path) -> None:
        self._archive = Archive.open(folder, exact=True)
        self._snapshot = PassageIndex.open(ArchiveFolder.open(folder).index_path).snapshot()

    def prepare(self, words: tuple[str, ...], shape: Shape) -> Any:
        text = _JOINTS[shape.join].join(words)
        return parse(f'"{text}"' if shape.join is Join.PHRASE else text)

    def search(self, prepared: Any, shape: Shape) -> Any:
        if shape.asked is Asked.WHOLE:
            return self._archive.search(prepared, options=self._options)
        return evaluate(prepared.root, self._snapshot, self._options)

    def read_answer(self, found: Any, join: Join) -> Answer:
        hits = [(f"{hit.key}", hit.score) for hit in found.hits]
        return Answer(hits, found.passages)


def by_passage() -> Pinakes:
    """Return Pinakes asked for passages."""
    return Pinakes(Scope.PASSAGE)


def by_article() -> Pinakes:
    """Return Pinakes asked for articles, as it is by default."""
    return Pinakes(Scope.ARTICLE)

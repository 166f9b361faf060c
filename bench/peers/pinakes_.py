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
from pinakes.corpus import ArchiveFolder, Store
from pinakes.indexer import PassageIndex
from pinakes.search import Archive, Scope, SearchOptions, parse
from pinakes.search.evaluation import prepare, rank
from pinakes.search.options import By

_JOINTS = {Join.OR: " OR ", Join.AND: " AND ", Join.PHRASE: " "}


class Pinakes:
    """An archive of articles of 20 passages, asked for passages or for articles."""

    def __init__(self, by: By) -> None:
        scope = Scope.PASSAGE if by is By.PASSAGE else Scope.ARTICLE
        self._by = by
        self._options = {
            asked: SearchOptions(by=by, scope=scope, limit=TOP_COUNT, totals=asked is not Asked.TOP)
            for asked in Asked
        }

    def describe(self) -> dict[str, str]:
        return {
            "version": version("pinakes"),
            "fields": "stems and words, with positions",
            "hits": f"{self._by}s",
        }

    def can(self, shape: Shape) -> bool:
        return True

    def build(
        self, folder: Path, passages: Sequence[BenchPassage], resources: Resources
    ) -> dict[str, float]:
        self._given = passages
        return write_archive(folder, passages, memory_mb=resources.memory_mb)

    def finish(self, folder: Path) -> None:
        # Not to make anything faster: the figures are of an archive that has every passage.
        paths = ArchiveFolder.open(folder)
        with PassageIndex.open(paths.index_path).snapshot() as snapshot:
            indexed = snapshot.live_passages
        with Store.open(paths.store_path) as store:
            articles = store.living(snapshot.generation)
            stored = [passage.text for article in articles for passage in article.passages]
        if indexed != len(self._given) or stored != [text for _id, text in self._given]:
            raise RuntimeError(f"{indexed} passages indexed, {len(stored)} stored, or other texts")

    def sizes(self, folder: Path) -> dict[str, int]:
        index = folder_sizes(ArchiveFolder.open(folder).index_path)["all"]
        return {"texts": folder_sizes(folder)["all"] - index, "index": index}

    def open(self, folder: Path) -> None:
        self._archive = Archive.open(folder, exact=True)
        self._snapshot = PassageIndex.open(ArchiveFolder.open(folder).index_path).snapshot()

    def prepare(self, words: tuple[str, ...], shape: Shape) -> Any:
        text = _JOINTS[shape.join].join(words)
        query = parse(f'"{text}"' if shape.join is Join.PHRASE else text)
        # Stemmed too, as the query objects of other engines are.
        return query, prepare(query.root, self._snapshot)

    def search(self, prepared: Any, shape: Shape) -> Any:
        options = self._options[shape.asked]
        if shape.asked is Asked.WHOLE:
            return self._archive.search(prepared[0], options=options)
        return rank(prepared[1], self._snapshot, options)

    def read_answer(self, found: Any, join: Join) -> Answer:
        if self._by is By.ARTICLE:
            return Answer([(f"{hit.key}", hit.score) for hit in found.hits], found.articles)
        hits = [(f"{hit.key}/{hit.passages[0].number}", hit.score) for hit in found.hits]
        return Answer(hits, found.passages)


def by_passage() -> Pinakes:
    """Return Pinakes asked for passages."""
    return Pinakes(By.PASSAGE)


def by_article() -> Pinakes:
    """Return Pinakes asked for articles, as it is by default."""
    return Pinakes(By.ARTICLE)

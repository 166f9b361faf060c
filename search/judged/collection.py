"""A judged collection as an index of its own, to be asked without an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus import UNKNOWN_LANGUAGE, Article, Extract, Problem, read, split
from pinakes.indexer import Snapshot, build_segment, snapshot_of
from pinakes.search.evaluation import prepare, rank
from pinakes.search.feedback import ARTICLES, widen
from pinakes.search.judged.files import JudgedFileError, Scored
from pinakes.search.options import SearchOptions
from pinakes.search.query import Query
from pinakes.search.questions import DEFAULT_WEIGHTS, QuestionWeights, ask_snapshot

DEPTH = 1000
"""So many articles an answer has at the most, as runs at TREC do."""


class Collection(NamedTuple):
    """The articles of a collection, ready to be asked.

    Attributes:
        snapshot: Their index.
        names: The name that judgements know each article by.
        problems: Records that hold no article, `line 7: no text`.
        articles: The articles themselves, for what widens a question.
    """

    snapshot: Snapshot
    names: tuple[str, ...]
    problems: tuple[str, ...]
    articles: tuple[Article, ...] = ()

    @property
    def languages(self) -> frozenset[str]:
        """The languages that its articles were told to be in."""
        return frozenset(self.snapshot.languages)

    def read(self, text: str, *, weights: QuestionWeights = DEFAULT_WEIGHTS) -> Query:
        """Return what a question asks it for."""
        return ask_snapshot(text, self.snapshot, weights=weights)

    def ask(self, query: Query, *, depth: int = DEPTH) -> list[Scored]:
        """Return the names and scores of the articles that satisfy a query, best first."""
        options = SearchOptions(limit=depth, totals=False, collapse=False)
        ranking = rank(prepare(query.root, self.snapshot), self.snapshot, options)
        return [Scored(self.names[key - 1], score) for key, score in ranking.scored]

    def widen(self, query: Query) -> Query:
        """Return a question widened by the articles that answer it first."""
        options = SearchOptions(limit=ARTICLES, totals=False, collapse=False)
        ranking = rank(prepare(query.root, self.snapshot), self.snapshot, options)
        return widen(query, [(self.articles[key - 1], score) for key, score in ranking.scored])


def build_collection(paths: Iterable[Path], folder: Path) -> Collection:
    """Return the collection of the articles in some files, its index in `folder`.

    Files are read as `pinakes index` reads them: a record of a file of records is known by its id,
    another article by the name of its file. What is the same twice is there twice.

    Raises:
        JudgedFileError: Two articles have one name.
        SourceError: A file cannot be read.
    """
    problems: list[str] = []
    names: dict[str, Path] = {}
    kept: list[Article] = []

    def articles() -> Iterator[Article]:
        for path in paths:
            for item in read(path.read_bytes(), name=path.name):
                if isinstance(item, Problem):
                    problems.append(f"{path.name}, {item.where}: {item.reason}")
                    continue
                name = item.record or path.name
                if name in names:
                    raise JudgedFileError(path, 0, f"{name} is in {names[name].name} already")
                names[name] = path
                kept.append(_article(item, len(names)))
                yield kept[-1]

    segment = build_segment(articles(), folder / "MAIN_1.seg")
    return Collection(snapshot_of(segment), tuple(names), tuple(problems), tuple(kept))


def _article(extract: Extract, key: int) -> Article:
    """Return an article as the index takes it in; of the rest of it nobody asks."""
    language = next(iter(extract.chosen("language")), UNKNOWN_LANGUAGE)
    return Article(
        id=f"{key:08x}",
        key=key,
        title=next(iter(extract.chosen("title")), ""),
        text=extract.text,
        authors=extract.chosen("author"),
        source=next(iter(extract.chosen("source")), ""),
        url=next(iter(extract.chosen("url")), ""),
        published=next(iter(extract.chosen("published")), ""),
        language=language,
        paths=(),
        record=extract.record,
        sha256="",
        text_sha256="",
        metadata=(),
        passages=split(extract, language=language),
    )

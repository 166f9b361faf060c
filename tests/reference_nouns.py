"""What the reference sees in an archive, and what it expects of an answer."""

from __future__ import annotations

from dataclasses import dataclass

from pinakes.corpus import Article, Kind, Passage
from pinakes.search.query import Node
from tests.reference_texts import Written

Span = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Seen:
    """A passage, its words, and the article it is of; equal to nothing but itself."""

    article: Article
    passage: Passage
    words: list[tuple[int, int, str]]

    @property
    def written(self) -> Written:
        words = [word for _, _, word in self.words]
        return Written(words, self.article.language, self.passage.text, self.passage)

    @property
    def zone(self) -> int:
        return {Kind.TITLE: 0, Kind.HEADING: 1}.get(self.passage.kind, 2)


@dataclass(frozen=True)
class ExpectedPassage:
    number: int
    score: float
    clauses: frozenset[int]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class ExpectedArticle:
    key: int
    score: float
    passages: tuple[ExpectedPassage, ...]


@dataclass(frozen=True)
class Expected:
    articles: int | None
    passages: int | None
    hits: tuple[ExpectedArticle, ...]
    ignored: tuple[Span, ...]
    cuts: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True)
class Leaf:
    """A clause of the query, and how it is weighed: by a boost, or as part of a constant."""

    number: int
    node: Node
    title_only: bool
    boost: float
    constant: int | None

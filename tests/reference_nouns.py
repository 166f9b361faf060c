"""What the reference sees in an archive, and what it expects of an answer."""

from __future__ import annotations

from collections.abc import Iterable
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
    labels: tuple[tuple[int, ...], ...]


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


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def passages_of(hit: ExpectedArticle) -> list[ExpectedArticle]:
    """Each passage of a hit as a hit of its own, in the order of the text."""
    passages = sorted(hit.passages, key=lambda passage: passage.number)
    return [ExpectedArticle(hit.key, each.score, (each,)) for each in passages]

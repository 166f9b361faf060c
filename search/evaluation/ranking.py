"""The nouns of a ranking: articles in order, and the passages that prove them."""

from __future__ import annotations

from dataclasses import dataclass

from pinakes.corpus import Kind
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.patterns.expansion import Cut


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPassage:
    """A passage that is evidence for its article.

    Attributes:
        number: Position in the article, counting from 0.
        kind: What it is in its article.
        score: BM25 of the clauses it holds; 0 for a query of filters only.
        clauses: Numbers of the clauses that count in the article and stand in this passage.
    """

    number: int
    kind: Kind
    score: float
    clauses: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedArticle:
    """An article that satisfies the query.

    Attributes:
        key: The store's number for it.
        score: Higher is better; comparable within one ranking only.
        passages: All its evidence: those that hold more clauses first, then those with the higher
            score, then those that stand earlier.
    """

    key: int
    score: float
    passages: tuple[RankedPassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The articles that satisfy a query, in order, as far as they were asked for.

    Attributes:
        articles: How many satisfy it, exactly, whatever the limit; None if nobody asked.
        passages: How many of their passages are evidence; likewise.
        hits: Those of this page.
        clauses: What is looked for in texts, by number; those under NOT are among them, but no
            passage ever names them.
        ignored: Where the query asks for something without a letter or digit, `++` say, that
            no index can hold; it was left out. Half-open ranges of the query's text.
        cuts: Patterns that stand for more words than were looked for.
    """

    articles: int | None
    passages: int | None
    hits: tuple[RankedArticle, ...]
    clauses: tuple[Clause, ...]
    ignored: tuple[tuple[int, int], ...]
    cuts: tuple[Cut, ...] = ()

"""The nouns of a ranking: articles in order, and the passages that prove them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from pinakes.corpus import Kind
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.matches import Found, NothingFound
from pinakes.search.query import TagCondition

if TYPE_CHECKING:
    from pinakes.search.evaluation.copies import Collapsed
    from pinakes.search.evaluation.patterns.expansion import Cut


# A page of hits is proved in hardly more time than one hit.
_PROVED_AT_ONCE = 16


class RankedPassage(NamedTuple):
    """A passage that is evidence for its article.

    Attributes:
        number: Position in the article, counting from 0.
        kind: What it is in its article.
        score: BM25 of the clauses it holds; 0 for a query of filters only.
        clauses: Numbers of the clauses that count in the article and stand in this passage.
        tags: Conditions on tags that count in the article and that this passage satisfies.
    """

    number: int
    kind: Kind
    score: float
    clauses: frozenset[int]
    tags: frozenset[TagCondition] = frozenset()


class RankedArticle(NamedTuple):
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


class LazyHits(Sequence[RankedArticle]):
    """Hits that are described when they are looked at."""

    def __init__(
        self,
        scored: Sequence[tuple[int, float]],
        prove: Callable[[int, int], Sequence[tuple[RankedPassage, ...]]],
    ) -> None:
        """Hold hits of which keys and scores are known, and the proof of a run of which is asked.

        Attributes:
            scored: The key and the score of each.
        """
        self.scored = scored
        self._prove = prove
        self._hits: dict[int, list[RankedArticle]] = {}

    def __len__(self) -> int:
        """Return how many hits there are."""
        return len(self.scored)

    @overload
    def __getitem__(self, place: int, /) -> RankedArticle: ...
    @overload
    def __getitem__(self, place: slice, /) -> tuple[RankedArticle, ...]: ...
    def __getitem__(self, place: int | slice, /) -> RankedArticle | tuple[RankedArticle, ...]:
        """Return a hit, or several."""
        numbers = range(len(self.scored))[place]
        if isinstance(numbers, range):
            return tuple(map(self._at, numbers))
        return self._at(numbers)

    def __iter__(self) -> Iterator[RankedArticle]:
        return map(self._at, range(len(self.scored)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple | LazyHits):
            return tuple(self) == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _at(self, number: int) -> RankedArticle:
        start = number - number % _PROVED_AT_ONCE
        if start not in self._hits:
            scored = self.scored[start : start + _PROVED_AT_ONCE]
            proofs = self._prove(start, start + len(scored))
            self._hits[start] = [
                RankedArticle(key, score, proof)
                for (key, score), proof in zip(scored, proofs, strict=True)
            ]
        return self._hits[start][number - start]


class Ranking(NamedTuple):
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
        found: Can be asked for all that satisfies the query, not only for this page.
        collapsed: What is left when copies are collapsed; None if that is all, or they are not.
        shown_passages: How many passages are left then, if totals were asked for.
        knows_all: Whether each of the clauses stands somewhere, for certain.
    """

    articles: int | None
    passages: int | None
    hits: Sequence[RankedArticle]
    clauses: tuple[Clause, ...]
    ignored: tuple[tuple[int, int], ...]
    cuts: tuple[Cut, ...] = ()
    found: Found = NothingFound()
    collapsed: Collapsed | None = None
    shown_passages: int | None = None
    knows_all: bool = False

    @property
    def scored(self) -> Sequence[tuple[int, float]]:
        """The key and the score of each of its hits, for less than the hits themselves cost."""
        if isinstance(self.hits, LazyHits):
            return self.hits.scored
        return [(hit.key, hit.score) for hit in self.hits]

"""All that satisfies a query, for who counts it or sums it up."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from pinakes.search.evaluation.texts.held import Ordinals


class Matches(NamedTuple):
    """What satisfies a query, by its place in the row of all segments of a snapshot.

    Attributes:
        articles: Ascending.
        passages: The evidence, ascending.
    """

    articles: Ordinals
    passages: Ordinals


class Found(Protocol):
    """What was found out about a query, and can be asked for all that satisfies it."""

    def matches(self) -> Matches:
        """Return all that satisfies the query."""

    def count_occurrences(self) -> int:
        """Return how often what is looked for stands in the evidence, where it counts.

        Each occurrence of each clause; of clauses that look for the same, those of one.
        """


class NothingFound:
    """Of a query that asks for nothing."""

    def matches(self) -> Matches:
        """Return nothing."""
        nothing = np.empty(0, dtype=np.int64)
        return Matches(articles=nothing, passages=nothing)

    def count_occurrences(self) -> int:
        """Return 0."""
        return 0

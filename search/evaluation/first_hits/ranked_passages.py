"""Passages as what is ranked: their scores, and the bounds that let most go unscored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from pinakes.search.evaluation.bm25 import Floats, damp_length, saturate
from pinakes.search.evaluation.first_hits.clause_list import (
    COUNT_OF_CODE,
    FIRST_MANY,
    ClauseList,
    PassageLengths,
)
from pinakes.search.evaluation.texts.held import Array, Ordinals


class RankedPassages:
    """The passages that hold a clause, as a `BoundedList`.

    Attributes:
        found: Their list.
        weight: What the clause adds to a score at the most, by its rarity.
        units: The passages.
        most: The most that any of them gets.
    """

    def __init__(self, found: ClauseList, weight: float, lengths: PassageLengths) -> None:
        """Weigh a list; `weight` is above 0."""
        self.found = found
        self.weight = weight
        self.units = found.passages
        self.most = found.best * weight
        self._lengths = lengths

    @cached_property
    def _upper(self) -> Array:
        """float32[256]; the most that a posting adds, by its code."""
        upper: Array = self._lengths.bounds.upper * np.float32(self.weight)
        return upper

    def bounds(self) -> Array:
        """Return the most that each passage of the list gets."""
        return self.found.bounds(self._upper, self.weight)

    def bounds_in(self, units: Ordinals) -> Array:
        """Return the most that each of `units` gets, 0 where the clause is not."""
        bounds: Array = self._upper.take(self.found.codes_in(units))
        return bounds

    def rows_in(self, units: Ordinals) -> Ordinals:
        """Return the rows of those of `units` that hold the clause."""
        return self.found.codes_in(units).nonzero()[0]

    def scores(self) -> Floats:
        """Return the score of each of its passages in a query of this clause alone."""
        half = damp_length(self._lengths.words.take(self.units), self._lengths.mean)
        return self.weight * saturate(self.found.counts, half)

    def champions(self) -> tuple[Ordinals, float]:
        """Return the passages with the highest bounds, ascending, and the most that others have."""
        champions, others = self.found.champions
        return champions, others * self.weight


def count_in(lists: Sequence[RankedPassages], passages: Ordinals) -> Floats:
    """Return `[L, p]`: how often each clause stands in each of `passages`, which ascend."""
    codes = np.array([each.found.codes_in(passages) for each in lists])
    counts = COUNT_OF_CODE.take(codes)
    if codes.max(initial=0) >= FIRST_MANY:
        rows, columns = (codes >= FIRST_MANY).nonzero()
        for row in set(rows.tolist()):
            open_ = columns[rows == row]
            counts[row, open_] = lists[row].found.many_in(passages.take(open_))
    return counts


def score_passages(
    lists: Sequence[RankedPassages], passages: Ordinals, lengths: PassageLengths
) -> Floats:
    """Return the BM25 score of each of `passages`, summed in the order of `lists`."""
    half = damp_length(lengths.words.take(passages), lengths.mean)
    weights = np.array([[each.weight] for each in lists])
    scores: Floats = (weights * saturate(count_in(lists, passages), half)).sum(axis=0)
    return scores

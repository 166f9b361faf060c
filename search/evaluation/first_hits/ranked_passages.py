"""Passages as what is ranked: their scores, and the bounds that let most go unscored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from pinakes.search.evaluation.bm25 import Floats, saturate
from pinakes.search.evaluation.first_hits.clause_list import (
    COUNT_OF_CODE,
    FIRST_MANY,
    ClauseList,
    PassageLengths,
)
from pinakes.search.evaluation.texts.held import Array, Ordinals

_FEW = 24
_COUNTS: list[float] = COUNT_OF_CODE.tolist()


class RankedPassages:
    """The passages that hold a clause, as a `BoundedList`.

    Attributes:
        found: Their list.
        weight: What the clause adds to a score at the most, by its rarity.
        units: The passages.
    """

    scored_at_once = 500

    def __init__(self, found: ClauseList, weight: float, lengths: PassageLengths) -> None:
        """Weigh a list; `weight` is above 0."""
        self.found = found
        self.weight = weight
        self.units = found.passages
        self._lengths = lengths

    @property
    def most(self) -> float:
        """The most that any of the passages gets."""
        return self.found.best * self.weight

    @cached_property
    def _upper(self) -> Array:
        """float32[256]; the most that a posting adds, by its code."""
        upper: Array = self._lengths.upper * np.float32(self.weight)
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
        # Of flags numpy finds many times faster which are set than of numbers.
        return self.found.codes_in(units).astype(np.bool_).nonzero()[0]

    def scores(self) -> Floats:
        """Return the score of each of its passages in a query of this clause alone."""
        half = self._lengths.half_of.take(self._lengths.words.take(self.units))
        return self.weight * saturate(self.found.counts, half)

    def champions(self) -> tuple[Ordinals, float]:
        """Return the passages with the highest bounds, ascending, and the most that others have."""
        champions, others = self.found.champions
        return champions, others * self.weight


def count_in(lists: Sequence[RankedPassages], passages: Ordinals) -> Floats:
    """Return `[L, p]`: how often each clause stands in each of `passages`, which ascend."""
    codes = np.array([each.found.codes_in(passages) for each in lists])
    counts = COUNT_OF_CODE.take(codes)
    if codes.size and codes.max() >= FIRST_MANY:
        rows, columns = (codes >= FIRST_MANY).nonzero()
        for row in set(rows.tolist()):
            open_ = columns[rows == row]
            counts[row, open_] = lists[row].found.many_in(passages.take(open_))
    return counts


def score_passages(
    lists: Sequence[RankedPassages], passages: Ordinals, lengths: PassageLengths
) -> Floats:
    """Return the BM25 score of each of `passages`, summed in the order of `lists`."""
    if len(lists) * len(passages) <= _FEW:
        return np.array(_score_few(lists, passages.tolist(), lengths))
    half = lengths.half_of.take(lengths.words.take(passages))
    weights = np.array([[each.weight] for each in lists])
    parts = weights * saturate(count_in(lists, passages), half)
    # A running sum goes in the order of the lists, which a sum need not.
    scores: Floats = np.add.accumulate(parts, axis=0)[-1]
    return scores


def _score_few(
    lists: Sequence[RankedPassages], passages: Sequence[int], lengths: PassageLengths
) -> list[float]:
    """Return what `score_passages` does: of a few numbers, one at a time takes less than arrays."""
    words_of, half_of = lengths.words.data, lengths.half_of.data
    halves = [half_of[words_of[passage]] for passage in passages]
    scores = [0.0] * len(passages)
    for each in lists:
        weight = each.weight
        for row, code in enumerate(each.found.codes_at(passages)):
            if code:
                count = _COUNTS[code]
                if code >= FIRST_MANY:
                    count = float(each.found.many_in(np.array(passages[row : row + 1]))[0])
                scores[row] += weight * (count / (halves[row] + count))
    return scores

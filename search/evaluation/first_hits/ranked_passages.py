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

_FEW = 60
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

    @property
    def marks(self) -> Array:
        """The code of each passage of the list."""
        return self.found.codes

    def marks_in(self, units: Ordinals) -> Array:
        """Return the code of each of `units`, 0 where the clause is not."""
        return self.found.codes_in(units)

    def bounds_of(self, marks: Array) -> Array:
        """Return the most that passages with these codes get."""
        bounds: Array = self._upper.take(marks)
        return bounds

    def scores(self) -> Floats:
        """Return the score of each of its passages in a query of this clause alone."""
        half = self._lengths.half_of.take(self._lengths.words.take(self.units))
        return self.weight * saturate(self.found.counts, half)

    def champions(self) -> tuple[Ordinals, float]:
        """Return the passages with the highest bounds, ascending, and the most that others have."""
        champions, others = self.found.champions
        return champions, others * self.weight


def score_passages(
    lists: Sequence[RankedPassages],
    passages: Ordinals,
    lengths: PassageLengths,
    codes: Sequence[Array] | None = None,
) -> Floats:
    """Return the BM25 score of each of `passages`, which ascend, summed in the order of `lists`.

    `codes` are those of the passages by list, if they are at hand.
    """
    if codes is None:
        codes = [each.found.codes_in(passages) for each in lists]
    if len(lists) * len(passages) <= _FEW:
        return np.array(_score_few(lists, passages, lengths, codes))
    half = lengths.half_of.take(lengths.words.take(passages))
    scores = np.zeros(len(passages))
    for each, own in zip(lists, codes, strict=True):
        part = saturate(each.found.count_of(passages, own), half)
        part *= each.weight
        scores += part
    return scores


def _score_few(
    lists: Sequence[RankedPassages],
    passages: Ordinals,
    lengths: PassageLengths,
    codes: Sequence[Array],
) -> list[float]:
    """Return what `score_passages` does: of a few numbers, one at a time takes less than arrays."""
    words_of, half_of = lengths.words.data, lengths.half_of.data
    halves = [half_of[words_of[passage]] for passage in passages.tolist()]
    scores = [0.0] * len(halves)
    for each, own in zip(lists, codes, strict=True):
        weight = each.weight
        for row, code in enumerate(own.tolist()):
            if code:
                count = _COUNTS[code]
                if code >= FIRST_MANY:
                    count = float(each.found.many_in(passages[row : row + 1])[0])
                scores[row] += weight * (count / (halves[row] + count))
    return scores

"""The passages that hold a clause, all segments of a snapshot as one, ready to be ranked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pinakes.indexer import MANY, PostingCodes, counts_of
from pinakes.search.evaluation.bm25 import Floats, bm25
from pinakes.search.evaluation.first_hits.score_bounds import ROUNDING, ScoreBounds
from pinakes.search.evaluation.texts.held import Array, Ordinals

COUNT_OF_CODE = counts_of(np.arange(256, dtype=np.uint8)).astype(np.float64)
"""How often a clause stands in a passage, by the code of its posting; 0 for the code 0."""
COUNT_OF_CODE[0] = 0
FIRST_MANY = int(np.flatnonzero(COUNT_OF_CODE == MANY)[0])
"""The lowest code that is open upwards."""
_SIFTED = 2000
_MOST = 1 + ROUNDING
_CHAMPIONS = 64
_OBJECT_BYTES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageLengths:
    """How long the passages of a snapshot are.

    Attributes:
        words: Of each passage, deleted ones included; the passages of all segments in a row.
        mean: Of living passages.
        length_floor: The fewest words of a passage in each class of lengths.
        bounds: What codes of these classes say of scores.
    """

    words: Array
    mean: float
    length_floor: Array
    bounds: ScoreBounds


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """The living passages of a segment, or of several in a row, that hold a clause.

    Attributes:
        postings: The passages, with their codes.
        many_rows: Rows whose code is open upwards.
        many_counts: How often these hold the clause.
        article_count: How many articles they are of.
    """

    postings: PostingCodes
    many_rows: Ordinals
    many_counts: Ordinals
    article_count: int


class ClauseList:
    """The living passages that hold a clause, by their place in the row of all segments.

    Never changes; threads may share one.

    Attributes:
        passages: uint32[n], ascending, each once.
        codes: uint8[n]; how often each holds the clause, and how long it is, as in the index.
        article_count: How many articles they are of.
        many_rows: Those whose code is open upwards.
        many_counts: How often these hold the clause.
        best: The most that any of them can score, from 0 to 1.
    """

    def __init__(self, part: ListPart, lengths: PassageLengths) -> None:
        """Hold the passages of `part`, whose codes are of the classes of `lengths`."""
        self._postings = part.postings
        self.passages = part.postings.passages
        self.codes = part.postings.codes
        self.article_count = part.article_count
        self.many_rows, self.many_counts = part.many_rows, part.many_counts
        self._lengths = lengths
        self.upper_many = self._bound_many() if len(self.many_rows) else None
        # Of many passages some come close to the most that any could have.
        self.best = _MOST
        if len(self.codes) <= _SIFTED:
            self.best = float(self.bounds(lengths.bounds.upper).max(initial=0.0))

    @property
    def counts(self) -> Floats:
        """How often each of the passages holds the clause."""
        counts = COUNT_OF_CODE.take(self.codes)
        counts[self.many_rows] = self.many_counts
        return counts

    def __len__(self) -> int:
        """Return how many passages hold the clause."""
        return len(self.passages)

    def _bound_many(self) -> Array:
        words = self._lengths.words.take(self.passages.take(self.many_rows))
        return (bm25(self.many_counts, words, self._lengths.mean) * (1 + ROUNDING)).astype(
            np.float32
        )

    def bounds(self, upper: Array, weight: float = 1.0) -> Array:
        """Return the most that each passage can score; `upper` by code, scaled by `weight`."""
        bounds: Array = upper.take(self.codes)
        if self.upper_many is not None:
            bounds[self.many_rows] = self.upper_many * np.float32(weight)
        return bounds

    @cached_property
    def champions(self) -> tuple[Ordinals, float]:
        """The passages that can score most, ascending, and the most that any other can."""
        bounds = self.bounds(self._lengths.bounds.upper)
        if len(bounds) <= _CHAMPIONS:
            return self.passages.astype(np.int64), 0.0
        order = bounds.argpartition(len(bounds) - _CHAMPIONS - 1)[-_CHAMPIONS - 1 :]
        rows = np.sort(order[1:])
        return self.passages.take(rows).astype(np.int64), float(bounds[order[0]])

    def codes_in(self, passages: Ordinals) -> Array:
        """Return the code of each of `passages`, 0 where the clause is not."""
        return self._postings.codes_in(passages)

    def many_in(self, passages: Ordinals) -> Ordinals:
        """Return how often each of `passages`, all of an open code, holds the clause."""
        rows = self.passages.searchsorted(passages.astype(np.uint32))
        counts: Ordinals = self.many_counts.take(self.many_rows.searchsorted(rows))
        return counts

    @property
    def size_bytes(self) -> int:
        """How much memory it takes."""
        return self._postings.size_bytes + _OBJECT_BYTES

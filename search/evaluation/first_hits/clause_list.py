"""The passages that hold a clause, all segments of a snapshot as one, ready to be ranked."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from pinakes.corpus import check_time
from pinakes.indexer import MANY, PostingCodes, counts_of
from pinakes.search.evaluation.bm25 import Floats, bm25, emphasise, inverse_article_frequency
from pinakes.search.evaluation.first_hits.score_bounds import ROUNDING
from pinakes.search.evaluation.texts.held import Array, Ordinals

COUNT_OF_CODE = counts_of(np.arange(256, dtype=np.uint8)).astype(np.float64)
"""How often a clause stands in a passage, by the code of its posting; 0 for the code 0."""
COUNT_OF_CODE[0] = 0
FIRST_MANY = int(np.flatnonzero(COUNT_OF_CODE == MANY)[0])
"""The lowest code that is open upwards."""
_SIFTED = 2000
_CHAMPIONS = 64
_OBJECT_BYTES = 600


class PassageLengths(NamedTuple):
    """How long the passages of a snapshot are.

    Attributes:
        words: Of each passage, deleted ones included; the passages of all segments in a row.
        mean: Of living passages.
        length_floor: The fewest words of a passage in each class of lengths.
        upper: float32[256]; the most that a passage can score, by its code.
        half_of: float64; `damp_length`, by the number of words of a passage.
    """

    words: Array
    mean: float
    length_floor: Array
    upper: Array
    half_of: Floats


class ListPart(NamedTuple):
    """The living passages of a segment, or of several in a row, that hold a clause.

    Attributes:
        postings: The passages, with their codes.
        article_count: How many articles they are of.
        counts: int64[n]; how often each holds the clause, where that is known.
        many: Otherwise: the rows whose code is open upwards, and their counts.
    """

    postings: PostingCodes
    article_count: int
    counts: Ordinals | None = None
    many: tuple[Ordinals, Ordinals] | None = None

    def find_many(self) -> tuple[Ordinals, Ordinals]:
        """Return the rows whose code is open upwards, and how often these hold the clause."""
        if self.many is not None:
            return self.many
        if self.counts is None:
            raise ValueError("a list with neither counts nor what codes leave open")
        rows = (self.counts >= MANY).nonzero()[0]
        return rows, self.counts[rows]


class ClauseList:
    """The living passages that hold a clause, by their place in the row of all segments.

    Never changes; threads may share one.

    Attributes:
        passages: uint32[n], ascending, each once.
        rarity: What the clause adds to the score of a passage as a hit at the most, before boosts.
        emphasis: What it counts in the ranking of articles.
        codes_in: As of `PostingCodes`.
    """

    def __init__(self, part: ListPart, lengths: PassageLengths, *, articles: int) -> None:
        """Hold the passages of `part`, whose codes are of the classes of `lengths`.

        `articles` are all the living ones of the snapshot.
        """
        self._part = part
        self._lengths = lengths
        self.passages = part.postings.passages
        self.rarity = inverse_article_frequency(articles, part.article_count)
        self.emphasis = emphasise(self.rarity, articles)
        self.codes_in = part.postings.codes_in

    @property
    def codes(self) -> Array:
        """The code of each of the passages."""
        return self._part.postings.codes

    @property
    def counts(self) -> Floats:
        """How often each of the passages holds the clause."""
        if self._part.counts is not None:
            return self._part.counts.astype(np.float64)
        counts = COUNT_OF_CODE.take(self._part.postings.codes)
        rows, many = self._many
        counts[rows] = many
        return counts

    @cached_property
    def best(self) -> float:
        """The most that any of the passages can score, from 0 to 1."""
        # Of many passages some come close to the most that any could have.
        if len(self.passages) > _SIFTED:
            return 1 + ROUNDING
        return float(self.bounds(self._lengths.upper).max(initial=0.0))

    @cached_property
    def _many(self) -> tuple[Ordinals, Ordinals]:
        return self._part.find_many()

    @cached_property
    def _upper_many(self) -> Array:
        rows, counts = self._many
        words = self._lengths.words.take(self.passages.take(rows))
        upper = bm25(counts, words, self._lengths.mean) * (1 + ROUNDING)
        return upper.astype(np.float32)

    def __len__(self) -> int:
        """Return how many passages hold the clause."""
        return len(self.passages)

    def bounds(self, upper: Array, weight: float = 1.0) -> Array:
        """Return the most that each passage can score; `upper` by code, scaled by `weight`."""
        bounds: Array = upper.take(self._part.postings.codes)
        rows, _ = self._many
        if len(rows):
            bounds[rows] = self._upper_many * np.float32(weight)
        return bounds

    @cached_property
    def champions(self) -> tuple[Ordinals, float]:
        """The passages that can score most, ascending, and the most that any other can."""
        bounds = self.bounds(self._lengths.upper)
        if len(bounds) <= _CHAMPIONS:
            return self.passages.astype(np.int64), 0.0
        order = bounds.argpartition(len(bounds) - _CHAMPIONS - 1)[-_CHAMPIONS - 1 :]
        rows = np.sort(order[1:])
        return self.passages.take(rows).astype(np.int64), float(bounds[order[0]])

    def count_of(self, passages: Ordinals, codes: Array) -> Floats:
        """Return how often each of `passages`, ascending, holds the clause, given their codes."""
        check_time()
        counts: Floats = COUNT_OF_CODE.take(codes)
        if len(codes) and codes.max() >= FIRST_MANY:
            rows = (codes >= FIRST_MANY).nonzero()[0]
            counts[rows] = self.many_in(passages.take(rows))
        return counts

    def many_in(self, passages: Ordinals) -> Ordinals:
        """Return how often each of `passages`, all of an open code, holds the clause."""
        rows, many = self._many
        places = rows.searchsorted(self.passages.searchsorted(passages.astype(np.uint32)))
        counts: Ordinals = many.take(places)
        return counts

    @property
    def size_bytes(self) -> int:
        """How much memory it takes."""
        rows = 0 if self._part.many is None else len(self._part.many[0])
        # Where counts are known, codes are made of them later, and of the passages as int64.
        counts = 0 if self._part.counts is None else 2 * self._part.counts.nbytes
        return self._part.postings.size_bytes + counts + 24 * rows + _OBJECT_BYTES

"""Whoosh's view of a list of a segment for any schema: block by block, posting by posting."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.whoosh_index.adapter import LeafMatcher, ReadTooFar, TermInfo


@dataclass(frozen=True, slots=True)
class TermPostings:
    """A term's list, read in place.

    Attributes:
        documents: Ascending.
        weights: Of each posting.
        values: What the format says of all postings, end to end, of the whole segment.
        values_at: Where each posting's begins there, and the end of the last.
        total_weight: The sum of `weights`.
        block_length: Postings in each block, but in the last one.
        block_weights: The highest weight in each block.
        block_shortest: The length of the shortest document in each block, 0 if one is not known.
        block_longest: The length of the longest document in each block.
    """

    documents: Array
    weights: Array
    values: Array
    values_at: Array
    total_weight: float
    block_length: int
    block_weights: Array
    block_shortest: Array
    block_longest: Array

    def info(self) -> Any:
        """Return Whoosh's statistics of the term, deleted documents included."""
        if not len(self.documents):
            return TermInfo(weight=0.0, df=0)
        return TermInfo(
            weight=self.total_weight,
            df=len(self.documents),
            minlength=int(self.block_shortest.min()),
            maxlength=int(self.block_longest.max()),
            maxweight=float(self.block_weights.max()),
            minid=int(self.documents[0]),
            maxid=int(self.documents[-1]),
        )


class PostingMatcher(LeafMatcher):  # type: ignore[misc]
    """Steps through a list, decoding one block at a time."""

    def __init__(
        self, term: tuple[str, bytes], postings: TermPostings, format_: Any, scorer: Any
    ) -> None:
        """Stand at the first posting."""
        self._term = term
        self._postings = postings
        self.format = format_
        self.scorer = scorer
        self._enter(0)

    def _enter(self, block: int, at: int = 0) -> None:
        self._block = block
        self._first = block * self._postings.block_length
        last = self._first + self._postings.block_length
        self._ids: list[int] = self._postings.documents[self._first : last].tolist()
        self._weights: list[float] | None = None
        self._starts: list[int] | None = None
        self._at = at

    def is_active(self) -> bool:
        """Return whether there is a current posting."""
        return self._at < len(self._ids)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._enter(0)

    def copy(self) -> PostingMatcher:
        """Return another matcher at the same posting."""
        twin = PostingMatcher(self._term, self._postings, self.format, self.scorer)
        twin._enter(self._block, self._at)
        return twin

    def id(self) -> int:
        """Return the document of the current posting."""
        return self._ids[self._at]

    def all_ids(self) -> Any:
        """Return the documents from the current one on."""
        return iter(self._postings.documents[self._first + self._at :].tolist())

    def next(self) -> bool:
        """Go on by one posting; return whether a new block begins there."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        if self._at < len(self._ids):
            return False
        self._enter(self._block + 1)
        return True

    def skip_to(self, target: int) -> None:
        """Go on to the first document that is not before `target`."""
        if not self.is_active():
            raise ReadTooFar
        if target <= self._ids[self._at]:
            return
        if target <= self._ids[-1]:
            self._at = bisect_left(self._ids, target, self._at)
            return
        rest = self._postings.documents[self._first :]
        self._enter(*divmod(self._first + int(np.searchsorted(rest, target)), self._block_length))

    @property
    def _block_length(self) -> int:
        return self._postings.block_length

    def skip_to_quality(self, minimum: float) -> int:
        """Go on to a block that can score more than `minimum`; return how many were skipped."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minimum:
            self._enter(self._block + 1)
            skipped += 1
        return skipped

    def weight(self) -> float:
        """Return the weight of the current posting."""
        if self._weights is None:
            last = self._first + len(self._ids)
            self._weights = self._postings.weights[self._first : last].tolist()
        return self._weights[self._at]

    def value(self) -> bytes:
        """Return what the field's format says of the current posting, encoded."""
        if self._starts is None:
            last = self._first + len(self._ids)
            self._starts = self._postings.values_at[self._first : last + 1].tolist()
        first, last = self._starts[self._at : self._at + 2]
        return self._postings.values[first:last].tobytes()

    def _bound(self, bounds: Array) -> Any:
        # Whoosh asks beyond the last block too, where stock matchers tell the last one's.
        return bounds[min(self._block, len(bounds) - 1)] if len(bounds) else 0

    def block_max_weight(self) -> float:
        """Return the highest weight in the current block."""
        return float(self._bound(self._postings.block_weights))

    def block_min_length(self) -> int:
        """Return the length of the shortest document in the current block."""
        return int(self._bound(self._postings.block_shortest))

    def block_max_length(self) -> int:
        """Return the length of the longest document in the current block."""
        return int(self._bound(self._postings.block_longest))

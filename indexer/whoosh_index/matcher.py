"""Whoosh's view of a posting list: one passage after the other, over our arrays."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.inverted import InvertedField
from pinakes.indexer.whoosh_index.adapter import LeafMatcher, ReadTooFar, TermInfo, pack_uint


class TermList(NamedTuple):
    """A term's list, with what Whoosh's scorers want to know of it.

    Attributes:
        lists: The field.
        number: The term's, in the field's dictionary.
        passages: Ascending.
        counts: Occurrences in each.
        lengths: Words of each passage, in fields that are scored by length; else None.
    """

    lists: InvertedField
    number: int
    passages: Array
    counts: Array
    lengths: Array | None

    def info(self) -> Any:
        """Return Whoosh's statistics of the term, deleted passages included."""
        lengths = self.lengths
        return TermInfo(
            weight=int(self.counts.sum(dtype=np.int64)),
            df=len(self.passages),
            minlength=0 if lengths is None else int(lengths.min()),
            maxlength=0 if lengths is None else int(lengths.max()),
            maxweight=int(self.counts.max()),
            minid=int(self.passages[0]),
            maxid=int(self.passages[-1]),
        )


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Steps through a posting list; the whole list is one block, in Whoosh's sense."""

    def __init__(self, term: tuple[str, bytes], found: TermList, format_: Any, scorer: Any) -> None:
        """Stand at the first passage of `found`."""
        self._term = term
        self._found = found
        self._passages: list[int] = found.passages.tolist()
        self._counts: list[int] = found.counts.tolist()
        self._starts: Array | None = None
        self._words: Array | None = None
        self.format = format_
        self.scorer = scorer
        self._at = 0

    def is_active(self) -> bool:
        """Return whether there is a current passage."""
        return self._at < len(self._passages)

    def reset(self) -> None:
        """Go back to the first passage."""
        self._at = 0

    def copy(self) -> ArrayMatcher:
        """Return another matcher at the same passage."""
        twin = ArrayMatcher(self._term, self._found, self.format, self.scorer)
        twin._at = self._at
        return twin

    def id(self) -> int:
        """Return the current passage."""
        return self._passages[self._at]

    def all_ids(self) -> Any:
        """Return the passages from the current one on."""
        return iter(self._passages[self._at :])

    def next(self) -> bool:
        """Go on by one passage; return whether a new block begins there."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return not self.is_active()

    def skip_to(self, target: int) -> None:
        """Go on to the first passage that is not before `target`."""
        if not self.is_active():
            raise ReadTooFar
        if target > self._passages[self._at]:
            rest = self._found.passages[self._at :]
            self._at += int(np.searchsorted(rest, target))

    def skip_to_quality(self, minimum: float) -> int:
        """Go on to a block that can score more than `minimum`; return how many were skipped."""
        if self.is_active() and self.block_quality() <= minimum:
            self._at = len(self._passages)
            return 1
        return 0

    def weight(self) -> float:
        """Return how often the term occurs in the current passage."""
        return float(self._counts[self._at]) * float(self.format.field_boost)

    def value(self) -> bytes:
        """Return what the field's format says of the current passage, encoded."""
        if not self._found.lists.has_counts:
            return b""
        if not self._found.lists.has_positions:
            packed: bytes = pack_uint(self._counts[self._at])
            return packed
        if self._starts is None or self._words is None:
            positions = self._found.lists.positions(self._found.number)
            self._starts, self._words = positions.starts, positions.words.astype("<u4")
        return self._words[self._starts[self._at] : self._starts[self._at + 1]].tobytes()

    def block_max_weight(self) -> float:
        """Return the highest weight of any passage."""
        return float(self._found.counts.max()) * float(self.format.field_boost)

    def block_min_length(self) -> int:
        """Return the length of the shortest passage."""
        return 0 if self._found.lengths is None else int(self._found.lengths.min())

    def block_max_length(self) -> int:
        """Return the length of the longest passage."""
        return 0 if self._found.lengths is None else int(self._found.lengths.max())

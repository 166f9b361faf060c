"""Where to cut the terms of a field, so that there is room for what is in the slices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from pinakes.indexer.segments.arrays import Array

_ITEMS_PER_TERM = 16
"""A term takes as much room as so many postings."""


class Terms(Protocol):
    """The terms of a field, known by their number in the order of their bytes."""

    term_count: int

    def term_bytes(self, number: int) -> bytes:
        """Return a term."""

    def at_or_after(self, encoded: bytes) -> int:
        """Return the number of the first term not before `encoded`; `term_count` if none."""


def cut_runs(starts: Array, items: int) -> Iterator[tuple[int, int]]:
    """Return runs `[first, last)` of lists, each of at most so many items or of one list.

    If there are no lists, there is one empty run. `starts` tells where the items of each list
    begin, and the end.
    """
    first, count = 0, len(starts) - 1
    while True:
        last = _end_of_run(starts, first, items)
        yield first, last
        if last == count:
            return
        first = last


def _end_of_run(starts: Array, first: int, items: int) -> int:
    limit = min(len(starts) - 1, first + max(1, items // _ITEMS_PER_TERM))
    most = int(starts[first]) + items
    fitting = int(np.searchsorted(starts[: limit + 1], most, side="right")) - 1
    return min(limit, max(first + 1, fitting))


def cut_together(
    dictionaries: Sequence[Terms], starts: Sequence[Array], items: int
) -> Iterator[list[tuple[int, int]]]:
    """Return runs as `cut_runs` does, one a dictionary, that span the same terms, in order.

    All runs together have at most so many items, or one term of each dictionary.
    """
    firsts = [0] * len(dictionaries)
    ends = [dictionary.term_count for dictionary in dictionaries]
    share = max(1, items // max(1, len(dictionaries)))
    while True:
        pairs = zip(starts, firsts, strict=True)
        lasts = [_end_of_run(places, first, share) for places, first in pairs]
        after = [
            dictionary.term_bytes(last)
            for dictionary, last, end in zip(dictionaries, lasts, ends, strict=True)
            if last < end
        ]
        if after:
            lasts = [dictionary.at_or_after(min(after)) for dictionary in dictionaries]
        yield list(zip(firsts, lasts, strict=True))
        if lasts == ends:
            return
        firsts = lasts

"""Which segments to merge: so that there are few, and each passage is rewritten seldom.

Every segment costs each query some 10 microseconds, every merge some 8 ms and 8 microseconds a
passage. What comes of the rules, simulated: 10,000 commits of 10 passages leave 2.8 segments on
average and 4 at most; merging takes 11 ms a commit, and most of the 44 times that a passage is
rewritten its segment is tiny. Commits of 100 passages up to 10 million: 8.5 segments on average, 16
at most, rewritten 17 times, 20 ms a commit. 1,000 commits of 100 passages after one of 280,000: 3.6
segments, and the large one is left alone. Up to 11 large segments, as a load in bulk makes them,
are not merged at all; 30 of 280,000 passages become 8, rewritten 0.8 times.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple, Protocol

TINY = 1_000
"""Segments of so many passages together cost no more to merge than to write a small one."""

TINY_AT_MOST = 1
"""Tiny segments at the end are merged if there are more than these."""

SHARE = 6
"""A segment is merged with those after it as soon as it has at most so many times as many passages.

What is not merged is larger than that: the number of segments is logarithmic, and as a passage is
in a larger segment after each merge, so is how often it is rewritten.
"""

LARGE = 250_000
"""Merging by `SHARE` makes segments of at most so many passages."""

LARGE_AT_ONCE = 12
"""The fewest segments that are merged beyond that."""

LARGE_SHARE = 4
"""They come to so many times the largest of them at least."""

LARGEST_WORDS = 250_000_000
"""No merge makes a segment of more words: its longest list must fit into memory.

That is about 3.7 million passages of 68 words, of which `the` takes 350 MB to merge.
"""


class Sized(Protocol):
    """What is living in a segment, as `SegmentEntry` has it."""

    @property
    def articles(self) -> int:
        """How many it holds, deleted ones included."""

    @property
    def live_articles(self) -> int:
        """How many are not deleted."""

    @property
    def live_passages(self) -> int:
        """How many passages those have."""

    @property
    def live_words(self) -> Sequence[int]:
        """How many words those have, by zone."""


def plan_merges(entries: Sequence[Sized]) -> list[tuple[int, int]]:
    """Return the runs `[first, last)` of segments to rewrite as one each, in order, apart.

    Only the newest segments are merged, which keeps the keys of articles in order and the old and
    large ones as they are. A segment with more deleted than living articles is rewritten by itself.
    """
    first = _first_to_merge(entries)
    runs = [(n, n + 1) for n, entry in enumerate(entries[:first]) if _is_mostly_deleted(entry)]
    if first < len(entries):
        runs.append((first, len(entries)))
    return runs


def _first_to_merge(entries: Sequence[Sized]) -> int:
    """Return from which segment on all are merged, into one; their number if none are."""
    kept = [_Size(entry.live_passages, sum(entry.live_words)) for entry in entries]
    first = len(kept)
    while due := _due(kept):
        # What comes of a merge may be due to be merged itself: then all is written once.
        kept = [*kept[:-due], reduce(_Size.joined, kept[-due:])]
        first = len(kept) - 1
    return first


def _due(sizes: Sequence[_Size]) -> int:
    """Return how many of the last segments are due to be merged, the most that are; 0 if none."""
    due, total, largest = 0, _Size(0, 0), 0
    for count, size in enumerate(reversed(sizes), 1):
        after, total = total, total.joined(size)
        largest = max(largest, size.passages)
        if count > 1 and total.passages <= TINY:
            is_due = count > TINY_AT_MOST
        elif count > 1 and total.passages <= LARGE:
            is_due = size.passages <= SHARE * after.passages
        else:
            is_due = count >= LARGE_AT_ONCE and LARGE_SHARE * largest <= total.passages
        due = count if is_due and total.words <= LARGEST_WORDS else due
    return due


class _Size(NamedTuple):
    passages: int
    words: int

    def joined(self, other: _Size) -> _Size:
        return _Size(self.passages + other.passages, self.words + other.words)


def _is_mostly_deleted(entry: Sized) -> bool:
    return entry.articles > 2 * entry.live_articles

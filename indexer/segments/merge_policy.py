"""Which segments to merge: so that there are few, and each article is rewritten seldom."""

from __future__ import annotations

from collections.abc import Sequence

from pinakes.indexer.toc import SegmentEntry

MERGED_AT_ONCE = 10
"""The fewest segments that are merged; a passage is rewritten about log10 of all passages times."""

GROWTH = 4
"""What is merged is at least so many times as large as the largest segment it comes from."""

SMALLEST = 100
"""Segments of fewer passages than this count as equally small."""


def plan_merges(entries: Sequence[SegmentEntry]) -> list[tuple[int, int]]:
    """Return the runs `[first, last)` of segments to rewrite as one each, in order, apart.

    The newest segments are merged as soon as there are ten of them, none with more than a quarter
    of their passages: so small commits do not rewrite large segments. Only neighbours are merged,
    which keeps the keys of articles in order. A segment with more deleted than living articles is
    rewritten by itself.
    """
    first = _first_to_merge([max(SMALLEST, entry.live_passages) for entry in entries])
    runs = [(n, n + 1) for n, entry in enumerate(entries[:first]) if _is_mostly_deleted(entry)]
    if first < len(entries):
        runs.append((first, len(entries)))
    return runs


def _first_to_merge(sizes: list[int]) -> int:
    """Return from which segment on all are merged, into one; `len(sizes)` if none are."""
    kept, first = sizes, len(sizes)
    while due := _due(kept):
        # What comes of a merge may be the tenth of its own size: then all is written once.
        kept = [*kept[:-due], sum(kept[-due:])]
        first = len(kept) - 1
    return first


def _due(sizes: Sequence[int]) -> int:
    """Return how many of the last segments are due to be merged, the fewest that are; 0 if none."""
    largest = total = 0
    for count, size in enumerate(reversed(sizes), 1):
        largest, total = max(largest, size), total + size
        if count >= MERGED_AT_ONCE and GROWTH * largest <= total:
            return count
    return 0


def _is_mostly_deleted(entry: SegmentEntry) -> bool:
    return entry.articles > 2 * entry.live_articles

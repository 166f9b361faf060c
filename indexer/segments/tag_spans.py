"""Which words of a passage tags cover: as columns, as sections of a file, and merged.

A posting of the field `tag` has some spans, each of a first word and a number of words. One without
any is of a tag on the whole passage. A tag that covers signs only, and no word, has one span of no
words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.escapes import escape

FIELD = "tag"
SECTIONS = ("spans_at", "counts_at", "counts", "firsts", "lengths")
"""Of the field, without its name; none of them is there if no posting has a span."""


class TagSpans(NamedTuple):
    """The spans of some postings in a row.

    Attributes:
        counts: [N]; how many spans each posting has.
        firsts: [S]; the first word of each, counted in the passage from 0; ascending in a posting.
        lengths: [S]; how many words each has; ascending among equal first words.
    """

    counts: Array
    firsts: Array
    lengths: Array

    @classmethod
    def of_whole(cls, posting_count: int) -> TagSpans:
        """Return those of so many postings of tags on whole passages: none."""
        nothing = np.zeros(0, np.uint32)
        return cls(np.zeros(posting_count, np.uint32), nothing, nothing)

    def where(self, kept: Array) -> TagSpans:
        """Return those of the postings whose flag is set; a flag for each."""
        of_span = np.repeat(kept, self.counts)
        return TagSpans(self.counts[kept], self.firsts[of_span], self.lengths[of_span])


def encode_spans(spans: TagSpans | None, starts: Array, position_type: str) -> dict[str, Array]:
    """Return the sections of lists that begin at `starts`, of which the last is their end.

    A list keeps no counts if all are 0, or all are 1.
    """
    if spans is None:
        nothing = np.zeros(len(starts), np.uint8)
        return {"spans_at": nothing, "counts_at": nothing}
    counts = spans.counts.astype(np.int64, copy=False)
    before = _before(counts)
    totals = before[starts[1:]] - before[starts[:-1]]
    others = _before(counts != 1)
    sizes = np.diff(starts)
    is_told = (totals > 0) & (others[starts[1:]] > others[starts[:-1]])
    parts: dict[str, Array] = {
        "spans_at": before[starts],
        "counts_at": _before(np.where(is_told, sizes, 0)),
    }
    for name, values, dtype in (
        ("counts", counts[np.repeat(is_told, sizes)], "u1"),
        ("firsts", spans.firsts, position_type),
        ("lengths", spans.lengths, "u1"),
    ):
        parts[name], parts[f"{name}.far_at"], parts[f"{name}.far"] = escape(values, dtype)
    return parts


def join_spans(several: Sequence[TagSpans | None], sizes: Sequence[int]) -> TagSpans | None:
    """Return the spans of lists end to end, which have so many postings each; None for none."""
    if all(spans is None for spans in several):
        return None
    every = [
        TagSpans.of_whole(size) if spans is None else spans
        for spans, size in zip(several, sizes, strict=True)
    ]
    return TagSpans(
        np.concatenate([spans.counts for spans in every]),
        np.concatenate([spans.firsts for spans in every]),
        np.concatenate([spans.lengths for spans in every]),
    )


def _before(counts: Array) -> Array:
    sums = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=sums[1:])
    return sums

"""What a segment answers about a term: the passages that hold it, how often, and where."""

from __future__ import annotations

from typing import NamedTuple

from pinakes.indexer.segments.arrays import Array


class Postings(NamedTuple):
    """The passages that hold a term.

    Attributes:
        passages: uint32, ascending.
        counts: uint32, occurrences in each; all 1 in fields that keep none.
    """

    passages: Array
    counts: Array


class Positions(NamedTuple):
    """Where in its passages a term stands.

    Attributes:
        passages: uint32[n], ascending.
        counts: uint32[n].
        starts: int64[n + 1]; those of `passages[i]` are `words[starts[i]:starts[i + 1]]`.
        words: uint32; positions counted in words from 0, ascending within a passage.
    """

    passages: Array
    counts: Array
    starts: Array
    words: Array

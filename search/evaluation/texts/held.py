"""Which passages hold something, and how often; arrays and runs of equal values in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from pinakes.corpus import Kind
from pinakes.indexer import KINDS, ZONES

Ordinals: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]

WORD_FIELD = "word"
TITLE = KINDS.index(Kind.TITLE)
ZONE_OF_KIND = np.array(
    [ZONES.index(kind if kind in ZONES else "body") for kind in map(str, KINDS)], dtype=np.int64
)
"""The zone of a passage by the number of its kind."""


class Held(NamedTuple):
    """The passages that hold something.

    Attributes:
        passages: Ordinals in the segment, ascending, each once.
        counts: How often each holds it, 1 or more.
    """

    passages: Ordinals
    counts: Ordinals

    def where(self, keep: Flags) -> Held:
        """Return those whose flag is set; a flag for each."""
        return Held(passages=self.passages[keep], counts=self.counts[keep])


def held_nowhere() -> Held:
    """Return what no passage holds."""
    nothing = np.empty(0, dtype=np.int64)
    return Held(passages=nothing, counts=nothing)


def are_in(values: Array, pool: Array) -> Flags:
    """Return for each of `values` whether `pool`, ascending, has it."""
    if not len(pool):
        return np.zeros(len(values), dtype=np.bool_)
    # What is above all of the pool is compared with its last, and differs.
    flags: Flags = pool.take(pool.searchsorted(values), mode="clip") == values
    return flags


def pick(values: Array, flags: Flags) -> Array:
    """Return those of `values` whose flag is set, faster than indexing by flags does."""
    return values.take(flags.nonzero()[0])


def run_starts(values: Array) -> Ordinals:
    """Return where each run of equal `values` begins."""
    if not len(values):
        return np.empty(0, dtype=np.int64)
    changes = (values[1:] != values[:-1]).nonzero()[0]
    starts = np.empty(len(changes) + 1, dtype=np.int64)
    starts[0] = 0
    np.add(changes, 1, out=starts[1:])
    return starts


def merge(parts: Sequence[Array]) -> Array:
    """Return what any of `parts` holds, each of which ascends: ascending, each once."""
    if len(parts) == 1:
        return parts[0]
    joined = np.concatenate(parts)
    # Timsort goes through two runs once. np.unique, which hashes, takes twenty times as long.
    joined.sort(kind="stable" if len(parts) == 2 else "quicksort")
    return joined.take(run_starts(joined))


def sum_runs(counts: Ordinals, firsts: Ordinals) -> Ordinals:
    """Return the sum of each run of `counts`; `firsts` says where they begin."""
    sums: Ordinals = np.add.reduceat(counts, firsts) if len(firsts) else counts[:0]
    return sums

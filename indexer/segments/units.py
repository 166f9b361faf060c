"""The passages or articles of posting lists, as gaps or bitmaps, many lists at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.segments.escapes import escape

BITMAP = 0
"""The coding of a list that is a bitmap; every other coding is the number of bytes of a gap."""

GAP_BYTES = (1, 2, 4)
_ESCAPE_BYTES = 8
_BITMAP_SHARE = 16
_MIN_BITMAP_UNITS = 1024


def encode_units(units: Array, starts: Array, unit_count: int) -> dict[str, Array]:
    """Return the sections that hold lists of units; places in them count from this slice.

    Args:
        units: The lists end to end, each ascending, none empty.
        starts: Where each begins, and the end.
        unit_count: How many units there are in the segment.
    """
    sizes = np.diff(starts)
    gaps = _gaps_of(units, starts)
    coding = _choose_coding(gaps, starts, unit_count)
    list_at = np.zeros(len(sizes), np.int64)
    parts: dict[str, Array] = {"coding": coding, "list_at": list_at}
    coding_of_posting = np.repeat(coding, sizes)
    for width in GAP_BYTES:
        chosen = coding == width
        if chosen.any():
            list_at[chosen] = starts_of(sizes[chosen])[:-1]
            parts |= _escaped(f"gaps{width}", gaps[coding_of_posting == width], f"u{width}")
    bitmaps = np.flatnonzero(coding == BITMAP)
    if len(bitmaps):
        list_at[bitmaps] = np.arange(len(bitmaps))
        lists = [units[starts[number] : starts[number + 1]] for number in bitmaps.tolist()]
        parts["bitmaps"] = np.concatenate([pack_bitmap(each, unit_count) for each in lists])
    return parts


def bitmap_bytes(unit_count: int) -> int:
    """Return how many bytes a bitmap has."""
    return -(-unit_count // 8)


def pack_bitmap(units: Array, unit_count: int) -> Array:
    """Return a bitmap of ascending units, the lowest bit of the first byte for unit 0."""
    flags = np.zeros(unit_count, np.bool_)
    flags[units] = True
    return np.packbits(flags, bitorder="little")


def unpack_bitmap(bitmap: Array, size: int) -> Array:
    """Return the first `size` units of a bitmap that has so many, ascending, as int64.

    If it has more or fewer, what is returned is longer or shorter.
    """
    # Where one in ten or fewer is set, numpy goes over to a search that is several times slower.
    filling = max(0, len(bitmap) * 8 // 10 - size) // 7 + 1
    full = np.concatenate([bitmap, np.full(filling, 0xFF, np.uint8)])
    flags = np.unpackbits(full, bitorder="little").view(np.bool_)
    return np.flatnonzero(flags)[: -8 * filling]


def _gaps_of(units: Array, starts: Array) -> Array:
    gaps = units.astype(np.uint32)
    gaps[1:] -= units[:-1].astype(np.uint32, copy=False)
    first = starts[:-1]
    gaps[first] = units[first]
    gaps[first] += 1
    return gaps


def _choose_coding(gaps: Array, starts: Array, unit_count: int) -> Array:
    sizes = np.diff(starts)
    costs = np.stack(
        [
            width * sizes + _ESCAPE_BYTES * _count_far(gaps, starts, np.iinfo(f"u{width}").max)
            for width in GAP_BYTES
        ]
    )
    coding: Array = np.array(GAP_BYTES, np.uint8)[np.argmin(costs, axis=0)]
    if unit_count >= _MIN_BITMAP_UNITS:
        coding[sizes * _BITMAP_SHARE >= unit_count] = BITMAP
    return coding


def _count_far(gaps: Array, starts: Array, highest: int) -> Array:
    far_at = np.flatnonzero(gaps >= highest)
    return np.diff(np.searchsorted(far_at, starts))


def _escaped(name: str, values: Array, dtype: str) -> Mapping[str, Array]:
    narrowed, far_at, far = escape(values, dtype)
    if not len(far):
        return {name: narrowed}
    return {name: narrowed, f"{name}.far_at": far_at, f"{name}.far": far}


def decode_gaps(gaps: Array, starts: Array) -> Array:
    """Return the units of lists end to end, from their gaps, as int64."""
    sums = np.cumsum(gaps, dtype=np.int64)
    before = np.zeros(len(starts) - 1, np.int64)
    first = starts[:-1]
    before[first > 0] = sums[first[first > 0] - 1]
    sums -= np.repeat(before + 1, np.diff(starts))
    return sums

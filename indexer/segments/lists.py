"""The posting lists of one field, without what is said of each posting, read in place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.blocks import unguarded
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.segments.dictionary import native
from pinakes.indexer.segments.units import (
    BITMAP,
    GAP_BYTES,
    bitmap_bytes,
    decode_gaps,
    unpack_bitmap,
)

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

_FEW = 4096


class EscapedArray:
    """A section of narrow values, and the few that did not fit."""

    def __init__(self, file: ArrayFile, name: str, like: str) -> None:
        """Map it; empty and of the type `like` if it is missing.

        Raises:
            IndexDamagedError: Its parts do not fit one another.
        """
        self._path = file.path
        self._name = name
        self._values = file.optional(name, like=like)
        self._check = file.guard(name)
        self._far_at = file.optional_checked(f"{name}.far_at", like="u1")
        self._far = file.optional_checked(f"{name}.far", like="u1", count=len(self._far_at))
        self._far_places = native(self._far_at)
        self._marker = b"\xff" * self._values.itemsize

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self._values)

    def read(self, start: int, end: int, dtype: DTypeLike) -> Array:
        """Return the values from `start` to before `end`, in a type that holds them all."""
        self._check(start, end)
        values = self._values[start:end]
        if len(values) != end - start:
            raise IndexDamagedError(self._path, f"section {self._name} is too short")
        whole = values.astype(dtype)
        # Few bytes are searched faster than places; a false alarm costs little.
        if end - start < _FEW and self._marker not in values.tobytes():
            return whole
        first, last = bisect_left(self._far_places, start), bisect_left(self._far_places, end)
        if first < last:
            try:
                whole[self._far_at[first:last] - start] = self._far[first:last]
            except (IndexError, OverflowError) as error:
                raise IndexDamagedError(self._path, f"section {self._name}.far_at") from error
        return whole

    def verify(self, length: int) -> None:
        """Check that there are `length` values, and one elsewhere for each that asks for it."""
        asking = np.flatnonzero(self._values == np.iinfo(self._values.dtype).max)
        if len(self._values) != length or not np.array_equal(self._far_at, asking):
            raise IndexDamagedError(self._path, f"section {self._name}")

    def pick(self, places: Array) -> Array:
        """Return the values at some places, as int64."""
        if self._check is not unguarded and len(places):
            self._check(int(places.min()), int(places.max()) + 1)
        values = self._values[places].astype(np.int64)
        marked = np.flatnonzero(values == np.iinfo(self._values.dtype).max)
        if len(marked):
            found = np.searchsorted(self._far_at, places[marked].astype(self._far_at.dtype))
            if len(self._far) == 0 or int(found.max()) >= len(self._far):
                raise IndexDamagedError(self._path, f"section {self._name}.far_at")
            values[marked] = self._far[found]
        return values


class Lists:
    """The posting lists of one field, known by the number of their term."""

    def __init__(self, file: ArrayFile, name: str, term_count: int, unit_count: int) -> None:
        """Map the lists of `term_count` terms; reads their ends only.

        Raises:
            IndexDamagedError: They are not there, or do not fit one another.
        """
        self._path = file.path
        self._name = name
        self._unit_count = unit_count
        self._postings_at = file.starts(f"{name}.postings_at", count=term_count + 1)
        self._coding = file.array(f"{name}.coding", count=term_count)
        self._list_at = file.array(f"{name}.list_at", count=term_count)
        self._gaps = {w: EscapedArray(file, f"{name}.gaps{w}", f"u{w}") for w in GAP_BYTES}
        self._bitmaps = file.optional(f"{name}.bitmaps", like="u1")
        self._bitmap_bytes = bitmap_bytes(unit_count)
        self._check_starts = file.guard(f"{name}.postings_at")
        self._check_coding = file.guard(f"{name}.coding")
        self._check_places = file.guard(f"{name}.list_at")
        self._check_bitmaps = file.guard(f"{name}.bitmaps")
        self.posting_count_of_all = int(self._postings_at[-1])
        self._starts = native(self._postings_at)
        self._codings = native(self._coding)
        self._places = native(self._list_at)

    def run(self, number: int) -> tuple[int, int]:
        """Return the numbers of the postings of a list: from, and before."""
        self._check_starts(number, number + 2)
        start, end = self._starts[number], self._starts[number + 1]
        if not start < end <= self.posting_count_of_all:
            raise self._damage("offsets")
        return start, end

    def posting_counts(self) -> Array:
        """Return how many postings each list has, as int64."""
        self._check_starts(0, len(self._starts))
        ends = self._postings_at.astype(np.int64)
        return ends[1:] - ends[:-1]

    def units(self, number: int) -> Array:
        """Return the passages or articles of a list, ascending, as int64."""
        start, end = self.run(number)
        coding = self._coding_of(number)
        if coding == BITMAP:
            units = unpack_bitmap(self._bitmap(number), end - start)
            if len(units) != end - start or units.item(-1) >= self._unit_count:
                raise self._damage("a bitmap")
            return units
        if coding not in self._gaps:
            raise self._damage("coding")
        self._check_places(number, number + 1)
        place = self._places[number]
        units = self._gaps[coding].read(place, place + end - start, np.int64)
        units[0] -= 1
        np.add.accumulate(units, out=units)
        if units.item(0) < 0 or units.item(-1) >= self._unit_count:
            raise self._damage("a list")
        return units

    def gather(self, numbers: Sequence[int]) -> tuple[Array, Array]:
        """Return several lists end to end, for less than one by one takes if they are short.

        Returns:
            Where each begins, and the end of the last; the units, as int64.
        """
        runs = [self.run(number) for number in numbers]
        starts = starts_of(np.array([end - start for start, end in runs], np.int64))
        places = starts.tolist()
        gaps = np.zeros(places[-1], np.int64)
        whole: list[int] = []
        for row, number in enumerate(numbers):
            coding = self._coding_of(number)
            if coding in self._gaps:
                self._check_places(number, number + 1)
                place, size = self._places[number], places[row + 1] - places[row]
                read = self._gaps[coding].read(place, place + size, np.int64)
                gaps[places[row] : places[row + 1]] = read
            else:
                whole.append(row)
        units = decode_gaps(gaps, starts)
        for row in whole:
            units[places[row] : places[row + 1]] = self.units(numbers[row])
        if len(units) and (units.min() < 0 or units.max() >= self._unit_count):
            raise self._damage("a list")
        return starts, units

    def bitmap(self, number: int) -> Array | None:
        """Return the bits of a list, the lowest of the first byte for unit 0; None if it has none.

        Whether there are as many as postings is not checked.
        """
        return self._bitmap(number) if self._coding_of(number) == BITMAP else None

    def _coding_of(self, number: int) -> int:
        self._check_coding(number, number + 1)
        return int(self._codings[number])

    def _bitmap(self, number: int) -> Array:
        self._check_places(number, number + 1)
        place = self._places[number] * self._bitmap_bytes
        self._check_bitmaps(place, place + self._bitmap_bytes)
        bitmap = self._bitmaps[place : place + self._bitmap_bytes]
        if len(bitmap) != self._bitmap_bytes:
            raise self._damage("a bitmap")
        return bitmap

    def slice(self, first: int, last: int) -> tuple[Array, Array]:
        """Return `postings_at` and `units` of `FieldColumns` for the terms from `first` to `last`.

        Raises:
            IndexDamagedError: A list does not ascend, or the lists do not add up.
        """
        self._check_starts(first, last + 1)
        self._check_coding(first, last)
        self._check_places(first, last)
        starts = self._postings_at[first : last + 1].astype(np.int64)
        sizes = np.diff(starts)
        if (sizes <= 0).any() or int(starts[-1]) > self.posting_count_of_all:
            raise self._damage("offsets")
        starts -= starts[0]
        units = decode_gaps(self._slice_gaps(first, last, sizes), starts)
        for place in np.flatnonzero(self._coding[first:last] == BITMAP).tolist():
            units[starts[place] : starts[place + 1]] = self.units(first + place)
        descends = units[1:] <= units[:-1]
        descends[starts[1:-1] - 1] = False
        if len(units) and (descends.any() or units.min() < 0 or units.max() >= self._unit_count):
            raise self._damage("a list")
        return starts, units

    def verify_places(self) -> None:
        """Check that the lists of each coding lie end to end, and fill their sections.

        Raises:
            IndexDamagedError: They do not.
        """
        sizes = np.diff(self._postings_at.astype(np.int64))
        for width, gaps in self._gaps.items():
            chosen = self._coding == width
            expected = starts_of(sizes[chosen])
            gaps.verify(int(expected[-1]))
            if not np.array_equal(self._list_at[chosen], expected[:-1]):
                raise self._damage("list_at")
        places = self._list_at[self._coding == BITMAP]
        if not np.array_equal(places, np.arange(len(places))):
            raise self._damage("list_at")
        if len(self._bitmaps) != len(places) * self._bitmap_bytes:
            raise self._damage("bitmaps")

    def _slice_gaps(self, first: int, last: int, sizes: Array) -> Array:
        coding = self._coding[first:last]
        coding_of_posting = np.repeat(coding, sizes)
        gaps = np.zeros(len(coding_of_posting), np.uint32)
        known = coding == BITMAP
        for width in GAP_BYTES:
            chosen = coding == width
            known |= chosen
            if chosen.any():
                places = self._list_at[first:last][chosen].astype(np.int64)
                expected = starts_of(sizes[chosen])
                if not np.array_equal(places - places[0], expected[:-1]):
                    raise self._damage("list_at")
                begin = int(places[0])
                values = self._gaps[width].read(begin, begin + int(expected[-1]), np.uint32)
                gaps[coding_of_posting == width] = values
        if not known.all():
            raise self._damage("coding")
        return gaps

    def _damage(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(self._path, f"{what} of field {self._name}")

"""The values of a field by article, or by passage: what facets count.

An index has lists of the articles of each value. Turned round once, they are a column; it is kept
as long as its snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.indexer import KINDS, Kept, Segment, Snapshot
from pinakes.search.evaluation.texts.held import Array, Ordinals

KEPT_BYTES = 64 << 20
_INDEX_FIELDS = {"source": "source", "author": "byline", "language": "lang"}
_TAG = "tag:"
_FEW = 32


def is_of_passages(field: str) -> bool:
    """Return whether a facet counts passages, not articles."""
    return field == "kind" or field.startswith(_TAG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The values of a field, of all articles of a snapshot in a row, or of all passages.

    Attributes:
        values: Folded, ascending.
        numbers: Places in `values`, unit by unit.
        starts: Where in `numbers` those of each unit begin, and the end. None if each unit has
            one number there, which for a unit without a value is one past the last place.
    """

    values: tuple[str, ...]
    numbers: Array
    starts: Ordinals | None = None

    def count(self, units: Ordinals) -> Ordinals:
        """Return how many of `units` have each of the values."""
        if self.starts is None:
            found = self.numbers.take(units)
        else:
            firsts = self.starts.take(units)
            sizes = self.starts.take(units + 1) - firsts
            shift = np.repeat(firsts - (sizes.cumsum() - sizes), sizes)
            found = self.numbers.take(np.arange(len(shift)) + shift)
        if found.dtype == np.uint8:
            # Of few values, to compare with each is faster than to sort them into bins.
            return np.array([np.count_nonzero(found == place) for place in range(len(self.values))])
        return np.bincount(found, minlength=len(self.values) + 1)[: len(self.values)]

    @property
    def size_bytes(self) -> int:
        """How much memory it takes, about."""
        starts = 0 if self.starts is None else self.starts.nbytes
        return self.numbers.nbytes + starts + 120 * len(self.values) + 400


class FacetColumns:
    """Makes the columns of a snapshot, those in demand once; safe for many threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Make columns of the segments of `snapshot`, none yet."""
        self._segments = snapshot.segments
        self._kept = Kept[str, Column](KEPT_BYTES)
        self.spelled: dict[tuple[str, str], str] = {}
        """Values as they are written, by field and folded value, as far as that is known."""

    def get(self, field: str) -> Column:
        """Return the column of a field of `SearchOptions.facets`."""
        return self._kept.get(field, lambda: self._make(field))

    def _make(self, field: str) -> Column:
        if field == "kind":
            values = tuple(sorted(map(str, KINDS)))
            places = np.array([values.index(kind) for kind in KINDS], np.uint8)
            kinds = [places.take(segment.passage_kind) for segment in self._segments]
            return Column(values=values, numbers=_joined(kinds, np.uint8))
        if field == "year":
            return _years(_joined([segment.published[:, 0] for segment in self._segments]))
        is_tag = field.startswith(_TAG)
        prefix = f"{field.removeprefix(_TAG)}:" if is_tag else ""
        name = "tag" if is_tag else _INDEX_FIELDS[field]
        sizes = [s.passage_count if is_tag else s.article_count for s in self._segments]
        lists = [_Lists.read(segment, name, prefix) for segment in self._segments]
        return _turn_round(lists, sizes)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Some values of a segment in a row, with the units of each."""

    values: list[str]
    sizes: Ordinals
    units: Array

    @classmethod
    def read(cls, segment: Segment, name: str, prefix: str) -> _Lists:
        """Read the lists of the terms that begin with a prefix, which is left out of the values."""
        field = segment.field(name)
        first, end = field.prefix_range(prefix)
        if first == end:
            return cls([], np.empty(0, np.int64), np.empty(0, np.int64))
        lists = segment.read_units(name, first, end)
        values = [term.removeprefix(prefix) for term in field.terms(first, end)]
        ends = lists.postings_at.astype(np.int64)
        return cls(values, ends[1:] - ends[:-1], lists.units)


def _turn_round(lists: list[_Lists], unit_counts: list[int]) -> Column:
    """Return the column of the lists of segments that have so many units."""
    values = sorted({value for each in lists for value in each.values})
    places = {value: place for place, value in enumerate(values)}
    firsts = accumulate(unit_counts, initial=0)
    units = _joined([each.units + first for each, first in zip(lists, firsts, strict=False)])
    numbers = _joined([np.repeat(_places(each, places), each.sizes) for each in lists])
    total = sum(unit_counts)
    sizes = np.bincount(units, minlength=total)
    if sizes.max(initial=0) <= 1:
        single = np.full(total, len(values), np.int64)
        single[units] = numbers
        return Column(values=tuple(values), numbers=_narrowed(single, len(values)))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    ordered = numbers[np.argsort(units, kind="stable")]
    return Column(values=tuple(values), numbers=ordered, starts=starts)


def _places(lists: _Lists, places: dict[str, int]) -> Ordinals:
    found: Iterator[int] = (places[value] for value in lists.values)
    return np.fromiter(found, np.int64, len(lists.values))


def _years(days: Array) -> Column:
    """Return the column of the years of days, as `date.toordinal` counts them; 0 is none."""
    epoch = np.datetime64("0001-01-01", "D")
    years = (epoch + (np.maximum(days, 1).astype(np.int64) - 1)).astype("datetime64[Y]")
    known, numbers = np.unique(years.astype(np.int64) + 1970, return_inverse=True)
    numbers[days == 0] = len(known)
    return Column(
        values=tuple(f"{year:04}" for year in known.tolist()),
        numbers=_narrowed(numbers, len(known)),
    )


def _narrowed(numbers: Array, value_count: int) -> Array:
    return numbers.astype(np.uint8) if value_count < _FEW else numbers


def _joined(arrays: Iterable[Array], kind: type = np.int64) -> Array:
    return np.concatenate([np.empty(0, kind), *arrays])


_columns: WeakKeyDictionary[Snapshot, FacetColumns] = WeakKeyDictionary()


def columns_of(snapshot: Snapshot) -> FacetColumns:
    """Return the columns of a snapshot, the same as long as it is there."""
    found = _columns.get(snapshot)
    if found is None:
        found = _columns[snapshot] = FacetColumns(snapshot)
    return found

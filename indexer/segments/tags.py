"""The lists of tags: which passages have one, and which words of these it covers."""

from __future__ import annotations

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.columns import FieldColumns, starts_of
from pinakes.indexer.segments.dictionary import Dictionary, native
from pinakes.indexer.segments.kept import Kept
from pinakes.indexer.segments.lists import EscapedArray, Lists
from pinakes.indexer.segments.tag_spans import FIELD, TagSpans
from pinakes.indexer.segments.unpacked import POSITION_BITS

_KEPT_BYTES = 32 << 20
_OBJECT_BYTES = 400


class TagList:
    """The passages of a segment that have a tag, deleted ones included; never changes.

    Attributes:
        passages: int64[n], ascending.
    """

    def __init__(self, passages: Array, starts: Array | None, begin: int) -> None:
        """Hold a list whose first span is number `begin`.

        Args:
            passages: The passages.
            starts: int64[n + 1]; where the spans of each begin, from `begin` on, and the end. None
                if each has one.
            begin: The number of the first span.
        """
        self.passages = passages
        self._starts = starts
        self._begin = begin

    @property
    def size_bytes(self) -> int:
        """How much memory it takes."""
        starts = 0 if self._starts is None else self._starts.nbytes
        return self.passages.nbytes + starts + _OBJECT_BYTES

    def spans_of(self, rows: Array) -> tuple[Array, Array]:
        """Return the numbers of the spans of some postings of the list, and how many each has."""
        if self._starts is None:
            return rows + self._begin, np.ones(len(rows), np.int64)
        begins = self._starts.take(rows)
        counts = self._starts.take(rows + 1) - begins
        numbers = np.arange(int(counts.sum()))
        numbers += np.repeat(begins - (counts.cumsum() - counts), counts) + self._begin
        return numbers, counts


class TagLists:
    """The lists of the field `tag`, known by the number of the term; safe for many threads."""

    def __init__(
        self, file: ArrayFile, lists: tuple[Dictionary, Lists], passage_words: Array
    ) -> None:
        """Map the spans; reads their ends only.

        Args:
            file: The segment.
            lists: The terms, and their passages.
            passage_words: How many words each passage has.

        Raises:
            IndexDamagedError: They do not fit one another.
        """
        self._path = file.path
        self._dictionary, self._lists = lists
        self._passage_words = passage_words
        self._firsts = EscapedArray(file, f"{FIELD}.firsts", "u1")
        self._lengths = EscapedArray(file, f"{FIELD}.lengths", "u1")
        self._counts = EscapedArray(file, f"{FIELD}.counts", "u1")
        terms = self._dictionary.term_count
        if len(self._firsts):
            if len(self._lengths) != len(self._firsts):
                raise self._damage("lengths")
            spans_at = file.starts(f"{FIELD}.spans_at", count=terms + 1, total=len(self._firsts))
            counts_at = file.starts(f"{FIELD}.counts_at", count=terms + 1, total=len(self._counts))
        else:
            spans_at = counts_at = np.zeros(terms + 1, np.uint8)
        self._spans_at, self._counts_at = native(spans_at), native(counts_at)
        self._check_spans_at = file.guard(f"{FIELD}.spans_at")
        self._check_counts_at = file.guard(f"{FIELD}.counts_at")
        self._kept = Kept[int, TagList](_KEPT_BYTES)

    def get(self, number: int) -> TagList:
        """Return the list of a term."""
        return self._kept.get(number, lambda: self._unpack(number))

    def _unpack(self, number: int) -> TagList:
        passages = self._lists.units(number)
        self._check_places(number, number + 1)
        begin, end = self._spans_at[number], self._spans_at[number + 1]
        if not begin <= end <= len(self._firsts):
            raise self._damage("spans_at")
        counts = self._read_counts(number, len(passages))
        if counts is None and end > begin:
            return TagList(passages, None, begin)
        starts = starts_of(np.zeros(len(passages), np.int64) if counts is None else counts)
        if int(starts[-1]) != end - begin:
            raise self._damage("counts")
        return TagList(passages, starts, begin)

    def _check_places(self, first: int, last: int) -> None:
        """Make sure of where the spans of the terms from `first` to before `last` are."""
        self._check_spans_at(first, last + 1)
        self._check_counts_at(first, last + 1)

    def _read_counts(self, number: int, size: int) -> Array | None:
        """Return how many spans each posting has; None if all have one, or all have none."""
        first, last = self._counts_at[number], self._counts_at[number + 1]
        spans = self._spans_at[number + 1] - self._spans_at[number]
        if first == last and spans in (0, size):
            return None
        if last - first != size or last > len(self._counts):
            raise self._damage("counts_at")
        counts = self._counts.read(first, last, np.int64)
        # Those of more than 8 bytes turn negative, and would let others be as large as they like.
        if int(counts.min(initial=0)) < 0:
            raise self._damage("counts")
        return counts

    def places_in(self, number: int, passages: Array) -> tuple[Array, Array]:
        """Return where a tag stands in `passages`: the places of its first words, and how many.

        A tag on the whole passage covers all of its words. What covers no word is left out. In no
        order.

        Args:
            number: Of the term.
            passages: int64, ascending.
        """
        found = self.get(number)
        rows = _rows_of(found.passages, passages)
        held = found.passages.take(rows)
        numbers, counts = found.spans_of(rows)
        try:
            firsts, lengths = self._firsts.pick(numbers), self._lengths.pick(numbers)
        except IndexError as error:
            raise self._damage("spans_at") from error
        return self._place(held, counts, (firsts, lengths))

    def places_of_run(self, first: int, last: int, passages: Array) -> tuple[Array, Array]:
        """Return the same of all terms from number `first` to before `last`: faster if many."""
        columns = self.read(first, last)
        held = passages.take(passages.searchsorted(columns.units), mode="clip") == columns.units
        units = columns.units[held].astype(np.int64)
        spans = columns.spans or TagSpans.of_whole(len(columns.units))
        spans = spans.where(held)
        return self._place(units, spans.counts, (spans.firsts, spans.lengths))

    def _place(
        self, passages: Array, counts: Array, spans: tuple[Array, Array]
    ) -> tuple[Array, Array]:
        """Return places and lengths of the spans of passages that have so many each."""
        firsts, lengths = spans
        whole = passages[counts == 0]
        places = np.concatenate(
            [(np.repeat(passages, counts) << POSITION_BITS) + firsts, whole << POSITION_BITS]
        )
        lengths = np.concatenate([lengths, self._passage_words[whole]]).astype(np.int64)
        kept = lengths > 0
        return places[kept], lengths[kept]

    def read(self, first: int, last: int) -> FieldColumns:
        """Return the terms from number `first` to before `last`, with their lists and spans.

        Raises:
            IndexDamagedError: Something does not add up.
        """
        from pinakes.indexer.segments.slices import read_lists

        columns = read_lists(self._dictionary, self._lists, first, last)
        self._check_places(first, last)
        begin, end = self._spans_at[first], self._spans_at[last]
        if begin == end:
            return columns
        if not begin <= end <= len(self._firsts):
            raise self._damage("spans_at")
        return columns._replace(
            spans=TagSpans(
                self._counts_of(first, last, columns.postings_at),
                self._firsts.read(begin, end, np.uint32),
                self._lengths.read(begin, end, np.uint32),
            ),
        )

    def _counts_of(self, first: int, last: int, starts: Array) -> Array:
        """Return how many spans each posting of some lists has, which begin at `starts`."""
        sizes = np.diff(starts)
        spans_at, counts_at = (
            np.asarray(places[first : last + 1], np.int64)
            for places in (self._spans_at, self._counts_at)
        )
        totals, told = np.diff(spans_at), np.diff(counts_at)
        is_told = told != 0
        if (told[is_told] != sizes[is_told]).any() or not 0 <= counts_at[-1] <= len(self._counts):
            raise self._damage("counts_at")
        counts = np.repeat((totals > 0).astype(np.uint32), sizes)
        counts[np.repeat(is_told, sizes)] = self._counts.read(
            int(counts_at[0]), int(counts_at[-1]), np.uint32
        )
        if not np.array_equal(np.diff(starts_of(counts)[starts]), totals):
            raise self._damage("counts")
        return counts

    def verify_places(self) -> None:
        """Check that what does not fit its section is elsewhere; raises `IndexDamagedError`."""
        for section in (self._firsts, self._lengths, self._counts):
            section.verify(len(section))

    def _damage(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(self._path, f"{what} of tags")


def _rows_of(passages: Array, wanted: Array) -> Array:
    """Return the places in `passages` of those of `wanted` that are there; both ascend."""
    rows: Array = np.zeros(0, np.int64)
    if len(wanted) * 4 < len(passages):
        rows = passages.searchsorted(wanted)
        rows = rows[passages.take(rows, mode="clip") == wanted]
    elif len(wanted):
        places = wanted.searchsorted(passages)
        rows = np.flatnonzero(wanted.take(places, mode="clip") == passages)
    return rows

"""The lists of stems: passages, counts and lengths, positions, and which words they were."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.codes import LENGTH_CLASSES, MANY, counts_of
from pinakes.indexer.segments.columns import FieldColumns, starts_of
from pinakes.indexer.segments.dictionary import Dictionary, native
from pinakes.indexer.segments.lists import EscapedArray, Lists
from pinakes.indexer.segments.postings import Positions, Postings
from pinakes.indexer.segments.units import RUN
from pinakes.indexer.segments.variants import (
    bytes_of,
    unpack,
    unpack_some,
    unpack_variants,
    widths_of,
)

FIELD = "stem"


class StemLists:
    """The lists of the field `stem`, known by the number of the stem; safe for many threads.

    Attributes:
        dictionary: The stems.
        lists: Their passages.
        length_floor: uint32[32]; the fewest words of a passage of each class of length.
    """

    def __init__(self, file: ArrayFile) -> None:
        """Map the lists; reads their ends only.

        Raises:
            IndexDamagedError: They are not there, or do not fit one another.
        """
        self._path = file.path
        self.dictionary = Dictionary(file, FIELD)
        stems = self.dictionary.term_count
        self.lists = Lists(file, FIELD, stems, file.passages)
        self.length_floor = file.array("stem.length_floor", count=LENGTH_CLASSES)
        self._codes = file.array("stem.codes", count=self.lists.posting_count_of_all)
        self._many_at = file.array("stem.many_at")
        self._many = file.array("stem.many", count=len(self._many_at))
        self._many_places = native(self._many_at)
        self._positions = EscapedArray(file, "stem.positions", "u1")
        self._occurrences_at = file.starts(
            "stem.occurrences_at", count=stems + 1, total=len(self._positions)
        )
        self._run_occurrences = file.optional("stem.run_occurrences", like="u4")
        self._words = file.array("stem.words")
        self._words_at = file.starts("stem.words_at", count=stems + 1, total=len(self._words))
        self._word_places = native(self._words_at)
        self._variants = file.array("stem.variants")
        self._variants_at = file.array("stem.variants_at", count=stems)
        self._variant_places = native(self._variants_at)

    @lru_cache(maxsize=4096)  # noqa: B019
    def number(self, encoded: bytes) -> int | None:
        """Return the number of a stem, or None if the dictionary does not hold it."""
        return self.dictionary.number(encoded)

    def posting_count(self, number: int) -> int:
        """Return in how many passages a stem occurs, deleted ones included."""
        start, end = self.lists.run(number)
        return end - start

    def passages(self, number: int) -> Array:
        """Return the passages of a stem, ascending, as int64."""
        return self.lists.units(number)

    def codes(self, number: int) -> Array:
        """Return the code of each posting of a stem: a view."""
        start, end = self.lists.run(number)
        return self._codes[start:end]

    def counts(self, number: int, rows: Array | None = None) -> Array:
        """Return how often a stem occurs in each of its passages, or in those at some rows."""
        start, end = self.lists.run(number)
        if rows is None:
            return self._exact_counts(start, end)
        counts = counts_of(self._codes[start:end][rows])
        many = np.flatnonzero(counts == MANY)
        if len(many):
            wanted = (np.asarray(rows)[many] + start).astype(self._many_at.dtype)
            found = np.searchsorted(self._many_at, wanted)
            if not len(self._many) or int(found.max()) >= len(self._many):
                raise self._damage("many_at")
            counts[many] = self._many[found]
        return counts

    def words(self, number: int) -> Array:
        """Return the numbers of the words that have this stem, ascending: a view."""
        start, end = int(self._words_at[number]), int(self._words_at[number + 1])
        if not start < end <= len(self._words):
            raise self._damage("words_at")
        return self._words[start:end]

    @property
    def word_count(self) -> int:
        """How many words the stems have, one that has several stems counted for each."""
        return len(self._words)

    def stem_of_pair(self, place: int) -> int:
        """Return the stem that the word at this place among the words of all stems belongs to."""
        number = bisect_right(self._word_places, place) - 1
        if not 0 <= number < self.dictionary.term_count:
            raise self._damage("words_at")
        return number

    def postings(self, number: int) -> Postings:
        """Return the list of a stem."""
        passages = self.passages(number).astype(np.uint32)
        return Postings(passages, self.counts(number).astype(np.uint32))

    def positions(self, number: int) -> Positions:
        """Return the list of a stem with its positions."""
        return self.occurrences(number)

    def occurrences(
        self, number: int, rows: Array | None = None, words: Array | None = None
    ) -> Positions:
        """Return where a stem stands in the passages at some rows of its list, by default all.

        Args:
            number: The stem.
            rows: Ascending, no two alike.
            words: Numbers of words: only these, and only passages that hold one of them.
        """
        begin, end = self._occurrences_at[number : number + 2].tolist()
        if not begin < end <= len(self._positions):
            raise self._damage("occurrences_at")
        if rows is None:
            passages, counts, places = self.passages(number), self.counts(number), None
            starts = starts_of(counts)
            if starts[-1] != end - begin:
                raise self._damage("occurrences_at")
            positions = self._positions.read(begin, end)
        else:
            passages = self._passages_at(number, rows)
            counts = self.counts(number, rows)
            starts = starts_of(counts)
            before = self._occurrences_before(number, rows)
            places = np.arange(starts[-1]) + np.repeat(before - starts[:-1], counts)
            if len(places) and int(places[-1]) >= end - begin:
                raise self._damage("counts")
            positions = self._positions.pick(places + begin)
        found = Positions(
            passages.astype(np.uint32), counts.astype(np.uint32), starts, positions.astype("u4")
        )
        return found if words is None else self._only(found, number, places, words)

    def _passages_at(self, number: int, rows: Array) -> Array:
        if self._prefers_runs(number, rows):
            return self.lists.units_at(number, rows)
        return self.passages(number)[rows]

    def _occurrences_before(self, number: int, rows: Array) -> Array:
        """Return how many occurrences of a list come before each of some rows of it."""
        if not self._prefers_runs(number, rows):
            counts = self.counts(number)
            return (np.cumsum(counts) - counts)[rows]
        ranks = self.lists.ranks(number)
        runs = np.searchsorted(ranks, rows.astype(ranks.dtype), side="right") - 1
        between = starts_of(rows - ranks[runs])
        places = np.arange(between[-1]) + np.repeat(ranks[runs] - between[:-1], np.diff(between))
        sums = starts_of(self.counts(number, places))
        before = self.lists.of_runs(number, self._run_occurrences)[runs]
        return before + np.diff(sums[between])

    def _prefers_runs(self, number: int, rows: Array) -> bool:
        """Return whether single runs of a bitmap are cheaper than the whole list."""
        size = self.posting_count(number)
        return self.lists.bitmap(number) is not None and len(rows) * RUN < size

    def _only(self, found: Positions, number: int, places: Array | None, words: Array) -> Positions:
        """Return the occurrences that are of `words`; `places` are theirs in the list, or all."""
        wanted = np.isin(self.words(number), words)
        if wanted.all():
            return found
        kept = wanted[self._variants_of(number, len(wanted), len(found.words), places)]
        sums = np.cumsum(kept)
        ends = np.concatenate([[0], sums])[found.starts]
        counts = np.diff(ends).astype(np.uint32)
        rows = counts > 0
        return Positions(
            found.passages[rows], counts[rows], starts_of(counts[rows]), found.words[kept]
        )

    def _variants_of(self, number: int, word_count: int, size: int, places: Array | None) -> Array:
        """Return the variants of the first `size` occurrences of a stem, or of those at `places`.

        Raises:
            IndexDamagedError: One is not below `word_count`.
        """
        width = int(widths_of(np.array([word_count]))[0])
        if not width:
            return np.zeros(size, np.uint8)
        begin = self._variant_places[number]
        try:
            if places is None:
                packed = self._variants[begin : begin + (size * width + 7) // 8]
                variants = unpack(packed, width)[:size]
            else:
                variants = unpack_some(self._variants[begin:], width, places)
        except (IndexError, ValueError) as error:
            raise self._damage("variants") from error
        if len(variants) != size or (size and int(variants.max()) >= word_count):
            raise self._damage("variants")
        return variants

    def slice(self, first: int, last: int) -> FieldColumns:
        """Return the stems from number `first` to before `last`, with their lists.

        Raises:
            IndexDamagedError: Something does not add up.
        """
        terms, terms_at = self.dictionary.slice(first, last)
        starts, passages = self.lists.slice(first, last)
        begin = self.lists.run(first)[0] if last > first else 0
        counts = self._exact_counts(begin, begin + len(passages))
        occurrences_at = self._occurrences_at[first : last + 1].astype(np.int64)
        expected = starts_of(counts)[starts]
        if not np.array_equal(occurrences_at - occurrences_at[0], expected):
            raise self._damage("counts")
        positions = self._positions.read(int(occurrences_at[0]), int(occurrences_at[-1]))
        return FieldColumns(
            terms=terms,
            terms_at=terms_at,
            postings_at=starts,
            units=passages,
            counts=counts,
            positions=positions,
            words=self._slice_words(first, last, np.diff(occurrences_at)),
        )

    def _exact_counts(self, start: int, end: int) -> Array:
        """Return the counts of the postings from `start` to before `end`, as int64."""
        counts = counts_of(self._codes[start:end])
        first, last = bisect_left(self._many_places, start), bisect_left(self._many_places, end)
        places = self._many_at[first:last].astype(np.int64) - start
        if not np.array_equal(places, np.flatnonzero(counts == MANY)):
            raise self._damage("many_at")
        counts[places] = self._many[first:last]
        return counts

    def _slice_words(self, first: int, last: int, sizes: Array) -> Array:
        words_at = self._words_at[first : last + 1].astype(np.int64)
        word_counts = np.diff(words_at)
        if (word_counts <= 0).any() or int(words_at[-1]) > len(self._words):
            raise self._damage("words_at")
        widths = widths_of(word_counts)
        places = starts_of(bytes_of(sizes, widths))
        begin = int(self._variants_at[first]) if last > first else 0
        if not np.array_equal(self._variants_at[first:last], places[:-1] + begin):
            raise self._damage("variants_at")
        packed = self._variants[begin : begin + int(places[-1])]
        if len(packed) != int(places[-1]):
            raise self._damage("variants")
        variants = unpack_variants(packed, sizes, widths)
        if (variants >= np.repeat(word_counts, sizes)).any():
            raise self._damage("variants")
        return self._words[variants + np.repeat(words_at[:-1], sizes)]

    def _damage(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(self._path, f"{what} of stems")

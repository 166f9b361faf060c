"""Terms in a row with all their lists, as plain columns: the inverse of `encoding`.

For merging and verification: everything that is read is held against the rest.
"""

from __future__ import annotations

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.codes import MANY, counts_of
from pinakes.indexer.segments.columns import FieldColumns, starts_of, without_lists
from pinakes.indexer.segments.dictionary import Dictionary
from pinakes.indexer.segments.lists import EscapedArray, Lists
from pinakes.indexer.segments.variants import bytes_of, unpack_variants, widths_of


def read_terms(dictionary: Dictionary, first: int, last: int) -> FieldColumns:
    """Return the terms from number `first` to before `last`, without lists."""
    return without_lists(*dictionary.slice(first, last))


def read_lists(dictionary: Dictionary, lists: Lists, first: int, last: int) -> FieldColumns:
    """Return the terms from number `first` to before `last`, with their passages or articles.

    Raises:
        IndexDamagedError: Something does not add up.
    """
    terms, terms_at = dictionary.slice(first, last)
    starts, units = lists.slice(first, last)
    return FieldColumns(terms=terms, terms_at=terms_at, postings_at=starts, units=units)


_GUARDED = ("codes", "occurrences_at", "words", "words_at", "variants", "variants_at")


class StemSlices:
    """Reads the lists of many stems at once."""

    def __init__(self, file: ArrayFile, dictionary: Dictionary, lists: Lists) -> None:
        """Map what is said of each posting of `lists`."""
        self._path = file.path
        self._dictionary = dictionary
        self._lists = lists
        self._codes = file.array("stem.codes", count=lists.posting_count_of_all)
        self._many_at = file.checked("stem.many_at").astype(np.int64)
        self._many = file.checked("stem.many", count=len(self._many_at))
        self._positions = EscapedArray(file, "stem.positions", "u1")
        self._occurrences_at = file.array("stem.occurrences_at")
        self._words = file.array("stem.words")
        self._words_at = file.array("stem.words_at")
        self._variants = file.array("stem.variants")
        self._variants_at = file.array("stem.variants_at")
        self._guards = {name: file.guard(f"stem.{name}") for name in _GUARDED}

    def read(self, first: int, last: int) -> FieldColumns:
        """Return the stems from number `first` to before `last`, with their lists.

        Raises:
            IndexDamagedError: Something does not add up.
        """
        columns = read_lists(self._dictionary, self._lists, first, last)
        begin = self._lists.run(first)[0] if last > first else 0
        counts = self._exact_counts(begin, begin + len(columns.units))
        self._guards["occurrences_at"](first, last + 1)
        occurrences_at = self._occurrences_at[first : last + 1].astype(np.int64)
        expected = starts_of(counts)[columns.postings_at]
        if not np.array_equal(occurrences_at - occurrences_at[0], expected):
            raise self._damage("counts")
        positions = self._positions.read(int(occurrences_at[0]), int(occurrences_at[-1]), np.uint32)
        return FieldColumns(
            terms=columns.terms,
            terms_at=columns.terms_at,
            postings_at=columns.postings_at,
            units=columns.units,
            counts=counts,
            positions=positions,
            words=self._read_words(first, last, np.diff(occurrences_at)),
        )

    def _exact_counts(self, start: int, end: int) -> Array:
        self._guards["codes"](start, end)
        counts = counts_of(self._codes[start:end])
        first, last = np.searchsorted(self._many_at, [start, end]).tolist()
        places = self._many_at[first:last] - start
        if not np.array_equal(places, np.flatnonzero(counts == MANY)):
            raise self._damage("many_at")
        counts[places] = self._many[first:last]
        if (counts[places] < MANY).any():
            raise self._damage("many")
        return counts

    def _read_words(self, first: int, last: int, sizes: Array) -> Array:
        self._guards["words_at"](first, last + 1)
        words_at = self._words_at[first : last + 1].astype(np.int64)
        word_counts = np.diff(words_at)
        if (word_counts <= 0).any() or int(words_at[-1]) > len(self._words):
            raise self._damage("words_at")
        self._guards["words"](int(words_at[0]), int(words_at[-1]))
        self._guards["variants_at"](first, last)
        widths = widths_of(word_counts)
        places = starts_of(bytes_of(sizes, widths))
        begin = int(self._variants_at[first]) if last > first else 0
        self._guards["variants"](begin, begin + int(places[-1]))
        packed = self._variants[begin : begin + int(places[-1])]
        if len(packed) != int(places[-1]) or not np.array_equal(
            self._variants_at[first:last], places[:-1] + begin
        ):
            raise self._damage("variants_at")
        variants = unpack_variants(packed, sizes, widths)
        if (variants >= np.repeat(word_counts, sizes)).any():
            raise self._damage("variants")
        variants += np.repeat(words_at[:-1].astype(variants.dtype), sizes)
        return self._words.take(variants)

    def _damage(self, what: str) -> IndexDamagedError:
        return IndexDamagedError(self._path, f"{what} of stems")

"""From the words of passages to the passages of stems: one sort of 64-bit keys, then slices.

The key of an occurrence is its stem, its place in the texts and its variant, highest bits first:
the sort brings the occurrences of a stem together in order, and everything about them is read
from the keys again, a slice of stems at a time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import FieldColumns, Variants, join_texts, starts_of
from pinakes.indexer.segments.lexicon import Lexicon
from pinakes.indexer.segments.slicing import cut_runs
from pinakes.indexer.segments.workers import Workers

KEY_BITS = 64
"""If stem, place and variant need more, passage and position are told from a word's number."""

OCCURRENCES_PER_SLICE = 1 << 18
"""About how many occurrences are taken from the keys at once; a stem that has more is not cut."""


class Words(NamedTuple):
    """The words of some passages in a row.

    Attributes:
        lengths: uint32; how many words each passage has.
        words: uint16 or uint32; of each word, its number in the tables below.
        stems: uint32; by number, the place of its stem in the vocabulary.
        variants: uint32; by number, its place among the words of that stem.
    """

    lengths: Array
    words: Array
    stems: Array
    variants: Array


class _Layout(NamedTuple):
    """Which bits of a key are what.

    Attributes:
        starts: int64; where the words of each passage begin in all texts, and the end.
        passage_bits: How many tell passages apart.
        position_bits: Those of a position in its passage, below the passage; None if a place is
            the number of a word in all texts, because there is no room for both.
        place_bits: Those of a place, above the variant and below the stem.
        variant_bits: The lowest.
    """

    starts: Array
    passage_bits: int
    position_bits: int | None
    place_bits: int
    variant_bits: int

    @classmethod
    def of(cls, lengths: Array, stem_count: int, variant_count: int) -> _Layout:
        starts = starts_of(lengths)
        passage_bits, variant_bits = _bits(len(lengths)), _bits(variant_count)
        position_bits = _bits(int(lengths.max(initial=0)))
        room = KEY_BITS - _bits(stem_count) - variant_bits
        if passage_bits + position_bits <= room:
            place_bits = passage_bits + position_bits
            return cls(starts, passage_bits, position_bits, place_bits, variant_bits)
        place_bits = _bits(int(starts[-1]))
        if place_bits > room:
            raise ValueError(f"{starts[-1]} words of {stem_count} stems in one segment")
        return cls(starts, passage_bits, None, place_bits, variant_bits)

    def places(self, first: int, last: int) -> Array:
        """Return the places of the words of the passages from `first` to before `last`.

        As they stand in keys, above the bits of the variant.
        """
        shift = self.variant_bits
        starts = self.starts[first : last + 1]
        begin, end = int(starts[0]), int(starts[-1])
        places = np.arange(begin << shift, end << shift, 1 << shift)
        if self.position_bits is not None:
            begins = np.arange(first, last) << self.position_bits
            places += np.repeat((begins - starts[:-1]) << shift, np.diff(starts))
        return places

    def split(self, keys: Array) -> tuple[Array, Array]:
        """Return of each key its stem and passage, in one number, and its position."""
        places = keys >> np.uint64(self.variant_bits)
        if self.position_bits is not None:
            positions = places.astype(np.uint32)
            positions &= np.uint32((1 << self.position_bits) - 1)
            places >>= np.uint64(self.position_bits)
            return places, positions
        stems = places >> np.uint64(self.place_bits)
        places &= np.uint64((1 << self.place_bits) - 1)
        passages = np.searchsorted(self.starts, places.view(np.int64), side="right") - 1
        positions = (places.view(np.int64) - self.starts[passages]).astype(np.uint32)
        return (stems << np.uint64(self.passage_bits)) | passages.view(np.uint64), positions


def _bits(count: int) -> int:
    """Return how many bits tell `count` things apart."""
    return max(0, count - 1).bit_length()


class StemKeys:
    """The sorted keys of all occurrences in a segment."""

    def __init__(self, texts: Sequence[Words], lexicon: Lexicon, *, workers: Workers) -> None:
        """Make and sort the keys."""
        self._lexicon = lexicon
        lengths = np.concatenate([np.zeros(0, np.uint32), *(text.lengths for text in texts)])
        most = int(np.diff(lexicon.words_at).max(initial=0))
        self._layout = _Layout.of(lengths, len(lexicon.stems), most)
        self._keys = np.empty(int(self._layout.starts[-1]), np.uint64)
        ends = starts_of(np.array([len(text.lengths) for text in texts], np.int64)).tolist()
        runs = zip(texts, pairwise(ends), strict=True)
        deque(workers.map(lambda run: self._fill(run[0], *run[1]), runs), maxlen=0)
        self._keys.sort()
        stem_bits = np.uint64(self._layout.place_bits + self._layout.variant_bits)
        stems = np.arange(len(lexicon.stems) + 1, dtype=np.uint64)
        self._starts = np.searchsorted(self._keys, stems << stem_bits)
        # The last of these may be 2 to the 64th.
        self._starts[-1] = len(self._keys)

    def _fill(self, text: Words, first: int, last: int) -> None:
        """Make the keys of the passages from `first` to before `last`."""
        layout = self._layout
        shift = np.uint64(layout.place_bits + layout.variant_bits)
        of_word = (text.stems.astype(np.uint64) << shift) | text.variants
        keys = self._keys[layout.starts[first] : layout.starts[last]]
        # Numbers are in range; `clip` only spares a copy that `raise` makes.
        np.take(of_word, text.words, out=keys, mode="clip")
        keys |= layout.places(first, last).view(np.uint64)

    def slices(self, occurrences: int = OCCURRENCES_PER_SLICE) -> Iterator[tuple[int, int]]:
        """Return runs `[first, last)` of stems with about so many occurrences each."""
        return cut_runs(self._starts, occurrences)

    def read(self, first: int, last: int) -> FieldColumns:
        """Return the lists of the stems from `first` to before `last`."""
        layout, lexicon = self._layout, self._lexicon
        begin, end = int(self._starts[first]), int(self._starts[last])
        keys = self._keys[begin:end]
        owners, positions = layout.split(keys)
        begins = np.ones(len(keys), np.bool_)
        np.not_equal(owners[1:], owners[:-1], out=begins[1:])
        postings = np.flatnonzero(begins)
        units = owners[postings] & np.uint64((1 << layout.passage_bits) - 1)
        terms, terms_at = join_texts(lexicon.stems[first:last])
        words_at = lexicon.words_at[first : last + 1]
        return FieldColumns(
            terms=terms,
            terms_at=terms_at,
            postings_at=np.searchsorted(postings, self._starts[first : last + 1] - begin),
            units=units.astype(np.uint32),
            counts=np.diff(postings, append=len(keys)).astype(np.uint32),
            positions=positions,
            variants=Variants(
                words_at=words_at - words_at[0],
                words=lexicon.pair_words[words_at[0] : words_at[-1]],
                variants=keys.astype(np.uint32) & np.uint32((1 << layout.variant_bits) - 1),
            ),
        )

"""Which of the words of a stem each occurrence of the stem is, in as few bits as tell them apart.

The words of a stem are numbered in the order of the dictionary: a word's place there is its
variant.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import Variants, starts_of

WIDTHS = np.array([0, 1, 2, 4, 8, 16, 32], np.int64)
_STEPS = (1, 2, 4, 16, 256, 65_536)
_MOST_WORDS = np.array(_STEPS, np.int64)


def widths_of(word_counts: Array) -> Array:
    """Return the bits of a variant in stems of so many words each."""
    return WIDTHS[np.searchsorted(_MOST_WORDS, word_counts)]


def width_of(word_count: int) -> int:
    """Return the bits of a variant in a stem of so many words."""
    return int(WIDTHS[bisect_left(_STEPS, word_count)])


def are_among(own: Array, words: Array) -> Array:
    """Return for each word of a stem whether it is one of `words`; both ascend."""
    if not len(words):
        return np.zeros(len(own), np.bool_)
    flags: Array = words.take(words.searchsorted(own), mode="clip") == own
    return flags


def bytes_of(sizes: Array, widths: Array) -> Array:
    """Return the bytes that lists of so many occurrences take, each from a byte of its own."""
    return (sizes * widths + 7) // 8


def find_variants(stems: Array, words: Array, stem_count: int) -> Variants:
    """Tell the words of each stem from all occurrences, given the stem and the word of each."""
    if stem_count == 1 and len(words) and words.min() == words.max():
        # The longest lists are such ones, and what follows takes much memory.
        return Variants(np.array([0, 1]), words[:1], np.zeros(len(words), np.uint8))
    # What numpy indexes by; it would convert anything else at each use.
    places = words.astype(np.intp, copy=False)
    table = np.empty(int(places.max()) + 1 if len(places) else 0, np.int32)
    table.fill(-1)
    passes: list[_Pass] = []
    rest: Array | None = None
    while True:
        # A word has one stem, or a few in a mixture of languages: each pass settles one for each.
        some = places if rest is None else places[rest]
        own = stems if rest is None else stems[rest]
        table[some] = own
        found = np.flatnonzero(table >= 0)
        passes.append(_Pass(rest, some, table[found], found))
        missed = np.flatnonzero(table.take(some) != own)
        table[found] = -1
        if not len(missed):
            return _number(passes, table, stem_count)
        rest = missed if rest is None else rest[missed]


class _Pass(NamedTuple):
    """One stem for each of some words.

    Attributes:
        rest: Which occurrences were not settled before; None for all.
        places: Their words.
        stems: Of each word that was found among them.
        words: Those, ascending.
    """

    rest: Array | None
    places: Array
    stems: Array
    words: Array


def _number(passes: list[_Pass], table: Array, stem_count: int) -> Variants:
    pair_stems = np.concatenate([each.stems for each in passes])
    pair_words = np.concatenate([each.words for each in passes])
    order = np.lexsort((pair_words, pair_stems))
    words_at = starts_of(np.bincount(pair_stems, minlength=stem_count))
    numbers = np.empty(len(order), np.int32)
    numbers[order] = np.arange(len(order)) - words_at[pair_stems[order]]
    variants = np.zeros(0, np.int32)
    begin = 0
    for each in passes:
        table[each.words] = numbers[begin : begin + len(each.words)]
        begin += len(each.words)
        if each.rest is None:
            variants = table.take(each.places)
        else:
            variants[each.rest] = table.take(each.places)
    return Variants(words_at, pair_words[order], variants)


def pack_variants(variants: Array, sizes: Array, widths: Array) -> Array:
    """Return the bytes of lists of variants, given how many and how wide those of each are."""
    lengths = bytes_of(sizes, widths)
    packed = np.zeros(int(lengths.sum()), np.uint8)
    for width in WIDTHS[1:].tolist():
        chosen = widths == width
        if chosen.any():
            values = variants[np.repeat(chosen, sizes)]
            slots = np.zeros(int(lengths[chosen].sum()) * 8 // width, np.uint32)
            slots[_slots(sizes[chosen], lengths[chosen], width)] = values
            packed[np.repeat(chosen, lengths)] = _pack(slots, width)
    return packed


def unpack_variants(packed: Array, sizes: Array, widths: Array) -> Array:
    """Return the variants that `pack_variants` was given."""
    lengths = bytes_of(sizes, widths)
    variants = np.zeros(int(sizes.sum()), np.uint32)
    for width in WIDTHS[1:].tolist():
        chosen = widths == width
        if chosen.any():
            slots = unpack(packed[np.repeat(chosen, lengths)], width)
            places = _slots(sizes[chosen], lengths[chosen], width)
            variants[np.repeat(chosen, sizes)] = slots[places]
    return variants


def _slots(sizes: Array, lengths: Array, width: int) -> Array:
    """Return the slots that are used, where each list has `lengths` bytes of slots."""
    shift = starts_of(lengths)[:-1] * 8 // width - starts_of(sizes)[:-1]
    slots: Array = np.arange(int(sizes.sum())) + np.repeat(shift, sizes)
    return slots


def _pack(slots: Array, width: int) -> Array:
    if width >= 8:
        return slots.astype(f"<u{width // 8}").view(np.uint8)
    columns = slots.astype(np.uint8).reshape(-1, 8 // width)
    packed = columns[:, 0].copy()
    for place in range(1, 8 // width):
        packed |= columns[:, place] << np.uint8(place * width)
    return packed


def unpack(packed: Array, width: int) -> Array:
    """Return all slots of some bytes, `width` bits each, from 1."""
    if width >= 8:
        return packed.view(f"<u{width // 8}")
    shifts = np.arange(0, 8, width, dtype=np.uint8)
    slots = (packed[:, np.newaxis] >> shifts) & np.uint8((1 << width) - 1)
    return slots.ravel()


def unpack_some(packed: Array, width: int, places: Array) -> Array:
    """Return the slots at some places; the bytes may begin anywhere in memory."""
    if width >= 8:
        whole = packed.size // (width // 8) * (width // 8)
        return packed[:whole].view(f"<u{width // 8}")[places]
    bits = places * width
    shifts = (bits & 7).astype(np.uint8)
    some: Array = (packed[bits >> 3] >> shifts) & np.uint8((1 << width) - 1)
    return some

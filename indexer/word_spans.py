"""Where words begin and end in text as UTF-8, for many texts at once.

The rules are those of `analysis.raw_words`, told as a machine that goes from character to
character. ASCII goes through vector arithmetic alone; only other characters are looked up.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from pinakes.indexer.characters import FRACTION_SLASH, IGNORED, MARKS, UNSPACED, code_ranges
from pinakes.indexer.segments.arrays import Array

_OTHER = 0
_LETTER = 1
# A word of its own, as are the marks after it.
_UNSPACED = 2
_MARK = 3
# A mark after an unspaced word, a letter elsewhere: kana's half-width voicing.
_LETTER_OR_MARK = 4
# Stands inside a word, but ends an unspaced one.
_SIGN = 5


@cache
def character_classes() -> Array:
    """Return what each code point is to words."""
    every = np.arange(0x11_0000, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    classes = np.zeros(len(every), np.uint8)
    for run in re.finditer(r"[^\W_]+", every):
        classes[run.start() : run.end()] = _LETTER
    for ranges, before, after in (
        (UNSPACED, _LETTER, _UNSPACED),
        (MARKS, _OTHER, _MARK),
        (MARKS, _LETTER, _LETTER_OR_MARK),
        (IGNORED, _OTHER, _SIGN),
    ):
        for first, last in code_ranges(ranges):
            run_classes = classes[first : last + 1]
            run_classes[run_classes == before] = after
    classes[ord(FRACTION_SLASH)] = _SIGN
    return classes


def word_spans(utf8: Array) -> tuple[Array, Array]:
    """Return where words begin and where they end (past their last byte), in order.

    Args:
        utf8: Bytes; the first and the last belong to no word. Texts that must not touch have a
            line feed between them.
    """
    inside = _ascii_letters(utf8)
    borders = _add_beyond_ascii(utf8, inside) if utf8.max() >= 0x80 else None
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    edges += 1
    starts, ends = edges[::2], edges[1::2]
    if borders is not None and len(borders):
        starts = np.sort(np.concatenate((starts, borders)))
        ends = np.sort(np.concatenate((ends, borders)))
    return starts, ends


def _ascii_letters(utf8: Array) -> Array:
    shifted = utf8 | 0x20
    shifted -= ord("a")
    letters = shifted < 26
    np.subtract(utf8, ord("0"), out=shifted)
    letters |= shifted < 10
    return letters


def _add_beyond_ascii(utf8: Array, inside: Array) -> Array:
    """Mark the bytes of words' other characters; return where one word follows on another."""
    leads = np.flatnonzero(utf8 >= 0xC0)
    sizes, classes = _classify(utf8, leads)
    if (classes <= _LETTER).all():
        in_word = classes == _LETTER
        _mark(inside, leads[in_word], sizes[in_word])
        return leads[:0]
    adjacent = np.zeros(len(leads), np.bool_)
    adjacent[1:] = leads[1:] == leads[:-1] + sizes[:-1]
    in_unspaced = _in_unspaced(classes, adjacent)
    in_word = _in_word(classes, adjacent, in_unspaced, inside[leads - 1])
    _mark(inside, leads[in_word], sizes[in_word])
    begins = leads[classes == _UNSPACED]
    begins = begins[inside[begins - 1]]
    # A word may also follow on an unspaced one: what stands there is no mark of it.
    ends = (leads + sizes)[in_unspaced]
    ends = ends[inside[ends]]
    return np.union1d(begins, np.setdiff1d(ends, leads[in_unspaced], assume_unique=True))


def _classify(utf8: Array, leads: Array) -> tuple[Array, Array]:
    """Return the bytes and the class of each character that begins at `leads`."""
    first = utf8[leads].astype(np.uint32)
    sizes = np.full(len(leads), 2, np.int64)
    second = utf8[leads + 1] & np.uint32(0x3F)
    codes = (first & 0x1F) << 6 | second
    longer = np.flatnonzero(first >= 0xE0)
    if len(longer):
        sizes[longer] = 3
        at = leads[longer]
        codes[longer] = (codes[longer] & 0x3FF) << 6 | utf8[at + 2] & np.uint32(0x3F)
        longest = longer[first[longer] >= 0xF0]
        sizes[longest] = 4
        codes[longest] = (codes[longest] & 0x7FFF) << 6 | utf8[leads[longest] + 3] & np.uint32(0x3F)
    return sizes, character_classes()[codes]


def _in_unspaced(classes: Array, adjacent: Array) -> Array:
    """Return which characters are part of an unspaced word.

    Args:
        classes: Of the characters beyond ASCII.
        adjacent: Whether the character before each is another of them.
    """
    unspaced: Array = classes == _UNSPACED
    marks: Array = ((classes == _MARK) | (classes == _LETTER_OR_MARK)) & adjacent
    unspaced |= marks & unspaced[_last(~marks)]
    return unspaced


def _in_word(classes: Array, adjacent: Array, in_unspaced: Array, after_letter: Array) -> Array:
    """Return which characters are part of any word.

    Args:
        classes: As in `_in_unspaced`.
        adjacent: Likewise.
        in_unspaced: What that returns.
        after_letter: Whether the byte before each is an ASCII letter.
    """
    letters: Array = ((classes == _LETTER) | (classes == _LETTER_OR_MARK)) & ~in_unspaced
    signs = ((classes == _MARK) | (classes == _SIGN)) & ~in_unspaced
    letters |= signs & after_letter
    # A sign belongs to the word of a letter before it, if but signs stand between.
    letters |= signs & letters[_last(~(signs & adjacent))]
    letters |= in_unspaced
    return letters


def _last(flags: Array) -> Array:
    """Return the place of the last flag set up to each place."""
    places: Array = np.maximum.accumulate(np.where(flags, np.arange(len(flags)), 0))
    return places


def _mark(inside: Array, leads: Array, sizes: Array) -> None:
    inside[leads] = True
    inside[leads + 1] = True
    for size in (3, 4):
        leads = leads[sizes >= size]
        sizes = sizes[sizes >= size]
        inside[leads + size - 1] = True

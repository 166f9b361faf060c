"""Where words begin and end in text as UTF-8, for many texts at once.

The rules are those of `analysis.raw_words`, told by the class of each character: a word is letters
with the signs among and after them, or one unspaced character with its marks. Text that is mostly
ASCII is read byte by byte, other text character by character.
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
# The class of the bytes of a character after the first.
_CONTINUED = np.array([_OTHER, _LETTER, _MARK, _MARK, _LETTER_OR_MARK, _SIGN], np.uint8)

# Text with more bytes beyond ASCII than one in so many is read by characters, which is faster then.
_ASCII_SHARE = 8


# Few texts have letters beyond, and to go through all code points takes as long as to read a book.
_FIRST_PLANES = 0x2_0000
_END = 0x11_0000


def _classes_of(codes: Array) -> Array:
    """Return what code points are to words."""
    end = _FIRST_PLANES if int(codes.max(initial=0)) < _FIRST_PLANES else _END
    of_codes: Array = _character_classes(end)[codes]
    return of_codes


@cache
def _character_classes(end: int) -> Array:
    """Return what each code point before `end` is to words."""
    every = np.arange(end, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
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


def word_spans(utf8: bytes) -> tuple[Array, Array]:
    """Return where words begin and where they end (past their last byte), in order.

    Args:
        utf8: Begins and ends with a character that belongs to no word. Texts that must not touch
            have a line feed between them. Lone surrogates are encoded as other code points.
    """
    octets = np.frombuffer(utf8, np.uint8)
    if np.count_nonzero(octets >= 0x80) * _ASCII_SHARE <= len(octets):
        return _spans(_classify_bytes(octets))
    text = utf8.decode("utf-8", "surrogatepass")
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    starts, ends = _spans(_classes_of(codes))
    places = np.flatnonzero((octets & 0xC0) != 0x80)
    return places[starts], places[ends]


def _classify_bytes(octets: Array) -> Array:
    """Return the class of each byte, that of its character as far as a byte can have it."""
    shifted = octets | 0x20
    shifted -= ord("a")
    letters = shifted < 26
    np.subtract(octets, ord("0"), out=shifted)
    letters |= shifted < 10
    classes: Array = letters.view(np.uint8)
    leads = np.flatnonzero(octets >= 0xC0)
    if len(leads):
        of_leads = _classes_of(_decode(octets, leads))
        met = of_leads != _OTHER
        leads, of_leads = leads[met], of_leads[met]
        classes[leads] = of_leads
        continued = _CONTINUED[of_leads]
        for offset, lowest in enumerate((0xC0, 0xE0, 0xF0), 1):
            longer = octets[leads] >= lowest
            classes[leads[longer] + offset] = continued[longer]
    return classes


def _decode(octets: Array, leads: Array) -> Array:
    """Return the code point of each character that begins at `leads`."""
    first = octets[leads].astype(np.uint32)
    codes: Array = (first & 0x1F) << 6 | octets[leads + 1] & 0x3F
    for offset, lowest, kept in ((2, 0xE0, 0x3FF), (3, 0xF0, 0x7FFF)):
        longer = np.flatnonzero(first >= lowest)
        after = octets[leads[longer] + offset] & 0x3F
        codes[longer] = (codes[longer] & kept) << 6 | after
    return codes


def _spans(classes: Array) -> tuple[Array, Array]:
    """Return where words begin and end, of the class of each byte or character."""
    inside = classes == _LETTER
    special = np.flatnonzero(classes >= _UNSPACED)
    signs = special[classes[special] >= _MARK]
    if len(signs) < len(special):
        return _spans_of_unspaced(classes, inside, signs)
    if len(signs):
        of_letter, _ = _signs_inside(classes, signs)
        inside[signs] = of_letter
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    edges += 1
    return edges[::2], edges[1::2]


def _spans_of_unspaced(classes: Array, inside: Array, signs: Array) -> tuple[Array, Array]:
    """Return the same where there are unspaced words, given which are letters, and all signs."""
    unspaced = classes == _UNSPACED
    in_unspaced = unspaced.copy()
    inside |= unspaced
    if len(signs):
        of_letter, of_unspaced = _signs_inside(classes, signs)
        inside[signs] = of_letter | of_unspaced
        in_unspaced[signs] = of_unspaced
    parted = inside[1:] != inside[:-1]
    # One word also follows on another where an unspaced one begins or ends.
    parted |= unspaced[1:]
    parted |= in_unspaced[:-1] & ~in_unspaced[1:]
    starts = np.flatnonzero(parted & inside[1:])
    ends = np.flatnonzero(parted & inside[:-1])
    return starts + 1, ends + 1


def _signs_inside(classes: Array, signs: Array) -> tuple[Array, Array]:
    """Return which signs and marks belong to letters, and which to an unspaced word.

    Args:
        classes: Of each byte or character.
        signs: Which of them are signs or marks, ascending.
    """
    of_sign = classes[signs]
    places = np.arange(len(signs))
    heads = np.append(True, signs[1:] != signs[:-1] + 1)
    # The first sign of the run that each is in, and what stands before that.
    head = np.maximum.accumulate(np.where(heads, places, 0))
    before = classes[signs - 1][head]
    of_unspaced = (before == _UNSPACED) & ~_met(of_sign == _SIGN, head)
    letters = (of_sign == _LETTER_OR_MARK) & ~of_unspaced
    of_letter = ((before == _LETTER) | _met(letters, head)) & ~of_unspaced
    return of_letter, of_unspaced


def _met(flags: Array, head: Array) -> Array:
    """Return whether a flag is set from `head` up to and with each place."""
    counts = np.cumsum(flags)
    met: Array = counts - counts[head] + flags[head] > 0
    return met

"""What tells copies of a text: its shingles, runs of words, and how many two texts share.

Articles are compared by their shingles alone, never by headlines: A. Broder, "On the resemblance
and containment of documents", Sequences 1997. docs/copies.md tells why these numbers.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np

Shingles: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]

SHINGLE_WORDS = 3
"""How many words make a shingle."""

SKETCH_HASHES = 24
"""How many of its shingles stand for an article when candidates are looked for."""

MIN_SHINGLES = 24
"""Of a text with fewer different ones, what it shares with others is chance or a formula."""

MIN_RESEMBLANCE = 0.33
"""Of all shingles of two texts, the part that both hold: from here on they are copies."""

MIN_CONTAINMENT = 0.75
MIN_PART = 0.4
"""So are two of which the shorter, at least so long beside the longer, stands in that."""

# Scripts written without spaces: each of their characters is a word, as in the index.
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
_MOST_WORDS_KNOWN = 50_000
# Knuth's multiplier of linear congruences; the steps of splitmix64 (G. Steele, D. Lea and C. Flood,
# "Fast splittable pseudorandom number generators", OOPSLA 2014) make small hashes a fair sample.
_MULTIPLIER = np.uint64(6364136223846793005)
_STEPS = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST_SHIFT = np.uint64(31)
# SQLite keeps a number of 48 bits in six bytes; two shingles of a million have one by 1 in 300.
_SKETCH_SHIFT = np.uint64(16)


class _WordHashes(dict[str, int]):
    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS_KNOWN:
            self.clear()
        number = self[word] = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        return number


_hashes = _WordHashes()


def fold_words(text: str) -> list[str]:
    """Return the words of a text without case and accents, in order.

    >>> fold_words("Café, well-known")
    ['cafe', 'well', 'known']
    """
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(_MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())))


def shingle(text: str) -> Shingles:
    """Return a hash of each different shingle of a text, ascending; equal in every process."""
    words = fold_words(text)
    if len(words) < SHINGLE_WORDS:
        return np.zeros(0, np.uint64)
    hashes = np.fromiter(map(_hashes.__getitem__, words), np.uint64, len(words))
    count = len(words) - SHINGLE_WORDS + 1
    mixed = hashes[:count].copy()
    for place in range(1, SHINGLE_WORDS):
        mixed = mixed * _MULTIPLIER + hashes[place : place + count]
    for shift, factor in _STEPS:
        mixed = (mixed ^ (mixed >> shift)) * factor
    return np.unique(mixed ^ (mixed >> _LAST_SHIFT))


def sketch(text: str) -> bytes:
    """Return what stands for a text when candidates are looked for: its least shingles.

    Broder's `MIN_s`: two texts of resemblance r share about r of their least shingles. Each is a
    little-endian u8 below 2**48; nothing stands for a text with fewer than `MIN_SHINGLES`.
    """
    shingles = shingle(text)
    if len(shingles) < MIN_SHINGLES:
        return b""
    least = shingles[:SKETCH_HASHES] >> _SKETCH_SHIFT
    return np.unique(least).astype("<u8").tobytes()


def read_sketch(packed: bytes) -> list[int]:
    """Return the hashes of a sketch.

    Raises:
        ValueError: It is none.
    """
    hashes: list[int] = np.frombuffer(packed, "<u8").tolist()
    if hashes and max(hashes) >> 48:
        raise ValueError("a hash that is too large")
    return hashes


def are_copies(one: Shingles, other: Shingles) -> bool:
    """Return whether two texts are copies of each other, by their shingles."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < MIN_SHINGLES or shorter < MIN_PART * longer:
        return False
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return (
        shared >= MIN_RESEMBLANCE * (shorter + longer - shared)
        or shared >= MIN_CONTAINMENT * shorter
    )


def group_copies(texts: Iterable[Shingles]) -> list[list[int]]:
    """Return which of some texts belong together: each to one at least of its group it is a copy.

    By their places, ascending, and groups by their first.
    """
    known: list[Shingles] = []
    groups: list[list[int]] = []
    for place, shingles in enumerate(texts):
        joined = [place]
        apart: list[list[int]] = []
        for group in groups:
            if any(are_copies(shingles, known[each]) for each in group):
                joined = [*group, *joined]
            else:
                apart.append(group)
        known.append(shingles)
        groups = [*apart, sorted(joined)]
    return sorted(groups)

"""One byte a posting: how often the stem occurs in the passage, and about how long that is.

It is all that a bound of a score needs, and nearly always the count itself.
"""

from __future__ import annotations

import numpy as np

from pinakes.indexer.segments.arrays import Array

LENGTH_CLASSES = 16
COUNT_SHIFT = 4
MANY = 16
"""From this count on the code says so only, and the count stands elsewhere."""


def length_floor(passage_words: Array) -> Array:
    """Return the fewest words of a passage of each class, so that classes are alike in size.

    No passage is of class 0, so that no posting has the code 0.
    """
    floor = np.zeros(LENGTH_CLASSES, np.uint32)
    if len(passage_words):
        quantiles = np.arange(1, LENGTH_CLASSES - 1) * len(passage_words) // (LENGTH_CLASSES - 1)
        floor[2:] = np.sort(passage_words)[quantiles]
    return floor


def length_classes(passage_words: Array, floor: Array) -> Array:
    """Return the class of each passage."""
    return np.searchsorted(floor[1:], passage_words, side="right").astype(np.uint8)


def codes_of(counts: Array, classes: Array) -> Array:
    """Return the codes of postings with these counts, in passages of these classes."""
    codes = (np.minimum(counts, MANY) - 1).astype(np.uint8)
    codes <<= np.uint8(COUNT_SHIFT)
    codes |= classes
    return codes


def counts_of(codes: Array) -> Array:
    """Return the counts that codes tell, as int64: `MANY` for those that stand elsewhere."""
    return (codes >> np.uint8(COUNT_SHIFT)).astype(np.int64) + 1


def classes_of(codes: Array) -> Array:
    """Return the classes of length that codes tell."""
    classes: Array = codes & np.uint8(LENGTH_CLASSES - 1)
    return classes


def reclass(codes: Array, floor: Array, wanted: Array) -> Array:
    """Return codes of the classes of `floor` as codes of the classes of `wanted`.

    The length of a passage is known by its class only: the new one is never above the one that it
    would get by its length.
    """
    classes = length_classes(floor, wanted)
    classes[0] = 0
    every = np.arange(256, dtype=np.uint8)
    table = (every - classes_of(every)) | classes.take(classes_of(every))
    reclassed: Array = table.take(codes)
    return reclassed


def needs_wide_positions(passage_words: Array) -> bool:
    """Return whether more than a twentieth of all positions do not fit in one byte."""
    words = passage_words.astype(np.int64)
    return bool(20 * np.maximum(words - 255, 0).sum() > words.sum())

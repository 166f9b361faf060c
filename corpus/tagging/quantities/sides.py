"""Tells what a number does beside another: a range cut, a change, a side of something."""

from __future__ import annotations

from pinakes.corpus.tagging.quantities.lexicon import SMALL, WORDED
from pinakes.corpus.tagging.quantities.reading import Passage
from pinakes.corpus.tagging.quantities.signs import BECAME, FROM_WORDS, RANGE_WORDS

_TIMES = frozenset({"x", "×"})
_FIGURES = "13z4N"
# How many pieces before a number may tell that it changes.
_NEAR = 16


def is_change(text: Passage, place: int) -> bool:
    """Whether a number is what another became: `grew from 30 to 940 million`."""
    if text.word(place - 2) not in FROM_WORDS:
        return False
    before = text.pieces.words[max(0, place - 2 - _NEAR) : place - 2]
    return any(word in BECAME for word in before)


def is_size(text: Passage, place: int, end: int) -> bool:
    """Whether a number, `place` up to `end`, is a side of something: `2,560 x 1,600`."""
    after = text.after_space(end)
    if text.word(after) in _TIMES:
        return text.class_at(text.after_space(after + 1)) in _FIGURES
    before = _before_space(text, place)
    return text.word(before) in _TIMES and text.class_at(_before_space(text, before)) in _FIGURES


def is_second_half(text: Passage, place: int) -> bool:
    """Whether a number ends a range whose beginning is no quantity: `one to three days`."""
    joints = RANGE_WORDS.get(text.lexicon.language, ())
    if text.word(place - 2) not in joints or text.class_at(place - 1) not in " s":
        return False
    return text.class_at(place - 4) in SMALL + WORDED


def _before_space(text: Passage, place: int) -> int:
    return place - 1 - (text.class_at(place - 1) in " s")

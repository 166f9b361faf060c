"""Where words follow each other in the passages of a segment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from pinakes.indexer import POSITION_BITS, Segment
from pinakes.search.evaluation.texts.held import Flags, Ordinals, are_in, merge, pick
from pinakes.search.evaluation.texts.many_words import ManyWords
from pinakes.search.evaluation.texts.targets import Row
from pinakes.search.evaluation.texts.terms import word_numbers

_POSITION = (1 << POSITION_BITS) - 1
NOWHERE = np.empty(0, dtype=np.int64)


def find_row(segment: Segment, target: Row) -> Ordinals:
    """Return the places of the first words of a row, ascending.

    A word at position `p` puts the row's first word at `p` less the word's place in it; those on
    which all places agree are rows. The rarest place goes first, so that common ones are only
    probed, and only in passages that hold the rest of the row at all.
    """
    named = target.named
    numbers = [(number, word_numbers(segment, place)) for number, place in named]
    if not all(words for _, words in numbers):
        return NOWHERE
    places = [_place(segment, words, number) for number, words in numbers]
    rarest, *others = sorted(places, key=lambda place: place.size)
    passages = rarest.passages()
    for other in others:
        passages = pick(passages, other.are_held(passages))
    found = rarest.places_in(passages)
    for other in others:
        shift = other.number - rarest.number
        found = pick(found, other.are_held(found >> POSITION_BITS))
        found = pick(found, are_in(found + shift, other.places_in(_passages(found))))
    found = found - rarest.number
    is_bounded = len(named) == len(target.places)
    return found if is_bounded else _within(segment, found, len(target.places))


def _within(segment: Segment, firsts: Ordinals, length: int) -> Ordinals:
    """Return the places in a passage that has so many words from there on."""
    # What would begin before its passage is far beyond the end of the one before.
    passages = firsts >> POSITION_BITS
    starts = firsts & _POSITION
    return pick(firsts, starts + length <= segment.passage_words[passages])


def _place(segment: Segment, words: Sequence[int], number: int) -> _Place | _WidePlace:
    many = ManyWords.of(segment, words)
    return _Place(segment, words, number) if many is None else _WidePlace(many, number)


class _Place:
    """One place of a row, at which any of some words may stand."""

    def __init__(self, segment: Segment, words: Sequence[int], number: int) -> None:
        self.number = number
        self._words = words
        self._lists = segment.unpacked
        self._stems = self._lists.stems_of(words)
        self.size = sum(len(each.passages) for each in self._stems)

    def are_held(self, passages: Ordinals) -> Flags:
        """Return for each of `passages`, ascending, whether it holds a stem of this place."""
        flags = [each.are_held(passages) for each in self._stems]
        return reduce(np.logical_or, flags) if len(flags) > 1 else flags[0]

    def passages(self) -> Ordinals:
        """Return the passages that hold a stem of this place, ascending."""
        return merge([each.passages for each in self._stems]).astype(np.int64)

    def places_in(self, passages: Ordinals) -> Ordinals:
        """Return where the words stand in `passages`."""
        every = [self._lists.places(word, passages) for word in self._words]
        return every[0] if len(every) == 1 else np.sort(np.concatenate(every))


class _WidePlace:
    """One place of a row, at which any of very many words may stand."""

    def __init__(self, words: ManyWords, number: int) -> None:
        self.number = number
        self._words = words
        self._passages = words.passages()
        self.size = len(self._passages)
        self.places_in = words.places_in

    def are_held(self, passages: Ordinals) -> Flags:
        """Return for each of `passages`, ascending, whether it holds a stem of this place."""
        return are_in(passages, self._passages)

    def passages(self) -> Ordinals:
        """Return the passages that hold a stem of this place, ascending."""
        return self._passages


def _passages(places: Ordinals) -> Ordinals:
    """Return the passages of some places, ascending, each once."""
    passages = places >> POSITION_BITS
    if len(passages) < 2:
        return passages
    begins = np.ones(len(passages), np.bool_)
    begins[1:] = passages[1:] != passages[:-1]
    return passages[begins]

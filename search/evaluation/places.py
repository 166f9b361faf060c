"""Where in the passages of a segment something stands.

A place is one number, `passage << 32 | position` of its first word, so that whole arrays of them
are compared at once; a place in another passage is further away than any word can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from pinakes.indexer import Positions, Segment, stem
from pinakes.search.evaluation.dictionary import WORD_FIELD
from pinakes.search.evaluation.held import Array, Ordinals, are_in
from pinakes.search.evaluation.proximity import find_stretches
from pinakes.search.evaluation.targets import AnyPart, AnyWord, Nearby, Row, Stems, Target
from pinakes.search.evaluation.terms import are_of, find_stems, find_term, find_words, word_numbers

POSITION_BITS = 32
_NOWHERE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Places:
    """Where something stands.

    Attributes:
        firsts: By its length in words: the places of its first words, ascending, each once.
    """

    firsts: Mapping[int, Ordinals]

    @property
    def passages(self) -> Ordinals:
        """The passage of each, ascending."""
        every = list(self.firsts.values())
        if len(every) == 1:
            return every[0] >> POSITION_BITS
        return np.sort(np.concatenate(every)) >> POSITION_BITS if every else _NOWHERE


def find_places(segment: Segment, target: Target) -> Places:
    """Return where `target` stands, deleted articles included."""
    return _find(segment, target, passages_of(segment, target))


def passages_of(segment: Segment, target: Target) -> Ordinals:
    """Return the passages that hold the words of `target`, wherever in them; ascending."""
    match target:
        case Stems():
            return find_stems(segment, target).passages
        case AnyWord():
            return find_words(segment, target).passages
        case Row():
            lists = [passages_of(segment, place) for place in target.places]
        case Nearby() | AnyPart():
            lists = [passages_of(segment, part) for part in target.parts]
    if isinstance(target, AnyPart):
        return np.unique(np.concatenate(lists))
    lists.sort(key=len)
    return reduce(lambda shared, other: shared[are_in(shared, other)], lists)


def _find(segment: Segment, target: Target, passages: Ordinals) -> Places:
    """Return where in `passages` the target stands."""
    match target:
        case Stems():
            return Places({1: _stem_places(segment, target, passages)})
        case AnyWord():
            return Places({1: _word_places(segment, target, passages)})
        case Row():
            return Places({len(target.places): _row_places(segment, target, passages)})
        case AnyPart():
            return _united([_find(segment, part, passages) for part in target.parts])
        case Nearby():
            return _find_nearby(segment, target, passages)


def _find_nearby(segment: Segment, target: Nearby, passages: Ordinals) -> Places:
    parts = {part: _find(segment, part, passages).firsts for part in set(target.parts)}
    firsts, lasts = find_stretches(
        [parts[part] for part in target.parts],
        words_between=target.words_between,
        is_ordered=target.is_ordered,
    )
    lengths = lasts - firsts + 1
    return Places({length: firsts[lengths == length] for length in set(lengths.tolist())})


def _united(several: list[Places]) -> Places:
    lengths = {length for places in several for length in places.firsts}
    return Places(
        {
            length: np.unique(
                np.concatenate([places.firsts.get(length, _NOWHERE) for places in several])
            )
            for length in sorted(lengths)
        }
    )


def _word_places(segment: Segment, target: AnyWord, passages: Ordinals) -> Ordinals:
    field = segment.field(WORD_FIELD)
    every = [_keys(field.positions(number), passages) for number in word_numbers(segment, target)]
    if len(every) <= 1:
        return every[0] if every else _NOWHERE
    return np.sort(np.concatenate(every))


def _row_places(segment: Segment, target: Row, passages: Ordinals) -> Ordinals:
    """Return where the words of a row follow each other.

    A word at position `p` puts the row's first word at `p` less the word's place in it; those on
    which all places agree are rows. The rarest goes first, so that common ones are only probed.
    """
    every = [
        _word_places(segment, words, passages) - place for place, words in enumerate(target.places)
    ]
    every.sort(key=len)
    return reduce(lambda shared, other: shared[are_in(shared, other)], every)


def _stem_places(segment: Segment, target: Stems, passages: Ordinals) -> Ordinals:
    """Return where the words with the stem of their article's language stand."""
    every: list[Ordinals] = []
    for language, wanted in target.by_language:
        held = find_term(segment, "stem", wanted)
        held = held.where(are_in(held.passages, passages))
        held = held.where(are_of(segment, held.passages, [language]))
        if len(held.passages):
            every += _places_with_stem(
                segment, (wanted, language), held.passages, int(held.counts.sum())
            )
    return np.sort(np.concatenate(every)) if every else _NOWHERE


def _places_with_stem(
    segment: Segment, wanted: tuple[str, str], passages: Ordinals, count: int
) -> list[Ordinals]:
    """Return the `count` places in `passages`, all of one language, of words with a stem.

    The index knows how often the stem occurs, but not where: so the words that look like it are
    stemmed, further ones in each round, until their occurrences add up.
    """
    stem_, language = wanted
    field = segment.field(WORD_FIELD)
    every: list[Ordinals] = []
    for number in _alike(segment, stem_):
        if count == 0:
            break
        if stem(field.term(number), language) == stem_:
            every.append(_keys(field.positions(number), passages))
            count -= len(every[-1])
    return every


def _alike(segment: Segment, stem_: str) -> Iterator[int]:
    """Yield the numbers of all words, those that begin as `stem_` does first."""
    field = segment.field(WORD_FIELD)
    low = high = 0
    length = len(stem_)
    for kept in sorted({length, max(0, length - 1), max(0, length - 2), 1, 0}, reverse=True):
        first, end = field.prefix_range(stem_[:kept])
        if low == high:
            low = high = first
        yield from range(first, low)
        yield from range(high, end)
        low, high = first, end


def _keys(positions: Positions, passages: Ordinals) -> Ordinals:
    """Return the places of a word in those of `passages` that it stands in, ascending."""
    rows = np.searchsorted(positions.passages, passages)
    rows[rows == len(positions.passages)] = 0
    rows = rows[positions.passages[rows] == passages]
    counts: Array = positions.counts[rows].astype(np.int64)
    ends = np.cumsum(counts)
    places = np.arange(ends[-1] if len(ends) else 0)
    places += np.repeat(positions.starts[rows].astype(np.int64) - (ends - counts), counts)
    held = positions.passages[rows].astype(np.int64) << POSITION_BITS
    return np.repeat(held, counts) + positions.words[places]

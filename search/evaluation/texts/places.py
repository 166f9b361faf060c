"""Where in the passages of a segment something stands.

A place is one number, `passage << 32 | position` of its first word, so that whole arrays of them
are compared at once; a place in another passage is further away than any word can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from pinakes.corpus import check_time
from pinakes.indexer import POSITION_BITS, Segment, encode_term
from pinakes.search.evaluation.tags.tag_conditions import runs_of, tag_numbers
from pinakes.search.evaluation.texts.held import Array, Ordinals, are_in, merge, run_starts
from pinakes.search.evaluation.texts.many_words import ManyWords
from pinakes.search.evaluation.texts.proximity import find_stretches
from pinakes.search.evaluation.texts.rows import NOWHERE, find_row
from pinakes.search.evaluation.texts.targets import (
    AnyPart,
    AnyWord,
    AsWritten,
    InSentence,
    Nearby,
    Row,
    Stems,
    Tagged,
    Target,
    Together,
    name_target,
)
from pinakes.search.evaluation.texts.terms import are_of, languages_of, stem_numbers, word_numbers

_FEW_TAGS = 16
"""Lists of more neighbours in the dictionary are read at once."""


class Places(NamedTuple):
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
        return np.sort(np.concatenate(every)) >> POSITION_BITS if every else NOWHERE


def find_places(segment: Segment, target: Target) -> Places:
    """Return where `target` stands, deleted articles included."""
    if isinstance(target, Row):
        return Places({len(target.places): find_row(segment, target)})
    return _find(segment, target, passages_of(segment, target))


def passages_of(segment: Segment, target: Target) -> Ordinals:
    """Return passages among which are all that hold the words of `target`; ascending."""
    match target:
        case Stems():
            return _holding(stem_numbers(segment, target), segment)
        case AnyWord():
            words = word_numbers(segment, target)
            if (many := ManyWords.of(segment, words)) is not None:
                return many.passages()
            return _holding([s for word in words for s in segment.words.stems(word)], segment)
        case Tagged():
            return _joined(_passages_of_tags(segment, target))
        case Row():
            lists = [passages_of(segment, place) for _, place in target.named]
        case Nearby() | Together() | InSentence() | AnyPart():
            lists = [passages_of(segment, part) for part in target.parts]
        case AsWritten():
            return passages_of(segment, target.words)
    if isinstance(target, AnyPart):
        return merge(lists)
    lists.sort(key=len)
    return reduce(lambda shared, other: shared[are_in(shared, other)], lists)


def _holding(stems: Iterable[int], segment: Segment) -> Ordinals:
    """Return the passages that hold one of some stems, ascending."""
    lists = segment.unpacked
    return _joined([lists.stem(stem).passages for stem in dict.fromkeys(stems)])


def _joined(lists: Sequence[Array]) -> Ordinals:
    """Return the passages that are in one of some lists, ascending."""
    return merge(lists).astype(np.int64, copy=False) if lists else NOWHERE


def _find(segment: Segment, target: Target, passages: Ordinals) -> Places:
    """Return where in `passages` the target stands."""
    check_time()
    match target:
        case Stems():
            return Places({1: _stem_places(segment, target, passages)})
        case AnyWord():
            return Places({1: _word_places(segment, target, passages)})
        case Row():
            return Places({len(target.places): find_row(segment, target)})
        case Tagged():
            return _find_tagged(segment, target, passages)
        case AnyPart():
            return _united([_find(segment, part, passages) for part in target.parts])
        case Nearby():
            return _find_nearby(segment, target, passages)
        case Together() | InSentence() | AsWritten():
            raise TypeError(f"{type(target).__name__} has no one place")


def _find_nearby(segment: Segment, target: Nearby, passages: Ordinals) -> Places:
    names = list(map(name_target, target.parts))
    different = dict(zip(names, target.parts, strict=True))
    found = {name: _find(segment, part, passages).firsts for name, part in different.items()}
    firsts, lasts = find_stretches(
        [found[name] for name in names],
        words_between=target.words_between,
        is_ordered=target.is_ordered,
    )
    lengths = lasts - firsts + 1
    return Places({length: firsts[lengths == length] for length in set(lengths.tolist())})


def _find_tagged(segment: Segment, target: Tagged, passages: Ordinals) -> Places:
    """Return where in `passages` tags stand; those on the same words are one."""
    found = list(_tag_places(segment, target, passages)) if len(passages) else []
    places = np.concatenate([NOWHERE, *(places for places, _ in found)])
    lengths = np.concatenate([NOWHERE, *(lengths for _, lengths in found)])
    return Places(
        {length: _distinct(places[lengths == length]) for length in set(lengths.tolist())}
    )


def _tag_places(
    segment: Segment, target: Tagged, passages: Ordinals
) -> Iterator[tuple[Ordinals, Ordinals]]:
    """Yield the places of tags and their lengths, in no order."""
    for first, last in runs_of(tag_numbers(segment, target.asked)):
        if last - first > _FEW_TAGS:
            yield segment.tags.places_of_run(first, last, passages)
        else:
            for number in range(first, last):
                yield segment.tags.places_in(number, passages)


def _distinct(values: Ordinals) -> Ordinals:
    ordered = np.sort(values)
    return ordered[run_starts(ordered)]


def _passages_of_tags(segment: Segment, target: Tagged) -> list[Array]:
    """Return the passages of tags, list by list."""
    return [
        segment.tags.get(first).passages
        if last - first == 1
        else _distinct(segment.read_units("tag", first, last).units)
        for first, last in runs_of(tag_numbers(segment, target.asked))
    ]


def _united(several: list[Places]) -> Places:
    lengths = {length for places in several for length in places.firsts}
    united: dict[int, Ordinals] = {}
    for length in sorted(lengths):
        check_time()
        every = [places.firsts[length] for places in several if length in places.firsts]
        united[length] = every[0] if len(every) == 1 else _distinct(np.concatenate(every))
    return Places(united)


def _word_places(segment: Segment, target: AnyWord, passages: Ordinals) -> Ordinals:
    """Return where the words stand in `passages`."""
    words = word_numbers(segment, target)
    if (many := ManyWords.of(segment, words)) is not None:
        return many.places_in(passages)
    every = [segment.unpacked.places(word, passages) for word in words]
    if len(every) <= 1:
        return every[0] if every else NOWHERE
    return np.sort(np.concatenate(every))


def _stem_places(segment: Segment, target: Stems, passages: Ordinals) -> Ordinals:
    """Return where in `passages` words with the stem of their article's language stand."""
    lists = segment.unpacked
    every: list[Ordinals] = []
    for stem, languages in languages_of(target).items():
        number = segment.stems.number(encode_term(stem))
        if number is not None:
            found = lists.stem(number)
            held = passages[found.are_held(passages)]
            held = held[are_of(segment, held, languages)]
            every.append(found.places_in(held, None))
    if len(every) <= 1:
        return every[0] if every else NOWHERE
    return np.sort(np.concatenate(every))

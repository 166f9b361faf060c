"""Which words of an archive a pattern stands for: a prefix, a wildcard, a misspelling, a regex."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from pinakes.indexer import InvertedField, Segment, encode_term
from pinakes.search.evaluation.patterns.dictionary import dictionary_of
from pinakes.search.evaluation.texts.held import WORD_FIELD, Ordinals
from pinakes.search.evaluation.texts.targets import AnyWord
from pinakes.search.query.regex import ANY_LETTERS, MAX_POSITIONS, Letters, Pattern, Row

MAX_WORDS = 4_096
"""How many words a pattern stands for at the most; of more, those that most passages hold."""

Misspelling: TypeAlias = tuple[str, int]
Shape: TypeAlias = str | Pattern | Misspelling
"""A word as it is; letters that a word has to fit; a word and how many edits may change it."""


class Cut(NamedTuple):
    """A pattern that stands for more words than are looked for.

    Attributes:
        start: First code point in the query's text.
        end: One past the last.
        kept: How many words are looked for: those that most passages hold.
        found: How many words of living passages there are.
    """

    start: int
    end: int
    kept: int
    found: int


class Lexicon:
    """The words of some segments together; how the archive is cut into them makes no difference."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._expanded: dict[Pattern | Misspelling, tuple[AnyWord, int]] = {}

    def expand(self, shape: Pattern | Misspelling) -> tuple[AnyWord, int]:
        """Return the words that a pattern stands for, and how many there are in all.

        If there are more than `MAX_WORDS`, these are the ones that most living passages hold, the
        first by code points among equals.
        """
        if shape not in self._expanded:
            self._expanded[shape] = self._expand(shape)
        return self._expanded[shape]

    def _expand(self, shape: Pattern | Misspelling) -> tuple[AnyWord, int]:
        by_segment: dict[str, dict[str, int]] = {}
        every = _numbers(self._segments, shape)
        for segment, numbers in zip(self._segments, every, strict=True):
            names = _names(segment.field(WORD_FIELD), numbers)
            by_segment[segment.name] = dict(zip(names, numbers.tolist(), strict=True))
        kept = {word for numbers in by_segment.values() for word in numbers}
        found = len(kept)
        if found > MAX_WORDS:
            passages = self._count_passages(by_segment)
            living = sorted(passages, key=lambda word: (-passages[word], word))
            kept, found = set(living[:MAX_WORDS]), len(living)
        return AnyWord(tuple(sorted(kept)), _only(kept, by_segment)), found

    def _count_passages(self, by_segment: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
        """Return how many living passages hold each word that one holds at all."""
        # Few patterns stand for so many words.
        from pinakes.search.evaluation.texts.many_words import ManyWords

        passages: dict[str, int] = {}
        for segment in self._segments:
            numbers = by_segment[segment.name]
            words = ManyWords(segment, np.fromiter(numbers.values(), np.int64, len(numbers)))
            for word, count in zip(numbers, words.count_passages().tolist(), strict=True):
                if count:
                    passages[word] = passages.get(word, 0) + count
        return passages


def _only(
    kept: set[str], by_segment: Mapping[str, Mapping[str, int]]
) -> dict[str, tuple[int, ...]]:
    return {
        name: tuple(number for word, number in numbers.items() if word in kept)
        for name, numbers in by_segment.items()
    }


def fitting_words(segments: Sequence[Segment], shape: Pattern | Misspelling) -> list[str]:
    """Return the words of some segments that a pattern fits, ascending by code points."""
    return sorted(
        {
            name
            for segment, numbers in zip(segments, _numbers(segments, shape), strict=True)
            for name in _names(segment.field(WORD_FIELD), numbers)
        }
    )


def _numbers(segments: Sequence[Segment], shape: Pattern | Misspelling) -> list[Ordinals]:
    """Return the numbers of each segment's words that a pattern fits, ascending."""
    fields = [segment.field(WORD_FIELD) for segment in segments]
    if isinstance(shape, tuple):
        from pinakes.search.evaluation.patterns.fuzzy import similar_in

        word, edits = shape
        return similar_in([dictionary_of(field) for field in fields], word, edits=edits)
    return [fitting_terms(field, shape) for field in fields]


def _names(field: InvertedField, numbers: Ordinals) -> Iterable[str]:
    """Return the terms with these numbers, which ascend; faster if none is left out between."""
    if not len(numbers):
        return ()
    first, last = int(numbers[0]), int(numbers[-1]) + 1
    if last - first == len(numbers):
        return field.terms(first, last)
    return map(field.term, numbers.tolist())


def fitting_terms(field: InvertedField, shape: str | Pattern) -> Ordinals:
    """Return the numbers of the terms of a field that a pattern fits, ascending."""
    if isinstance(shape, str):
        number = field.number(encode_term(shape))
        return np.array([] if number is None else [number], dtype=np.int64)
    parts = shape.parts if isinstance(shape, Row) else (shape,)
    if len(parts) > MAX_POSITIONS:
        # Only wildcards are as long, and more than half of it are letters: no word is as long.
        return np.empty(0, dtype=np.int64)
    head, *literals = literals_of(parts)
    first, end = field.prefix_range(head)
    if parts[len(head) :] == (ANY_LETTERS,):
        return np.arange(first, end)
    # Most queries have no pattern, and need not wait for this to be loaded.
    from pinakes.search.evaluation.patterns.automaton import fitting_words

    dictionary = dictionary_of(field)
    longest = max(literals, key=len, default="")
    # Nearly every word holds a letter, few hold two in a row.
    is_rare = len(longest) > 1
    candidates = dictionary.containing(longest, first, end) if is_rare else np.arange(first, end)
    return fitting_words(shape, dictionary, candidates)


def literals_of(parts: Sequence[Pattern]) -> list[str]:
    """Return the runs of letters that every word has to hold; the first at its beginning."""
    literals = [""]
    for part in parts:
        ranges = part.ranges if isinstance(part, Letters) and not part.is_negated else ()
        if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
            literals[-1] += chr(ranges[0][0])
        else:
            literals.append("")
    return literals

"""Which words of an archive a pattern stands for: a prefix, a wildcard, a misspelling, a regex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from pinakes.indexer import Segment
from pinakes.search.evaluation.automaton import fitting_words
from pinakes.search.evaluation.dictionary import WORD_FIELD, Dictionary, dictionary_of
from pinakes.search.evaluation.fuzzy import similar_words
from pinakes.search.evaluation.held import Ordinals
from pinakes.search.query.regex import ANY_LETTERS, MAX_POSITIONS, Letters, Pattern, Row

MAX_WORDS = 2_000
"""How many words a pattern stands for at the most; of more, those that most passages hold."""

Misspelling: TypeAlias = tuple[str, int]
Shape: TypeAlias = str | Pattern | Misspelling
"""A word as it is; letters that a word has to fit; a word and how many edits may change it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
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

    def expand(self, shape: Pattern | Misspelling) -> tuple[tuple[str, ...], int]:
        """Return the words that a pattern stands for, ascending, and how many there are in all.

        If there are more than `MAX_WORDS`, these are the ones that most living passages hold, the
        first by code points among equals.
        """
        found: set[str] = set()
        for segment in self._segments:
            field = segment.field(WORD_FIELD)
            found.update(map(field.term, _numbers(segment, shape).tolist()))
        if len(found) <= MAX_WORDS:
            return tuple(sorted(found)), len(found)
        passages = {word: self._count_passages(word) for word in found}
        living = sorted((word for word in found if passages[word]), key=lambda w: (-passages[w], w))
        return tuple(sorted(living[:MAX_WORDS])), len(living)

    def _count_passages(self, word: str) -> int:
        """Return how many living passages hold a word."""
        count = 0
        for segment in self._segments:
            field = segment.field(WORD_FIELD)
            number = segment.term_number(WORD_FIELD, word)
            if number is None:
                continue
            if segment.live_passages is None:
                count += field.posting_count(number)
            else:
                count += int(segment.live_passages[field.postings(number).passages].sum())
        return count


def _numbers(segment: Segment, shape: Pattern | Misspelling) -> Ordinals:
    """Return the numbers of the segment's words that a pattern fits."""
    if isinstance(shape, tuple):
        word, edits = shape
        return similar_words(dictionary_of(segment), word, edits=edits)
    parts = shape.parts if isinstance(shape, Row) else (shape,)
    if len(parts) > MAX_POSITIONS:
        # Only wildcards are as long, and more than half of it are letters: no word is as long.
        return np.empty(0, dtype=np.int64)
    head = _literal(parts)
    candidates = np.arange(*segment.field(WORD_FIELD).prefix_range(head))
    if parts[len(head) :] == (ANY_LETTERS,):
        return candidates
    dictionary = dictionary_of(segment)
    tail = _literal(parts[len(head) :][::-1])[::-1]
    return fitting_words(shape, dictionary, _ending_in(dictionary, candidates, tail))


def _literal(parts: Sequence[Pattern]) -> str:
    """Return the letters that `parts` begin with."""
    literal = ""
    for part in parts:
        if not isinstance(part, Letters) or part.is_negated or len(part.ranges) != 1:
            break
        first, last = part.ranges[0]
        if first != last:
            break
        literal += chr(first)
    return literal


def _ending_in(dictionary: Dictionary, words: Ordinals, tail: str) -> Ordinals:
    """Return those of `words` that end with the letters `tail`."""
    words = words[dictionary.lengths[words] >= len(tail)]
    for place, letter in enumerate(reversed(tail), start=1):
        number = int(np.searchsorted(dictionary.alphabet, ord(letter)))
        if number == len(dictionary.alphabet) or dictionary.alphabet[number] != ord(letter):
            return words[:0]
        words = words[dictionary.letters[dictionary.starts[words + 1] - place] == number]
    return words

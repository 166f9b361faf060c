"""The archive's own words, and how much a search for each would find."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from typing import Protocol
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.indexer import Segment, Snapshot, encode_term, stem
from pinakes.search.evaluation import prepare
from pinakes.search.evaluation.first_hits.snapshot_lists import lists_of
from pinakes.search.evaluation.patterns.dictionary import dictionary_of
from pinakes.search.evaluation.patterns.fuzzy import similar_in
from pinakes.search.evaluation.tags.tag_types import types_of
from pinakes.search.evaluation.texts.held import WORD_FIELD, Array, Ordinals
from pinakes.search.query import Word

_TRIED = 4
_passage_counts: WeakKeyDictionary[Segment, Array] = WeakKeyDictionary()


class KnowsWords(Protocol):
    """What knows the words of an archive; `Vocabulary` says what each method does."""

    @property
    def tag_types(self) -> frozenset[str]:
        """The types of tags."""

    def stems_of(self, word: str) -> frozenset[str]:
        """Return the stems of a word."""

    def count_found(self, word: str) -> int:
        """Return how many passages a search for a word finds."""

    def similar(self, folded: str, *, edits: int) -> dict[str, int]:
        """Return the words at most so many edits away."""

    def with_prefix(self, prefix: str, *, most: int) -> list[tuple[str, int]]:
        """Return words that begin so."""

    def expect(self, asked: Iterable[tuple[str, int]]) -> None:
        """Get ready to be asked for words similar to these, at so many edits."""


def vocabulary_of(snapshot: Snapshot) -> KnowsWords:
    """Return the words of the archive that a snapshot is of."""
    if snapshot.remote is None:
        return Vocabulary(snapshot)
    from pinakes.search.cluster.vocabulary import ClusterVocabulary

    return ClusterVocabulary(snapshot.remote)


class Vocabulary:
    """The words of a snapshot's segments together, folded."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Read the words of `snapshot`."""
        self._snapshot = snapshot
        self._segments = snapshot.segments
        self._languages = snapshot.languages

    @property
    def tag_types(self) -> frozenset[str]:
        """The types of tags, each of which is a field of queries."""
        return types_of(self._snapshot)

    def stems_of(self, word: str) -> frozenset[str]:
        """Return the stems of a word of the archive, in the languages that it stands in."""
        found: set[str] = set()
        for segment in self._segments:
            number = segment.term_number(WORD_FIELD, word)
            if number is not None:
                found.update(map(segment.stems.dictionary.term, segment.words.stems(number)))
        return frozenset(found)

    def count_found(self, word: str) -> int:
        """Return how many passages a search for a word finds."""
        stems = {encode_term(stem(word, language)) for language in self._languages}
        if len(stems) == 1 and all(segment.live is None for segment in self._segments):
            return sum(_count_postings(segment, *stems) for segment in self._segments)
        plan = prepare(Word(text=word, start=0, end=len(word)), self._snapshot)
        if not plan.clauses or not self._segments:
            return 0
        return sum(len(lists_of(self._snapshot).passages(clause)) for clause in plan.clauses)

    def similar(self, folded: str, *, edits: int) -> dict[str, int]:
        """Return the words at most so many edits away, with the most passages each can be found in.

        Searches may find fewer: of deleted articles none, and of stems only those of each article's
        language.
        """
        dictionaries = [dictionary_of(segment.field(WORD_FIELD)) for segment in self._segments]
        similar = similar_in(dictionaries, folded, edits=edits)
        return self._counted(zip(self._segments, similar, strict=True))

    def expect(self, asked: Iterable[tuple[str, int]]) -> None:
        """Do nothing: all of it is at hand."""

    def with_prefix(self, prefix: str, *, most: int) -> list[tuple[str, int]]:
        """Return the `most` words that begin so of which a search finds most passages, with these.

        Of words with the same stem, which find the same, the shortest.
        """
        bounded = self._counted(
            (segment, _most_frequent(segment, prefix, _TRIED * most)) for segment in self._segments
        )
        found: list[tuple[int, int, str]] = []
        met: set[frozenset[str]] = set()
        for word in sorted(bounded, key=lambda word: (-bounded[word], len(word), word)):
            if len(found) >= most and -found[most - 1][0] >= bounded[word]:
                break
            stems = self.stems_of(word)
            if stems not in met and (count := self.count_found(word)):
                insort(found, (-count, len(word), word))
            met.add(stems)
        return [(word, -count) for count, _, word in found[:most]]

    def _counted(self, numbers: Iterable[tuple[Segment, Ordinals]]) -> dict[str, int]:
        found = {word for segment, some in numbers for word in _names(segment, some)}
        return {
            word: sum(self._count(segment, word) for segment in self._segments) for word in found
        }

    def _count(self, segment: Segment, word: str) -> int:
        number = segment.term_number(WORD_FIELD, word)
        return 0 if number is None else int(_counts_of(segment)[number])


def _count_postings(segment: Segment, encoded: bytes) -> int:
    number = segment.stems.number(encoded)
    return 0 if number is None else segment.stems.posting_count(number)


def _names(segment: Segment, numbers: Ordinals) -> Iterator[str]:
    return map(segment.field(WORD_FIELD).term, numbers.tolist())


def _most_frequent(segment: Segment, prefix: str, most: int) -> Ordinals:
    """Return the numbers of frequent words: of one segment all that may be among the first."""
    first, end = segment.field(WORD_FIELD).prefix_range(prefix)
    counts = _counts_of(segment)[first:end]
    if len(counts) > most:
        # Words of one stem are equally frequent, and the shorter ones come first.
        least = np.partition(counts, len(counts) - most)[len(counts) - most]
        return np.flatnonzero(counts >= least) + first
    return np.arange(first, end)


def _counts_of(segment: Segment) -> Array:
    """Return for each word in how many passages its stems stand; made once."""
    counts = _passage_counts.get(segment)
    if counts is None:
        counts = _passage_counts[segment] = segment.words.stem_posting_counts()
    return counts

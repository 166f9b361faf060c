"""The archive's own words, and how much a search for each would find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.indexer import Segment, Snapshot, encode_term, stem
from pinakes.search.evaluation.patterns.dictionary import WORD_FIELD, dictionary_of
from pinakes.search.evaluation.patterns.fuzzy import similar_words
from pinakes.search.evaluation.texts.held import Array, Ordinals

_passage_counts: WeakKeyDictionary[Segment, Array] = WeakKeyDictionary()


class Vocabulary:
    """The words of a snapshot's segments together, folded."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Read the words of `snapshot`."""
        self._segments = snapshot.segments
        self._languages = snapshot.languages

    def has_word(self, folded: str) -> bool:
        """Return whether a word stands in a passage, of a deleted article maybe."""
        return any(s.term_number(WORD_FIELD, folded) is not None for s in self._segments)

    def has_stem(self, folded: str) -> bool:
        """Return whether a word with the same stem does, in a language of the archive."""
        encoded = set(map(encode_term, self.stems_of(folded)))
        return any(
            segment.stems.number(term) is not None for segment in self._segments for term in encoded
        )

    def stems_of(self, folded: str) -> tuple[str, ...]:
        """Return the stem of a word in each language of the archive."""
        return tuple(stem(folded, language) for language in self._languages)

    def similar(self, folded: str, *, edits: int) -> dict[str, int]:
        """Return the words at most so many edits away, but for itself, with their passages.

        Passages are those that hold a word with the same stem, of deleted articles too.
        """
        return self._counted(
            (segment, similar_words(dictionary_of(segment.field(WORD_FIELD)), folded, edits=edits))
            for segment in self._segments
        )

    def with_prefix(self, prefix: str, *, most: int) -> list[tuple[str, int]]:
        """Return the `most` frequent words that begin so, with their passages, as in `similar`.

        Among equals the shorter first.
        """
        counted = self._counted(
            (segment, _most_frequent(segment, prefix, most)) for segment in self._segments
        )
        ordered = sorted(counted.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
        return ordered[:most]

    def _counted(self, numbers: Iterable[tuple[Segment, Ordinals]]) -> dict[str, int]:
        found = {word for segment, some in numbers for word in _names(segment, some)}
        return {
            word: sum(self._count(segment, word) for segment in self._segments) for word in found
        }

    def _count(self, segment: Segment, word: str) -> int:
        number = segment.term_number(WORD_FIELD, word)
        return 0 if number is None else int(_counts_of(segment)[number])


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

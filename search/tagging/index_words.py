"""The words of an index, by stem or pattern: see `rule_words.KnownWords`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from pinakes.indexer import Snapshot, encode_term

if TYPE_CHECKING:
    from pinakes.search.query.regex import Pattern

_FIELD = "word"


class IndexWords:
    """The words of a snapshot that is open, those that were asked for remembered."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Ask the segments of a snapshot."""
        self.languages = snapshot.languages
        self._segments = snapshot.segments
        # What one part of a rule asks for, others do, too.
        self._alike: dict[str, Collection[str]] = {}
        self._fitting: dict[tuple[Pattern, int], Collection[str] | None] = {}

    def of_stem(self, stemmed: str) -> Collection[str]:
        """Return words that have a stem in the language of any article."""
        if stemmed not in self._alike:
            self._alike[stemmed] = self._words_of_stem(stemmed)
        return self._alike[stemmed]

    def _words_of_stem(self, stemmed: str) -> Collection[str]:
        found: set[str] = set()
        for segment in self._segments:
            number = segment.stems.number(encode_term(stemmed))
            if number is not None:
                found.update(
                    map(segment.words.dictionary.term, segment.stems.words(number).tolist())
                )
        return found

    def fitting(self, shape: Pattern, most: int) -> Collection[str] | None:
        """Return the words that a pattern fits; None if there are more than `most`."""
        if (shape, most) not in self._fitting:
            self._fitting[shape, most] = self._words_fitting(shape, most)
        return self._fitting[shape, most]

    def _words_fitting(self, shape: Pattern, most: int) -> Collection[str] | None:
        from pinakes.search.evaluation.patterns.expansion import fitting_terms

        found: set[str] = set()
        for segment in self._segments:
            numbers = fitting_terms(segment.field(_FIELD), shape)
            if len(numbers) > most:
                return None
            found.update(map(segment.words.dictionary.term, numbers.tolist()))
        return found if len(found) <= most else None

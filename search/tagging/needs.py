"""What a text must have for a part of a rule to find anything in it.

Told of the words of a text, or of all passages of an index at a time. A need that is met says that
a text has to be looked at; one that is not met, that nothing will be found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

import numpy as np

from pinakes.indexer import stem
from pinakes.search.tagging.passage_words import Vocabulary

if TYPE_CHECKING:
    from pinakes.search.query.regex import Pattern

Flags: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


class PassageLists(Protocol):
    """Many passages, known by their numbers, that can be asked for what they hold.

    What is returned for a passage may be true where it has another form of a word, never false
    where it has the word.
    """

    def all(self) -> Flags:
        """Return a flag for each passage, all true."""

    def with_stem(self, word: str) -> Flags:
        """Return which passages have a word of the same stem as `word`."""

    def with_words(self, words: Collection[str]) -> Flags:
        """Return which passages have all of some folded words."""

    def with_any(self, rows: Iterable[Sequence[str]]) -> Flags:
        """Return which passages have all words of any row."""

    def fitting(self, shape: Pattern) -> Flags:
        """Return which passages have a word that fits a pattern."""


class Need(Protocol):
    """What a text must have."""

    def is_met(self, read: Vocabulary) -> bool:
        """Return whether a text of these words may have it."""

    def passages(self, lists: PassageLists) -> Flags:
        """Return which passages may have it."""


class Anything:
    """Words tell nothing: every text has to be looked at."""

    def is_met(self, _read: Vocabulary) -> bool:
        """Do as `Need`."""
        return True

    def passages(self, lists: PassageLists) -> Flags:
        """Do as `Need`."""
        return lists.all()


class HasStem(NamedTuple):
    """A word of the same stem as `word`, a folded one."""

    word: str

    def is_met(self, read: Vocabulary) -> bool:
        """Do as `Need`."""
        return stem(self.word, read.language) in read.stems

    def passages(self, lists: PassageLists) -> Flags:
        """Do as `Need`."""
        return lists.with_stem(self.word)


class HasWords(NamedTuple):
    """All of some folded words."""

    words: frozenset[str]

    def is_met(self, read: Vocabulary) -> bool:
        """Do as `Need`."""
        return self.words <= read.words

    def passages(self, lists: PassageLists) -> Flags:
        """Do as `Need`."""
        return lists.with_words(self.words)


class HasFitting(NamedTuple):
    """A word that fits a pattern; `fits` tells of one word whether it does."""

    shape: Pattern
    fits: Callable[[str], bool]

    def is_met(self, read: Vocabulary) -> bool:
        """Do as `Need`."""
        return any(map(self.fits, read.words))

    def passages(self, lists: PassageLists) -> Flags:
        """Do as `Need`."""
        return lists.fitting(self.shape)


class HasForm(NamedTuple):
    """All words of any of many phrases, which are known by their first word."""

    rows_by_first: Mapping[str, Sequence[tuple[str, ...]]]

    def is_met(self, read: Vocabulary) -> bool:
        """Do as `Need`."""
        present = read.words
        return any(
            present.issuperset(row)
            for first in present & self.rows_by_first.keys()
            for row in self.rows_by_first[first]
        )

    def passages(self, lists: PassageLists) -> Flags:
        """Do as `Need`."""
        return lists.with_any(row for rows in self.rows_by_first.values() for row in rows)


class AllOf(NamedTuple):
    """Every one of some needs."""

    needs: tuple[Need, ...]

    def is_met(self, read: Vocabulary) -> bool:
        """Do as `Need`."""
        return all(need.is_met(read) for need in self.needs)

    def passages(self, lists: PassageLists) -> Flags:
        """Do as `Need`."""
        found = lists.all()
        for need in self.needs:
            found = found & need.passages(lists)
        return found


class AnyOf(NamedTuple):
    """One of some needs at least."""

    needs: tuple[Need, ...]

    def is_met(self, read: Vocabulary) -> bool:
        """Do as `Need`."""
        return any(need.is_met(read) for need in self.needs)

    def passages(self, lists: PassageLists) -> Flags:
        """Do as `Need`."""
        found = ~lists.all()
        for need in self.needs:
            found = found | need.passages(lists)
        return found

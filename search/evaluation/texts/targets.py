"""What can be looked for in texts: words by their stems, words, words in a row, things nearby."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pinakes.corpus import Article
from pinakes.search.query import TagCondition

Texts: TypeAlias = Callable[[Sequence[int]], Mapping[int, Article]]
"""Gives the articles with some keys, by key, as far as there are such."""


@dataclass(frozen=True, slots=True)
class Stems:
    """A word with a stem.

    Attributes:
        by_language: The stem that a word in an article of a language has to have; a language that
            is not there has no such word.
    """

    by_language: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AnyWord:
    """One of some words, folded and unstemmed.

    Attributes:
        words: Ascending; possibly none.
        numbers: By the name of a segment, the numbers of those that are in its dictionary, as far
            as they are known already.
    """

    words: tuple[str, ...]
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """Words that follow each other: at each place, two or more, any of its words."""

    places: tuple[AnyWord, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """All of `parts`, two or more, no word in two of them, with few other words among them.

    Attributes:
        parts: What stands near.
        words_between: Words from the first to the last that are of no part, at the most.
        is_ordered: Whether the parts have to come in this order.
    """

    parts: tuple[Target, ...]
    words_between: int
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class Together:
    """All of `parts`, two or more, in one passage."""

    parts: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class InSentence:
    """All of `parts`, two or more, in one sentence; only the text itself can tell.

    Attributes:
        parts: What stands there.
        texts: Where the text is to be had.
    """

    parts: tuple[Target, ...]
    texts: Texts = field(compare=False)


@dataclass(frozen=True, slots=True)
class AsWritten:
    """Words letter by letter, with the signs around and between them; only the text can tell.

    Attributes:
        words: The same words, folded.
        around: What is written before the first word, from there to the end of the last, and after
            it; white space is one space.
        texts: Where the text is to be had.
    """

    words: Row | AnyWord
    around: tuple[str, str, str]
    texts: Texts = field(compare=False)


@dataclass(frozen=True, slots=True)
class AnyPart:
    """One of `parts`, two or more: an alternative within `Nearby`."""

    parts: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """The words of a tag that satisfies a condition."""

    asked: TagCondition


Target: TypeAlias = (
    Stems | AnyWord | Row | Tagged | Nearby | Together | InSentence | AsWritten | AnyPart
)

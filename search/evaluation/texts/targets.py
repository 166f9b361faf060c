"""What can be looked for in texts: words by their stems, words, words in a row, things nearby.

`name_target` tells them apart: as tuples, two of different kinds may be equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from pinakes.corpus import Article
from pinakes.search.query import TagCondition, print_node

Texts: TypeAlias = Callable[[Sequence[int]], Mapping[int, Article | None]]
"""Gives the articles with some keys, by key, as far as there are such; None is a damaged one."""

_NOTHING_KNOWN: Mapping[str, Sequence[int]] = MappingProxyType({})


class Stems(NamedTuple):
    """A word with a stem.

    Attributes:
        by_language: The stem that a word in an article of a language has to have; a language that
            is not there has no such word.
    """

    by_language: tuple[tuple[str, str], ...]


class AnyWord(NamedTuple):
    """One of some words, folded and unstemmed.

    Attributes:
        words: Ascending; possibly none.
        numbers: By the name of a segment, the numbers of those that are in its dictionary, as far
            as they are known already.
    """

    words: tuple[str, ...]
    numbers: Mapping[str, Sequence[int]] = _NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class EveryWord:
    """Whatever word stands there, at a place of a row."""

    def __contains__(self, word: object) -> bool:
        """Return whether it may be this word: always."""
        return True


class Row(NamedTuple):
    """Words that follow each other: at each place, two or more, any of its words.

    At one place at least it is not just every word.
    """

    places: tuple[AnyWord | EveryWord, ...]

    @property
    def named(self) -> list[tuple[int, AnyWord]]:
        """The places, by number, at which not every word may stand."""
        every = enumerate(self.places)
        return [(number, place) for number, place in every if isinstance(place, AnyWord)]


class Nearby(NamedTuple):
    """All of `parts`, two or more, no word in two of them, with few other words among them.

    Attributes:
        parts: What stands near.
        words_between: Words from the first to the last that are of no part, at the most.
        is_ordered: Whether the parts have to come in this order.
    """

    parts: tuple[Target, ...]
    words_between: int
    is_ordered: bool


class Together(NamedTuple):
    """All of `parts`, two or more, in one passage."""

    parts: tuple[Target, ...]


class InSentence(NamedTuple):
    """All of `parts`, two or more, in one sentence; only the text itself can tell.

    Attributes:
        parts: What stands there.
        texts: Where the text is to be had.
    """

    parts: tuple[Target, ...]
    texts: Texts


class AsWritten(NamedTuple):
    """Words letter by letter, with the signs around and between them; only the text can tell.

    Attributes:
        words: The same words, folded.
        around: What is written before the first word, from there to the end of the last, and after
            it; white space is one space.
        texts: Where the text is to be had.
    """

    words: Row | AnyWord
    around: tuple[str, str, str]
    texts: Texts


class AnyPart(NamedTuple):
    """One of `parts`, two or more: an alternative within `Nearby`."""

    parts: tuple[Target, ...]


class Tagged(NamedTuple):
    """The words of a tag that satisfies a condition."""

    asked: TagCondition


Target: TypeAlias = (
    Stems | AnyWord | Row | Tagged | Nearby | Together | InSentence | AsWritten | AnyPart
)


WordsAt: TypeAlias = frozenset[str] | EveryWord
"""The words that may stand at a place."""


def words_at(place: AnyWord | EveryWord) -> WordsAt:
    """Return the words that may stand at a place, to look them up."""
    return frozenset(place.words) if isinstance(place, AnyWord) else place


def needs_texts(target: Target) -> bool:
    """Return whether only texts can tell where a target is, or a part of it."""
    if isinstance(target, InSentence | AsWritten):
        return True
    return any(map(needs_texts, getattr(target, "parts", ())))


def name_target(target: Target | EveryWord) -> str:
    """Return a name for what is looked for; equal ones have equal names, others have not."""
    # No word and no stem has a space or a bracket in it.
    match target:
        case Stems():
            return f"stem({' '.join(map(':'.join, target.by_language))})"
        case EveryWord():
            return "word"
        case AnyWord():
            return f"word({' '.join(target.words)})"
        case Tagged():
            return f"tag({print_node(target.asked)!r})"
        case Row():
            return f"row({' '.join(map(name_target, target.places))})"
        case Nearby():
            return (
                f"near{target.words_between}{'<' * target.is_ordered}"
                f"({' '.join(map(name_target, target.parts))})"
            )
        case Together():
            return f"all({' '.join(map(name_target, target.parts))})"
        case InSentence():
            return f"sentence({' '.join(map(name_target, target.parts))})"
        case AsWritten():
            return f"{name_target(target.words)} as {target.around!r}"
        case AnyPart():
            return f"any({' '.join(map(name_target, target.parts))})"

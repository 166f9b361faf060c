"""The ways in which a person's name may be written, from the surest to the loosest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pinakes.corpus import clean
from pinakes.indexer import words
from pinakes.search.query import Fuzzy, Literal, Near, Node, Or, Phrase, Wildcard
from pinakes.search.query.quotes import quote

_PARTICLES = frozenset(
    {
        "af", "al", "ben", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di",
        "do", "dos", "du", "el", "la", "le", "van", "vande", "von", "y", "zu",
    }
)  # fmt: skip
"""What may stand between given names and a surname, and is of the surname."""

_SHORT = 2
_LONG = 8


class Tier(StrEnum):
    """How a name was found, from the surest way to the loosest.

    As it is written; but for case, accents and signs; with the surname first; with initials in the
    place of given names, or without those in the middle; misspelt.
    """

    EXACT = "exact"
    FOLDED = "folded"
    REVERSED = "reversed"
    INITIALS = "initials"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person's name, taken apart.

    Attributes:
        written: As it was written, given names first.
        given: The given names, each its folded words (`("jean pierre", "m")`); may be empty.
        surname: Its folded words, with what belongs to it: `van beethoven`.
    """

    written: str
    given: tuple[str, ...]
    surname: str

    @property
    def given_words(self) -> int:
        """How many words its given names have."""
        return sum(len(given.split(" ")) for given in self.given)

    @property
    def folded(self) -> str:
        """All its words in their order."""
        return " ".join((*self.given, self.surname))


def read_name(text: str) -> Name | None:
    """Return a name written as `John A. Smith` or `Smith, John A.`; None if it has no letters.

    The last word is the surname, with the particles before it; before a comma, or before initials
    at the end (`Smith J. A.`), all words are.

    >>> read_name("Smith, J.A.").given
    ('j', 'a')
    """
    text = clean(text)
    surname, _comma, given = text.partition(",")
    pieces = [piece for piece in text.split() if words(piece)]
    if not words(given) or not words(surname):
        surname, given = _before_initials(pieces)
    if surname and given:
        written = f"{given.strip()} {surname.strip()}"
        return Name(written=written, given=tuple(_given(given)), surname=_folded(surname))
    if not pieces:
        return None
    first = len(pieces) - 1
    while first > 1 and _folded(pieces[first - 1]) in _PARTICLES:
        first -= 1
    return Name(
        written=text,
        given=tuple(_given(" ".join(pieces[:first]))),
        surname=_folded(" ".join(pieces[first:])),
    )


WordsNear: TypeAlias = Callable[[Name], frozenset[str] | None]
"""What stands next to a surname: all words as near as given names are; None if too many to tell."""


def name_queries(name: Name, words_near: WordsNear) -> Iterator[tuple[Tier, Node]]:
    """Yield for each tier what to look for; a name without given names has no order to reverse.

    `words_near` is asked only if the tier of initials is reached. With its answer the query names
    the words that an initial stands for; without, any word that begins so, which takes long.
    """
    # A query has to be printable; no quotation marks stand around a text that holds them all.
    if quote(name.written) is not None:
        yield Tier.EXACT, Literal(text=name.written, start=0, end=0)
    yield Tier.FOLDED, _phrase(name.folded)
    if name.given:
        yield Tier.REVERSED, _phrase(" ".join((name.surname, *name.given)))
        yield Tier.INITIALS, _any_of(_with_initials(name, words_near(name)))
    yield Tier.FUZZY, _any_of(_misspelt(name))


def _before_initials(pieces: Sequence[str]) -> tuple[str, str]:
    """Return a surname and the initials behind it; nothing if they do not end the name."""
    first = len(pieces)
    while first and all(len(word) == 1 for _, _, word in words(pieces[first - 1])):
        first -= 1
    return (" ".join(pieces[:first]), " ".join(pieces[first:])) if first == 1 else ("", "")


def _given(text: str) -> Iterator[str]:
    """Yield given names; of `J.A.`, two."""
    for piece in text.split():
        parts = [word for _, _, word in words(piece)]
        if len(parts) > 1 and all(len(part) == 1 for part in parts):
            yield from parts
        elif parts:
            yield " ".join(parts)


def _with_initials(name: Name, near: frozenset[str] | None) -> Iterator[Node]:
    """Yield the given names, in full or as initials, before and after the surname.

    Those in the middle may be missing; and there may be one more initial.
    """
    surname = _phrase(name.surname)
    first, *others = [_any_of(_forms(given, near)) for given in name.given]
    rows = [[first, *others], [first]]
    if near is None:
        rows.append([first, Wildcard(text="?", start=0, end=0)])
    elif initials := sorted(word for word in near if len(word) == 1):
        rows.append([first, _any_of(map(_phrase, initials))])
    for givens in rows:
        yield _row([*givens, surname])
        yield _row([surname, *givens])


def _forms(given: str, near: frozenset[str] | None) -> Iterator[Node]:
    parts = given.split(" ")
    initials = " ".join(part[0] for part in parts)
    yield _phrase(given)
    yield _phrase(initials)
    if len(parts) > 1:
        yield _phrase(initials[0])
    elif len(given) == 1 and near is None:
        yield Wildcard(text=f"{given}*", start=0, end=0)
    elif len(given) == 1:
        yield from (_phrase(word) for word in sorted(near or ()) if word.startswith(given))


def _misspelt(name: Name) -> Iterator[Node]:
    given = [_fuzzy(word) for piece in name.given for word in piece.split(" ")]
    surname = [_fuzzy(word) for word in name.surname.split(" ")]
    yield _row([*given, *surname])
    if given:
        yield _row([*surname, *given])


def _fuzzy(word: str) -> Node:
    """Return what is spelt like a word: one edit in up to seven letters, two in more."""
    if len(word) <= _SHORT:
        return _phrase(word)
    return Fuzzy(text=word, edits=2 if len(word) >= _LONG else 1, start=0, end=0)


def _phrase(text: str) -> Node:
    return Phrase(text=text, start=0, end=0)


def _row(nodes: Sequence[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]
    return Near(children=tuple(nodes), words_between=0, is_ordered=True, start=0, end=0)


def _any_of(nodes: Iterable[Node]) -> Node:
    different = tuple(dict.fromkeys(nodes))
    return different[0] if len(different) == 1 else Or(children=different, start=0, end=0)


def _folded(text: str) -> str:
    return " ".join(word for _, _, word in words(text))

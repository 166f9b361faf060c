"""Whom `he said` means, where only one person can be meant."""

from __future__ import annotations

import re
from itertools import pairwise

from pinakes.corpus.tagging.naming import (
    Gender,
    Lexicon,
    Name,
    NameKind,
    gender_of,
    gender_of_pronoun,
    names_in,
)
from pinakes.corpus.tagging.tagger import PassageText

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FIRST_WORDS = 4
_POSSESSIVES = ("'s ", "’s ")


def speaking_pronoun(part: str, lexicon: Lexicon) -> str:
    """Return the pronoun beside a verb of speaking among the first words, or an empty string."""
    words: list[str] = [word.lower() for word in _WORD.findall(part)[:_FIRST_WORDS]]
    for first, second in pairwise(words):
        if first in lexicon.he and second in lexicon.says:
            return first
        if first in lexicon.says and second in lexicon.he:
            return second
    return ""


def may_mean(pronoun: str, name: Name) -> bool:
    """Whether `he` or `she` may stand for a person: unless the given name is of the other sex."""
    told, known = gender_of_pronoun(pronoun), gender_of(name.value)
    return told is known or Gender.UNKNOWN in (told, known)


def one_person_before(passage: PassageText, names: tuple[Name, ...], end: int) -> Name | None:
    """Return the one person named in a passage before `end`, or in the passage before.

    None where nobody is named, or more than one person. Who only owns something in a passage
    (`Larsen's car`) is never meant; in the passage before, another is not meant then either.
    """
    persons = _persons(names, end)
    number = passage.number
    passages = passage.article.passages
    if not persons and 0 < number < len(passages) and passages[number] is passage:
        passage = passages[number - 1]
        persons = _persons(names_in(passage), len(passage.text))
        if len({person.value for person in persons}) > 1:
            return None
    named = {
        person.value: person
        for person in persons
        if not passage.text.startswith(_POSSESSIVES, person.end)
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _persons(names: tuple[Name, ...], end: int) -> list[Name]:
    return [name for name in names if name.kind is NameKind.PERSON and name.end <= end]

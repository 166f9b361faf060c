"""Whether a given name or a title is of a man or of a woman, where that is hardly ever in doubt."""

from __future__ import annotations

from enum import StrEnum

from pinakes.corpus.tagging.naming.declension import nominative_given
from pinakes.corpus.tagging.naming.lexicon import words_listed


class Gender(StrEnum):
    """That of a person."""

    MAN = "man"
    WOMAN = "woman"
    UNKNOWN = "unknown"


def gender_of(value: str) -> Gender:
    """Return the gender that the first given name in a person's name tells."""
    given = value.split()[0]
    if "\u0400" <= given[0] <= "\u04ff":
        known = nominative_given(given)
        return Gender.UNKNOWN if known is None else _of(is_woman=known[1])
    if given in words_listed("women"):
        return Gender.WOMAN
    return Gender.MAN if given in words_listed("men") else Gender.UNKNOWN


def gender_of_title(bare: str) -> Gender:
    """Return the gender that a title tells (`mr`), in lower case and without full stops."""
    return _among(bare, "men_titles", "women_titles")


def gender_of_pronoun(word: str) -> Gender:
    """Return the gender that a pronoun tells (`she`), in lower case."""
    return _among(word, "he", "she")


def _among(word: str, men: str, women: str) -> Gender:
    if word in words_listed(men):
        return Gender.MAN
    return Gender.WOMAN if word in words_listed(women) else Gender.UNKNOWN


def _of(*, is_woman: bool) -> Gender:
    return Gender.WOMAN if is_woman else Gender.MAN

"""Who bears a family name: one person whom the article names in full, or more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from pinakes.corpus.tagging.naming.declension import family_key, nominative_given
from pinakes.corpus.tagging.naming.genders import Gender, gender_of, gender_of_title
from pinakes.corpus.tagging.naming.lexicon import Lexicon, given_names, lexicon_of, words_listed
from pinakes.corpus.tagging.naming.name import Name, NameKind, free_place
from pinakes.corpus.tagging.naming.reading import Reading
from pinakes.corpus.tagging.naming.runs import Run, Word, starts_sentence

_ARTICLE = re.compile("(?:al|el|as|ad|ash|an|ar|аль|эль|ас|аш)-", re.IGNORECASE)
_MOST_GIVEN = 2


@lru_cache(maxsize=32_768)
def family_of(word: str) -> str:
    """Return what the forms of a family name have in common: `el-Shahat` is `Shahat` too."""
    return family_key(_ARTICLE.sub("", word))


def shared_families(readings: Sequence[Reading], families: Mapping[str, str]) -> frozenset[str]:
    """Return the family names that may be of more than the one person named in full.

    That is so where another name or a title of the other sex stands before one (`Jimbo Fisher`
    beside `Eric Fisher`, `Mr. Obama` beside `Michelle Obama`), and where everyone knows another.

    Args:
        readings: The passages of an article, in order.
        families: The full name that each family name is of.
    """
    if not families:
        return frozenset()
    shared = {family for family, value in families.items() if _is_less_known(family, value)}
    for reading in readings:
        lexicon = lexicon_of(reading.passage.language)
        for run in reading.runs:
            for before, word in pairwise(run):
                if not before.has_capital or before.is_possessive:
                    continue
                family = family_of(word.text)
                value = families.get(family)
                if value is not None and _is_other(before, value, reading, lexicon):
                    shared.add(family)
    return frozenset(shared)


def _is_less_known(family: str, value: str) -> bool:
    """Whether another person of that family name is meant wherever it stands alone."""
    known = _renowned().get(family, set())
    return bool(known) and known.isdisjoint(value.split())


@cache
def _renowned() -> dict[str, set[str]]:
    """Return by family name the given names of those whom everyone knows."""
    known: dict[str, set[str]] = {}
    for name in words_listed("renowned"):
        given, *_, family = name.split("/")
        known.setdefault(family, set()).add(given)
    return known


def _is_other(before: Word, value: str, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether the word before a family name tells that another than `value` bears it."""
    gender = gender_of_title(before.bare)
    if gender is not Gender.UNKNOWN:
        return gender_of(value) not in (gender, Gender.UNKNOWN)
    given = nominative_given(before.text)
    own = {word.strip(".") for word in value.split()}
    if (given[0] if given else before.text) in own or len(before.bare) < 3:
        return False
    names = given_names()
    if before.text in names.plain:
        return not value.startswith(before.text[:3])
    if reading.passage.language != "en" or starts_sentence(reading.passage.text, before.start):
        return False
    return not _is_common(before, lexicon) and not before.text.isupper()


def _is_common(word: Word, lexicon: Lexicon) -> bool:
    bare = word.bare
    sets = (lexicon.titles, lexicon.stop_words, lexicon.not_names, lexicon.roles, lexicon.heads)
    return any(bare in each for each in sets) or any(
        bare in words_listed(name) for name in ("leading", "places", "particles", "calendar")
    )


def named_by_title(readings: Sequence[Reading]) -> Iterator[tuple[Reading, list[Name]]]:
    """Yield by passage the full names of whom an article elsewhere calls by title and family name.

    `Younis Makhyon` is a person where `Mr. Makhyon` is one.
    """
    titled = {
        name.value: name.reason
        for name in _persons(readings)
        if " " not in name.value and name.reason.startswith("title ")
    }
    full = {family_of(name.value.split()[-1]) for name in _persons(readings) if " " in name.value}
    titled = {value: reason for value, reason in titled.items() if family_of(value) not in full}
    if not titled:
        return
    for reading in readings:
        found = list(_titled_in(reading, titled))
        if found:
            yield reading, found


def _titled_in(reading: Reading, titled: Mapping[str, str]) -> Iterator[Name]:
    lexicon = lexicon_of(reading.passage.language)
    for run in reading.runs:
        for place, word in enumerate(run):
            if word.text not in titled or (first := _first_of(run, place, lexicon)) == place:
                continue
            start, end = run[first].start, word.end
            if free_place(reading.names, start, end) is not None:
                value = " ".join(each.text for each in run[first : place + 1])
                reason = f"{titled[word.text]} before {word.text} elsewhere"
                yield Name(NameKind.PERSON, value, start, end, reason)


def _first_of(run: Run, place: int, lexicon: Lexicon) -> int:
    first = place
    while first and place - first < _MOST_GIVEN:
        before = run[first - 1]
        if not before.has_capital or before.is_possessive or _is_common(before, lexicon):
            break
        if before.text.isupper() or len(before.bare) < 3:
            break
        first -= 1
    return first


def _persons(readings: Iterable[Reading]) -> Iterator[Name]:
    for reading in readings:
        yield from (name for name in reading.names if name.kind is NameKind.PERSON)

"""What an article calls those whom it has named in full: by family name, by acronym."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pinakes.corpus.tagging.naming.bearers import family_of, shared_families
from pinakes.corpus.tagging.naming.declension import nominative_given
from pinakes.corpus.tagging.naming.lexicon import Lexicon, given_names, words_listed
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.organisation_edges import is_another_name
from pinakes.corpus.tagging.naming.persons import is_initials
from pinakes.corpus.tagging.naming.reading import Reading
from pinakes.corpus.tagging.naming.runs import Run, starts_sentence

_Key = tuple[str, str]
# The number of a passage, and a code point in it.
_Place = tuple[int, int]
_AHEAD = (-1, 0)
_SHORTEST_NAME = 3
# What bears the name of a person: `the Hilton hotel`.
_NAMED_AFTER = re.compile(
    r" (?:hotels?|stores?|chain|brand|theorem|effect|equation|disease|syndrome|family|families"
    r"|brothers|sisters|estate)\b"
)


# `anna.larsen@example.com`
_IN_ADDRESS_BEFORE = re.compile(r"[@_]$|\w\.$")
_IN_ADDRESS_AFTER = re.compile(r"[@_%]|\.\w")
# `name='Anna'`, `{'name': 'Anna'}`
_IN_CODE_BEFORE = re.compile(r"""(?:[=(\[{]|["'][:,]) ?["']$""")
_LONGEST_IN_CODE = 4
# `Larsen, Anna (2009)`
_FAMILY_BEFORE = re.compile(r"([^\W\d_]{2,}), $")
_LISTED_AFTER = re.compile(r" ?[(;&]| [A-Z]\.|\. [A-Z\"“(\d]")
_LONGEST_FAMILY = 24
_DASHES = ("-", "–", "—")
# `Todd — June 27th, 2012`
_SIGNED = re.compile(r" ?[—–-] ?(?:[A-Z][a-z]+\.? \d|\d)")


class FullNames:
    """The names that an article gives in full, found by what it then calls them."""

    def __init__(
        self,
        persons: dict[_Key, str],
        acronyms: dict[str, str],
        by_family: dict[str, str],
        first_told: dict[str, _Place],
    ) -> None:
        self._persons = persons
        self._first_told = first_told
        self._acronyms = acronyms
        self._by_family = by_family
        self._by_given = _unique((given, value) for (given, _), value in persons.items())
        self._by_end = _unique(_ends_of(persons.values()))

    def in_full(self, name: Name, reading: Reading) -> Name:
        """Return a name of a passage with the value by which the article has it in full."""
        if name.kind is not NameKind.PERSON:
            return name
        key = _key(name.value)
        value = self._persons.get(key)
        if value is None or is_initials(key[0]) or not key[0]:
            value = self._by_family.get(key[1], value)
        if value is None and not key[0]:
            value = self._of_given(name.value, reading, name.start)
        # `Ben Achour` is no given and family name where `Slim Ben Achour` is one.
        if " " in name.value:
            value = self._by_end.get(name.value, value)
        if value is None or value == name.value:
            return name
        return name._replace(value=value, is_short=True, reason=f"{name.reason}; in full: {value}")

    def short_forms(
        self, reading: Reading, lower_words: frozenset[str], lexicon: Lexicon
    ) -> Iterator[Name]:
        """Yield the words of runs that alone stand for a person or organisation named in full."""
        if not (self._acronyms or self._by_family or self._by_given):
            return
        for run in reading.runs:
            for place, word in enumerate(run):
                if not word.has_capital:
                    continue
                value = self._acronyms.get(word.text)
                if value is not None and is_another_name(reading.passage.text, word.end):
                    continue
                if value is not None:
                    reason = f"acronym explained in the article: {value}"
                    yield Name(NameKind.ORGANISATION, value, word.start, word.end, reason, True)
                elif (
                    (family_of(word.text) in self._by_family or word.text in self._by_given)
                    and word.bare not in lower_words
                    and (parts := _alone(run, place, lexicon))
                ):
                    yield from self._person(parts, reading, lexicon)

    def _of_given(self, given: str, reading: Reading, start: int) -> str | None:
        """Return who of a given name was named in full before; whoever comes later is another."""
        told = self._first_told.get(given)
        is_told = told is not None and told < (reading.passage.number, start)
        return self._by_given.get(given) if is_told else None

    def _person(self, parts: Run, reading: Reading, lexicon: Lexicon) -> Iterator[Name]:
        text, word = reading.passage.text, parts[-1]
        if word.bare in words_listed("places") or word.bare in lexicon.heads:
            return
        value = self._by_family.get(family_of(word.text))
        is_word = word.text in given_names().ambiguous or word.bare in lexicon.not_names
        if is_word and starts_sentence(text, parts[0].start):
            return
        is_given = value is None and word.text in given_names().plain and len(parts) == 1
        # Of several who comment under a given name none is known to be the one named in full.
        signs = _SIGNED.match(text, word.end) or text.startswith(_DASHES, max(0, word.start - 1))
        if is_given and not signs:
            value = self._of_given(word.text, reading, word.start)
        if value is None or len(word.text) < _SHORTEST_NAME or _NAMED_AFTER.match(text, word.end):
            return
        if _IN_ADDRESS_BEFORE.search(text, max(0, word.start - 2), word.start):
            return
        if _is_in_code(parts, text):
            return
        if _IN_ADDRESS_AFTER.match(text, word.end) or (is_given and _is_listed(parts, text, value)):
            return
        # `Ben Achour` is short for `Slim Ben Achour`, but not for `Slim Achour`.
        whole = " ".join(each.text for each in parts)
        if len(parts) == 1 or whole in value:
            reason = f"short for {value}, in full in the article"
            yield Name(NameKind.PERSON, value, parts[0].start, word.end, reason, True)


def _ends_of(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the two last words of each name of three or more, the three last of four, and so on."""
    for value in values:
        words = value.split(" ")
        for first in range(1, len(words) - 1):
            yield " ".join(words[first:]), value


def _is_in_code(parts: Run, text: str) -> bool:
    """Whether a name is a value between straight quotation marks in a program: `name='Anna'`."""
    start, end = parts[0].start, parts[-1].end
    is_ended = text.startswith(("'", '"'), end)
    return is_ended and bool(_IN_CODE_BEFORE.search(text, max(0, start - _LONGEST_IN_CODE), start))


def _is_listed(parts: Run, text: str, value: str) -> bool:
    """Whether a given name stands after another family name, as in a list of books."""
    start = parts[0].start
    found = _FAMILY_BEFORE.search(text, max(0, start - _LONGEST_FAMILY), start)
    is_other = found is not None and found[1][0].isupper() and found[1] not in value.split()
    return is_other and _LISTED_AFTER.match(text, parts[-1].end) is not None


def full_names(readings: Sequence[Reading]) -> FullNames:
    """Return the names in full among those of an article's passages."""
    written: dict[_Key, Counter[str]] = {}
    acronyms: dict[str, str] = {}
    first_told: dict[str, _Place] = {}
    for reading, name in ((each, name) for each in readings for name in each.names):
        if name.kind is NameKind.PERSON:
            key = _key(name.value)
            if key[0]:
                written.setdefault(key, Counter())[name.value] += 1
                place = (reading.passage.number, name.start)
                first_told.setdefault(key[0], _AHEAD if _is_ahead(name, reading) else place)
        elif name.is_short:
            acronyms.setdefault(name.reason.split()[1], name.value)
    persons = _with_initials({key: _best(counted) for key, counted in written.items()})
    by_family = _unique((family, value) for (_, family), value in persons.items())
    shared = shared_families(readings, by_family)
    by_family = {family: value for family, value in by_family.items() if family not in shared}
    return FullNames(persons, acronyms, by_family, first_told)


def _is_ahead(name: Name, reading: Reading) -> bool:
    """Whether a person is named in the title of the article, or among its authors."""
    article = reading.passage.article
    return name.value in article.title or name.value in article.authors


def _best(counted: Counter[str]) -> str:
    return min(counted, key=lambda value: (-counted[value], -len(value), value))


def _with_initials(persons: dict[_Key, str]) -> dict[_Key, str]:
    """Return persons with those known by initials alone put to the one they fit."""
    whole = {key: value for key, value in persons.items() if not is_initials(key[0])}
    by_initial: dict[_Key, list[str]] = {}
    for (given, family), value in whole.items():
        by_initial.setdefault((given[0], family), []).append(value)
    for key, value in persons.items():
        if key not in whole:
            fits = by_initial.setdefault((key[0][0], key[1]), [])
            whole[key] = fits[0] if len(fits) == 1 else value
            fits.append(whole[key])
    return whole


def _key(value: str) -> _Key:
    """Return the given name, if any, and what the forms of the family name have in common."""
    words = [word for word in value.split() if word[0].isupper() or "-" in word]
    if len(words) < 2:
        return "", family_of(words[0] if words else value)
    given = nominative_given(words[0])
    return given[0] if given else words[0], family_of(words[-1])


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return only what stands for one value."""
    values: dict[str, set[str]] = {}
    for key, value in pairs:
        values.setdefault(key, set()).add(value)
    return {key: next(iter(found)) for key, found in values.items() if len(found) == 1}


def _alone(run: Run, place: int, lexicon: Lexicon) -> Run:
    """Return a word, and a particle that leads it (`Ben Achour`), if no other name is beside it.

    A word that starts the sentence may be, though it has a capital.
    """
    after = run[place + 1] if place + 1 < len(run) else None
    # `Holm & Sons` is a firm.
    if "&" in (run[place - 1].text if place else "", after.text if after else ""):
        return []
    if after is not None and after.has_capital and not run[place].is_possessive:
        return []
    first = place
    if place and run[place - 1].has_capital and run[place - 1].bare in lexicon.particles:
        first -= 1
    before = run[first - 1] if first else None
    if before is None or not before.has_capital or before.is_possessive:
        return run[first : place + 1]
    return run[first : place + 1] if before.bare in lexicon.stop_words else []

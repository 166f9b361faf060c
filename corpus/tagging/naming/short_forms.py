"""What an article calls those whom it has named in full: by family name, by acronym."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pinakes.corpus.tagging.naming.declension import family_key, nominative_given
from pinakes.corpus.tagging.naming.lexicon import Lexicon, given_names, words_listed
from pinakes.corpus.tagging.naming.name import Name, NameKind
from pinakes.corpus.tagging.naming.persons import is_initials
from pinakes.corpus.tagging.naming.runs import Run, Word

_Key = tuple[str, str]
_SHORTEST_NAME = 3


class FullNames:
    """The names that an article gives in full, found by what it then calls them."""

    def __init__(self, persons: dict[_Key, str], acronyms: dict[str, str]) -> None:
        self._persons = persons
        self._acronyms = acronyms
        self._by_family = _unique((family, value) for (_, family), value in persons.items())
        self._by_given = _unique((given, value) for (given, _), value in persons.items())

    def in_full(self, name: Name) -> Name:
        """Return a name with the value by which the article has it in full."""
        if name.kind is not NameKind.PERSON:
            return name
        key = _key(name.value)
        value = self._persons.get(key)
        if value is None or is_initials(key[0]) or not key[0]:
            value = self._by_family.get(key[1], value)
        if value is None or value == name.value:
            return name
        return name._replace(value=value, is_short=True, reason=f"{name.reason}; in full: {value}")

    def short_forms(
        self, runs: list[Run], lower_words: frozenset[str], lexicon: Lexicon
    ) -> Iterator[Name]:
        """Yield the words of runs that alone stand for a person or organisation named in full."""
        for run in runs:
            for place, word in enumerate(run):
                if not word.has_capital:
                    continue
                value = self._acronyms.get(word.text)
                if value is not None:
                    reason = f"acronym explained in the article: {value}"
                    yield Name(NameKind.ORGANISATION, value, word.start, word.end, reason, True)
                elif _is_alone(run, place, lexicon.stop_words) and word.bare not in lower_words:
                    yield from self._person(word)

    def _person(self, word: Word) -> Iterator[Name]:
        if word.bare in words_listed("places"):
            return
        value = self._by_family.get(family_key(word.text))
        if value is None and word.text in given_names().plain:
            value = self._by_given.get(word.text)
        if value is not None and len(word.text) >= _SHORTEST_NAME:
            reason = f"short for {value}, in full in the article"
            yield Name(NameKind.PERSON, value, word.start, word.end, reason, True)


def full_names(names: Iterable[Iterable[Name]]) -> FullNames:
    """Return the names in full among those of an article's passages."""
    written: dict[_Key, Counter[str]] = {}
    acronyms: dict[str, str] = {}
    for in_passage in names:
        for name in in_passage:
            if name.kind is NameKind.PERSON:
                key = _key(name.value)
                if key[0]:
                    written.setdefault(key, Counter())[name.value] += 1
            elif name.is_short:
                acronyms.setdefault(name.reason.split()[1], name.value)
    persons = {key: _best(counted) for key, counted in written.items()}
    return FullNames(_with_initials(persons), acronyms)


def _best(counted: Counter[str]) -> str:
    return min(counted, key=lambda value: (-counted[value], -len(value), value))


def _with_initials(persons: dict[_Key, str]) -> dict[_Key, str]:
    """Return persons with those known by initials alone put to the one they fit."""
    whole = {key: value for key, value in persons.items() if not is_initials(key[0])}
    for key, value in persons.items():
        if key in whole:
            continue
        fits = [
            v for (given, family), v in whole.items() if family == key[1] and given[0] == key[0][0]
        ]
        whole[key] = fits[0] if len(fits) == 1 else value
    return whole


def _key(value: str) -> _Key:
    """Return the given name, if any, and what the forms of the family name have in common."""
    words = [word for word in value.split() if word[0].isupper() or "-" in word]
    if len(words) < 2:
        return "", family_key(words[0] if words else value)
    given = nominative_given(words[0])
    return given[0] if given else words[0], family_key(words[-1])


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return only what stands for one value."""
    values: dict[str, set[str]] = {}
    for key, value in pairs:
        values.setdefault(key, set()).add(value)
    return {key: next(iter(found)) for key, found in values.items() if len(found) == 1}


def _is_alone(run: Run, place: int, stop_words: frozenset[str]) -> bool:
    """Whether no word with a capital stands right beside it, but one that starts the sentence."""
    before = place and run[place - 1].has_capital and not run[place - 1].is_possessive
    before = before and run[place - 1].bare not in stop_words
    after = place + 1 < len(run) and run[place + 1].has_capital and not run[place].is_possessive
    return not before and not after

"""The lists of laws, as gazetteers: read once a process, when the first text asks for them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

import Stemmer

from pinakes.corpus.tagging.gazetteer import Entry, Gazetteer, Letters
from pinakes.corpus.tagging.laws.mention import Evidence, Instrument

_EVIDENCE = {"?": Evidence.CONTEXT, "!": Evidence.CITED}
# Inflected in their own languages; elsewhere a suffix stands after an apostrophe, or none does.
_STEMMED = {"ru": "russian", "de": "german"}
_UNINFLECTED = ("en", "acronyms", "de", "fr", "es", "tr")
_FROM_WORDS = {"en": 5, "acronyms": 5, "tr": 4}
"""From so many words on a name is one in whatever case it is written; elsewhere from two."""
_OWN = frozenset({"fr", "es", "tr"})
"""Languages whose national laws have names that elsewhere mean nothing, or others."""
_ARABIC_PREFIXES = ("", "و", "ب", "ل", "ف", "ك", "وب", "ول")
_EU_ACT = re.compile(r"\d{2,4}/\d{1,4}")


@cache
def gazetteers_for(language: str) -> tuple[Gazetteer[Instrument], ...]:
    """Return the lists to look for in a text of a language (ISO 639-1 or `und`).

    Names in Latin letters are looked for everywhere: texts quote them in any language.
    """
    if language in _STEMMED:
        return _uninflected(), _stemmed(language)
    if language == "ar":
        return _uninflected(), _arabic()
    if language in _OWN:
        return _uninflected(), _national_of(language)
    return (_uninflected(),)


@cache
def eu_acts() -> dict[str, str]:
    """Return the name of each act of the European Union on the list by its number: `2016/679`."""
    return {
        number[0]: row["name"]
        for row in _rows("instruments.csv")
        if (number := _EU_ACT.search(row["en"]))
    }


@cache
def years() -> dict[str, str]:
    """Return the year of each instrument by its name."""
    return {row["name"]: row["year"] for row in _rows("instruments.csv")}


@cache
def _uninflected() -> Gazetteer[Instrument]:
    entries = (entry for column in _UNINFLECTED for entry in _international(column))
    return Gazetteer([*entries, *_national("en")])


@cache
def _national_of(language: str) -> Gazetteer[Instrument]:
    return Gazetteer(_national(language))


@cache
def _stemmed(language: str) -> Gazetteer[Instrument]:
    stem: Callable[[str], str] = Stemmer.Stemmer(_STEMMED[language]).stemWord
    return Gazetteer([*_international(language), *_national(language)], stem=stem)


@cache
def _arabic() -> Gazetteer[Instrument]:
    """Return Arabic names with what is written together with a first word: `and`, `by`, `for`."""
    return Gazetteer(
        Entry(form=form, value=entry.value, letters=entry.letters)
        for entry in _international("ar")
        for form in _with_prefixes(entry.form)
    )


def _with_prefixes(form: str) -> Iterator[str]:
    for prefix in _ARABIC_PREFIXES:
        if prefix.endswith("ل") and form.startswith("ال"):
            yield prefix + form[1:]
        else:
            yield prefix + form


def _international(column: str) -> Iterator[Entry[Instrument]]:
    for row in _rows("instruments.csv"):
        if column == "en":
            yield _entry(row["name"], row["name"], row["year"], column)
        for form in filter(None, row[column].split(";")):
            yield _entry(form, row["name"], row["year"], column)


def _national(language: str) -> Iterator[Entry[Instrument]]:
    for row in _rows("national.csv"):
        if row["language"] == language:
            for form in filter(None, (row["name"], *row["forms"].split(";"))):
                yield _entry(form, row["name"], "", language)


def _entry(form: str, name: str, year: str, column: str) -> Entry[Instrument]:
    bare = form.lstrip("?!")
    evidence = _EVIDENCE.get(form[0], Evidence.NONE)
    words = len(re.findall(r"\w+", bare))
    letters = Letters.ANY if words >= _FROM_WORDS.get(column, 2) else Letters.CAPITALS
    if words == 1 and bare[1:] != bare[1:].lower():
        letters = Letters.AS_WRITTEN
    return Entry(
        form=bare, value=Instrument(name=name, year=year, evidence=evidence), letters=letters
    )


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = (files(__package__ or "") / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))

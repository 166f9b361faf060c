"""The lists of places, as gazetteers by language: read when the first text asks for them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from pinakes.corpus.tagging.gazetteer import Entry, Gazetteer, Letters
from pinakes.corpus.tagging.places.place import Needs, Place, PlaceKind
from pinakes.corpus.tagging.places.russian import decline, decline_adjective

LANGUAGES = ("en", "de", "fr", "es", "tr", "ru", "ar")
_ARABIC_PREFIXES = ("", "و", "ب", "ل", "ف", "وب", "ول")
_MANY_PEOPLE = 1_000_000
"""From so many on a city's name needs no more than those of the list written by hand."""
_SHORT_CHARS = 4
"""Shorter names of cities are mostly other words."""
# Endings of adjectives; those of French and Spanish are told from the last letters.
_GERMAN = ("e", "er", "en", "es", "em")


@cache
def places_in(language: str) -> Gazetteer[Place]:
    """Return the list for a language (ISO 639-1); the English one for every other."""
    if language not in LANGUAGES:
        return places_in("en")
    entries = _unambiguous(language)
    return Gazetteer(entries)


def place_forms() -> Iterator[tuple[str, str]]:
    """Yield how the places written by hand are called in seven languages, with their values.

    `("Genf", "Geneva")`, `("Женева", "Geneva")`; in the nominative, cities, countries and regions.
    """
    for row in (*_rows("names.csv"), *_rows("countries.csv")):
        for language in LANGUAGES:
            yield from ((form, row["name"]) for form in _split(row[language]))


def _unambiguous(language: str) -> Iterator[Entry[Place]]:
    """Yield each form once: of those that stand for several places, the first."""
    rules = _rules(language)
    seen: set[str] = set()
    for form, place in _forms(language):
        if form in seen:
            continue
        seen.add(form)
        known = place
        if form in rules:
            needs, evidence = rules[form]
            if needs is None:
                continue
            known = place._replace(needs=needs, evidence=evidence)
        yield Entry(
            form=form,
            value=known,
            letters=_letters(form, place.kind),
            accents=place.kind is PlaceKind.CITY or language in ("tr", "es", "fr"),
        )
    for city in _cities() if language not in ("ru", "ar") else ():
        if city.form in rules and city.form not in seen:
            needs, evidence = rules[city.form]
            if needs is Needs.INNER and city.value.needs is Needs.NEIGHBOUR:
                needs = city.value.needs
            if needs is not None:
                yield city._replace(value=city.value._replace(needs=needs, evidence=evidence))
        elif city.form not in seen:
            yield city


def _letters(form: str, kind: PlaceKind) -> Letters:
    if kind is PlaceKind.DEMONYM and form[0].islower():
        return Letters.AS_WRITTEN
    short = kind is PlaceKind.CITY and len(form) <= _SHORT_CHARS
    return Letters.AS_WRITTEN if short or form.isupper() else Letters.CAPITALS


@cache
def _rules(language: str) -> dict[str, tuple[Needs | None, frozenset[str]]]:
    """Return what ambiguous forms need; nothing helps those that are left out."""
    rules = {}
    for row in _rows("ambiguous.csv"):
        if row["language"] in ("*", language):
            needs = None if row["rule"] == "out" else Needs(row["rule"])
            rules[row["form"]] = (needs, frozenset(row["evidence"].split()))
    return rules


def _forms(language: str) -> Iterator[tuple[str, Place]]:
    """Yield the forms written by hand with what each stands for, the likelier first."""
    listed = _rows("names.csv")
    codes = {row["name"]: row["code"] for row in _rows("countries.csv")}
    countries = [row for row in listed if row["kind"] == "country"]
    countries += [
        row | {"kind": "country", "country": row["code"]} for row in _rows("countries.csv")
    ]
    for row in (*countries, *(row for row in listed if row["kind"] != "country")):
        place = Place(name=row["name"], kind=PlaceKind(row["kind"]), country=row["country"])
        own = [row["name"]] if language == "en" else []
        yield from ((form, place) for form in _inflected([*own, *_split(row[language])], language))
    codes |= {row["name"]: row["country"] for row in _rows("names.csv")}
    if language in _rows("demonyms.csv")[0]:
        for row in _rows("demonyms.csv"):
            place = Place(name=row["name"], kind=PlaceKind.DEMONYM, country=codes[row["name"]])
            yield from ((form, place) for form in _demonyms(_split(row[language]), language))


@cache
def _cities() -> tuple[Entry[Place], ...]:
    """Return the cities of every country, each form once, which five languages share."""
    cities: dict[str, Entry[Place]] = {}
    head, *rows = csv.reader(_lines("cities.csv"))
    name, code, people = map(head.index, ("name", "country", "people"))
    for row in rows:
        form = row[name]
        if len(form) < _SHORT_CHARS or form in cities:
            continue
        needs = Needs.INNER if int(row[people]) >= _MANY_PEOPLE else Needs.NEIGHBOUR
        cities[form] = Entry(
            form=form,
            value=Place(name=form, kind=PlaceKind.CITY, country=row[code], needs=needs),
            letters=_letters(form, PlaceKind.CITY),
            accents=True,
        )
    return tuple(cities.values())


def _split(cell: str) -> list[str]:
    return [form for form in cell.split(";") if form]


def _inflected(forms: Iterable[str], language: str) -> Iterator[str]:
    for form in forms:
        if language == "ru":
            yield from decline(form)
        elif language == "ar":
            yield from _with_prefixes(form)
        elif language == "de" and form[-1] not in "sßxz.":
            yield form
            yield f"{form}s"
        else:
            yield form


def _with_prefixes(form: str) -> Iterator[str]:
    """Yield an Arabic name with what is written together with it: `and`, `in`, `to`."""
    for prefix in _ARABIC_PREFIXES:
        if prefix.endswith("ل") and form.startswith("ال"):
            yield prefix + form[1:]
        else:
            yield prefix + form


def _demonyms(forms: Iterable[str], language: str) -> Iterator[str]:
    for form in forms:
        if language == "ru":
            yield from decline_adjective(form)
        elif language == "de":
            yield from (form + ending for ending in _GERMAN)
        elif language == "fr":
            yield from _french(form)
        elif language == "es":
            yield from _spanish(form)
        elif language == "ar":
            # Of adjectives only the feminine: the others are surnames too, and after `ب` languages.
            yield from (form, f"و{form}", f"ل{form[1:]}")
        else:
            yield form


def _french(form: str) -> Iterator[str]:
    feminine = {"grec": "grecque", "turc": "turque"}.get(form)
    if feminine is None:
        doubled = form.endswith(("en", "on"))
        feminine = form if form.endswith("e") else f"{form}{form[-1] if doubled else ''}e"
    yield from (form, form if form.endswith("s") else f"{form}s", feminine, f"{feminine}s")


def _spanish(form: str) -> Iterator[str]:
    plain = form.translate(str.maketrans("áéíóú", "aeiou"))
    if form.endswith("o"):
        yield from (form, f"{form}s", f"{form[:-1]}a", f"{form[:-1]}as")
    elif form[-1] in "sn" and form != plain:
        yield from (form, f"{plain}es", f"{plain}a", f"{plain}as")
    else:
        yield from (form, f"{form}es" if form.endswith("í") else f"{form}s")


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(_lines(name)))


def _lines(name: str) -> list[str]:
    return (files(__package__ or "") / name).read_text(encoding="utf-8").splitlines()

"""Reads what is counted: the unit, currency or people after a number, or the sign before it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pinakes.corpus.tagging.pieces import UNSPACED, word_set
from pinakes.corpus.tagging.quantities.reading import Number, Passage
from pinakes.corpus.tagging.quantities.signs import (
    BEFORE_HOURS,
    COMPOUNDS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    DIVISORS,
    DOLLARS,
    DOLLARS_OF,
    FUNCTION_WORDS,
    JOINERS,
    PER,
    PERCENT_BEFORE,
    UNIT_SIGNS,
)
from pinakes.corpus.tagging.quantities.words import ALSO_THINGS, OF_MACHINES

_SHELL = re.compile(r"[$][a-z_{(@*]", re.IGNORECASE)
_MILLION = 1_000_000
_UNSPACED_LENGTHS = (4, 3, 2)
_DAY_HOURS = 24
_LENGTHS = frozenset({"km", "m", "cm", "mm"})
_JOINED = word_set("km m cm mm mi ft in yd ha acres kg g t tons lb oz l gal MW GW %")
_POWERS = {"2": "²", "3": "³"}
PEOPLE = "people"
_ALSO_THINGS, _OF_MACHINES = word_set(ALSO_THINGS), word_set(OF_MACHINES)
_MANY_PEOPLE = 50
_DEGREES, _FEWEST_DEGREES = "°", 5
_FEWEST_GRAMS = 10
_MEASURES = frozenset(
    {"km", "m", "cm", "mm", "mi", "ft", "l", "gal", "kg", "g", "t", "tons", "barrels"}
)


class Unit(NamedTuple):
    """What a number counts, and one past the last piece, or the first one, of its name."""

    name: str
    place: int


def unit_before(text: Passage, place: int) -> Unit | None:
    """Return the currency, or per cent, that stands before the number at a place."""
    before = place - 1 - (text.class_at(place - 1) in " s")
    sign = text.word(before)
    if sign in CURRENCY_SIGNS:
        if sign == "$" and _is_code(text, place):
            return None
        code = CURRENCY_SIGNS[sign]
        if code == "JPY" and text.lexicon.language == "zh":
            code = "CNY"
        letters = text.word(before - 1)
        if sign != "$" or not letters.isalpha():
            return Unit(code, before)
        return Unit(DOLLARS[letters], before - 1) if letters in DOLLARS else None
    is_turkic = text.lexicon.language in PERCENT_BEFORE
    if is_turkic and sign in {"%", PERCENT_BEFORE[text.lexicon.language]}:
        return Unit("%", before)
    written = text.written(before, before + 1) if before >= 0 else ""
    return Unit(written, before) if written in CURRENCY_CODES and before < place - 1 else None


def _is_code(text: Passage, place: int) -> bool:
    """Whether `$1` is a parameter of a program, or `C$1` a name in one."""
    if text.class_at(place) != "1" or len(text.word(place)) > 1:
        return False
    # `/$1/mp3/$2.mp3`
    is_in_path = text.class_at(place - 2) == "/" or text.class_at(place + 1) == "/"
    if is_in_path and text.word(place - 1) == "$":
        return True
    mark = place - 1 - (text.class_at(place - 1) == " ")
    if len(text.word(mark - 1)) == 1 and text.word(mark - 1).isalpha():
        return text.class_at(place + 1) not in ".," or text.class_at(place + 2) not in "13z4"
    return _has_shell(text.pieces.text)


@lru_cache(maxsize=4)
def _has_shell(text: str) -> bool:
    return bool(_SHELL.search(text))


def unit_after(text: Passage, number: Number) -> Unit | None:
    """Return what is counted, as it stands after a number."""
    place = text.after_space(number.end)
    is_apart = place > number.end
    found = _sign_after(text, place)
    if found:
        return found
    if not is_apart and text.class_at(place) == "-":
        # A `3-gram` has no weight.
        is_term = text.word(place + 1) == "gram" and number.value < _FEWEST_GRAMS
        return None if is_term else _joined(text, place + 1)
    written = text.written(place, place + 1)
    # `0L` is a number of a program.
    if written in UNIT_SIGNS and (is_apart or written not in {"m", "l", "L"}):
        power = _POWERS.get(text.word(place + 1), "") if written in _LENGTHS else ""
        name = "lb" if written == "lbs" else written + power
        return _with_divisor(text, Unit(name, place + 1 + bool(power)))
    if not text.word(place).isalpha() or (not is_apart and text.word(place).isascii()):
        return None
    if text.word(place) in JOINERS and number.value >= _MILLION:
        place += 1 + (text.class_at(place + 1) in " '")
    return _phrase_at(text, place) or _word_at(text, place, number)


def _joined(text: Passage, place: int) -> Unit | None:
    """Return the unit after a hyphen: `3,450-square-foot`, `30-kilometre`; times are ages there."""
    first, second = text.word(place), text.word(place + 2)
    name = text.lexicon.phrases.get(f"{first} {second}")
    if name and text.class_at(place + 1) == "-":
        return Unit(name, place + 3)
    name = text.lexicon.units.get(first)
    return Unit(name, place + 1) if name in _JOINED else None


def _sign_after(text: Passage, place: int) -> Unit | None:
    sign = text.word(place)
    if sign in {"%", "٪"}:
        return Unit("%", place + 1)
    if sign == "°" and (scale := text.written(place + 1, place + 2)) in {"C", "F"}:
        return Unit(f"°{scale}", place + 2)
    if sign == "$" and len(text.word(place - 1)) == 1 and text.class_at(place - 2) not in ".,":
        # `1$` is a parameter of a program.
        return None
    if sign in CURRENCY_SIGNS and text.class_at(place + 1) not in "13z4":
        return Unit(CURRENCY_SIGNS[sign], place + 1)
    written = text.written(place, place + 1) if sign else ""
    return Unit(written, place + 1) if written in CURRENCY_CODES else None


def _with_divisor(text: Passage, unit: Unit) -> Unit:
    divisor = DIVISORS.get(text.written(unit.place + 1, unit.place + 2))
    if text.class_at(unit.place) != "/" or divisor is None:
        return unit
    power = _POWERS.get(text.word(unit.place + 2), "") if divisor == "s" else ""
    return _compound(unit.name, divisor + power, unit.place + 2 + bool(power))


def _with_per(text: Passage, unit: Unit) -> Unit:
    """Return a unit with what it is told for, in words: `miles per gallon`."""
    joint, divisors = PER.get(text.lexicon.language, ("", {}))
    divisor = divisors.get(text.word(unit.place + 3))
    if unit.name not in _MEASURES or divisor is None or text.word(unit.place + 1) != joint:
        return unit
    return _compound(unit.name, divisor, unit.place + 4)


def _compound(name: str, divisor: str, end: int) -> Unit:
    written = f"{name}/{divisor}"
    return Unit(COMPOUNDS.get(written, written), end)


def _phrase_at(text: Passage, place: int) -> Unit | None:
    for length in _UNSPACED_LENGTHS if text.lexicon.language in UNSPACED else ():
        name = text.lexicon.phrases.get("".join(text.pieces.words[place : place + length]))
        if name:
            return Unit(name, place + length)
    first = text.word(place)
    second_place = text.after_space(place + 1 + (text.class_at(place + 1) == "."))
    second = text.word(second_place)
    if first in DOLLARS_OF and second in {"dollar", "dollars"}:
        return Unit(DOLLARS_OF[first], second_place + 1)
    if text.written(place, place + 4) == "U.S." and text.word(place + 5) == "dollars":
        return Unit("USD", place + 6)
    name = text.lexicon.phrases.get(f"{first} {second}")
    return Unit(name, second_place + 1) if name else None


def _word_at(text: Passage, place: int, number: Number) -> Unit | None:
    is_whole = number.value % 1 == 0
    name = text.lexicon.units.get(text.word(place))
    if name and name not in CURRENCY_CODES and _is_title(text, place):
        return None
    if name:
        power = _POWERS.get(text.word(place + 1), "") if name in _LENGTHS else ""
        is_fitting = name != PEOPLE or (is_whole and not _may_be_thing(text, place, number))
        # `two degrees` may be of a university.
        if name == _DEGREES and is_whole:
            is_few = number.value < _FEWEST_DEGREES
            is_fitting = not is_few and text.word(place + 2) != "from"
        unit = Unit(name + power, place + 1 + bool(power))
        return _with_per(text, unit) if is_fitting else None
    # `200 Syrian refugees`
    later = place + 2
    is_between = text.class_at(place + 1) == " " and text.word(place) not in FUNCTION_WORDS
    is_people = text.lexicon.units.get(text.word(later)) == PEOPLE
    if is_whole and is_between and is_people and not _may_be_thing(text, later, number):
        return Unit(PEOPLE, later + 1)
    return None


def _may_be_thing(text: Passage, place: int, number: Number) -> bool:
    """Whether a word for people may stand for machines or parts of a program: `two fans`."""
    is_few = text.word(place) in _ALSO_THINGS and number.value < _MANY_PEOPLE
    return is_few or text.word(place - 2) in _OF_MACHINES


def _is_title(text: Passage, place: int) -> bool:
    """Whether a unit has a capital, as in a name: `la Guerra de los Siete Años`."""
    return text.lexicon.language != "de" and text.pieces.is_capital(place)


def is_hour_of_day(text: Passage, number: Number, unit: Unit, place: int) -> bool:
    """Whether hours are those of the clock: `at 5 hours`, `в 5 часов`, `20 h`."""
    if unit.name != "h" or number.value > _DAY_HOURS:
        return False
    return text.word(place - 2) in BEFORE_HOURS

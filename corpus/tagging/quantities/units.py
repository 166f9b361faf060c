"""Reads what is counted: the unit, currency or people after a number, or the sign before it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pinakes.corpus.tagging.pieces import UNSPACED, word_set
from pinakes.corpus.tagging.quantities.pounds import POUNDS, are_weight, is_weight_joined
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
    NO_RATES,
    PER,
    PERCENT_BEFORE,
    UNIT_SIGNS,
    YEARS,
)
from pinakes.corpus.tagging.quantities.words import (
    ALSO_THINGS,
    BEFORE_TIMES,
    OF_MACHINES,
    PEOPLES,
)

_SHELL = re.compile(r"[$][a-z_{(@*]", re.IGNORECASE)
_MILLION = 1_000_000
_UNSPACED_LENGTHS = (4, 3, 2)
_DAY_HOURS = 24
_LENGTHS = frozenset({"km", "m", "cm", "mm"})
_JOINED = word_set("km m cm mm mi ft in yd ha acres kg g t tons lb oz l gal MW GW MP %")
TIMES = frozenset({"years", "months", "weeks", "days", "h", "min", "s"})
_POWERS = {"2": "²", "3": "³"}
PEOPLE = "people"
_ALSO_THINGS, _OF_MACHINES = word_set(ALSO_THINGS), word_set(OF_MACHINES)
_OF_PERSONNEL = word_set(
    "carrier carriers file files department departments office offices record records costs "
    "matters changes decisions issues policies"
)
_MANY_PEOPLE = 50
_DEGREES, _FEWEST_DEGREES = "°", 5
_FEWEST_GRAMS = 10
# From where an angle or a distance is told.
_CENTRES = word_set(
    "center centre vertical horizontal north south east west straight axis level zenith equator"
)
_MEASURES = word_set(
    "km m cm mm m³ mi ft l L ml mL gal kg g mg µg t tons barrels kB MB GB TB PB bits bytes cups "
    "calories acres kWh MWh GWh"
)
_PEOPLES = {language: word_set(words) for language, words in PEOPLES.items()}
_BEFORE_TIMES = {language: word_set(words) for language, words in BEFORE_TIMES.items()}
_MORE = frozenset({"more", "other"})
# What follows a sum in `$` and says whose dollars they are.
_WHOSE_DOLLARS = {"Australian": "AUD", "Canadian": "CAD"} | {
    code: code for code in ("AUD", "CAD", "NZD", "SGD", "HKD")
}


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


def dollars_after(text: Passage, number: Number, before: Unit) -> Unit | None:
    """Return the currency that is told after a sum in `$`: `$100 Australian`.

    Args:
        text: The passage.
        number: The sum.
        before: The sign before it.
    """
    place = text.after_space(number.end)
    if text.class_at(place) != "w" or place == number.end or text.word(before.place) != "$":
        return None
    code = _WHOSE_DOLLARS.get(text.written(place, place + 1))
    if code is None or text.class_at(place + 1) == "-":
        return None
    following = text.word(place + 2) if text.class_at(place + 1) == " " else ""
    if following in {"dollars", "dollar"}:
        return Unit(code, place + 3)
    # `a $5 million Canadian film`, `a $500 Canadian and Mexican tax`
    is_code = text.word(place).upper() == code
    is_last = not following.isalpha() or following in FUNCTION_WORDS - {"and", "or"}
    return Unit(code, place + 1) if is_code or is_last else None


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
    # `500+ employees`
    end = number.end + (text.class_at(number.end) == "+" and text.class_at(number.end + 1) == " ")
    place = text.after_space(end)
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
        if not power and text.class_at(place + 1) in "13z4N":
            # `rc 5 | l6:6:wait`
            return None
        name = "lb" if written == "lbs" else written + power
        unit = Unit(name, place + 1 + bool(power))
        return _with_per(text, unit) or _with_divisor(text, unit)
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
    is_unit = name in _JOINED and (first not in POUNDS or is_weight_joined(text, place))
    return Unit(name, place + 1) if name and is_unit else None


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


def _with_per(text: Passage, unit: Unit) -> Unit | None:
    """Return a unit with what it is told for, in words, if it is: `miles per gallon`."""
    joints, divisors = PER.get(text.lexicon.language, ((), {}))
    divisor = divisors.get(text.word(unit.place + 3))
    if unit.name not in _MEASURES or divisor is None or text.word(unit.place + 1) not in joints:
        return None
    if text.word(unit.place + 1) != joints[0] and text.word(unit.place + 5) in NO_RATES:
        return None
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
    is_joined = text.class_at(place + 1) in ".-"
    second_place = text.after_space(place + 1 + is_joined)
    second = text.word(second_place)
    if first in DOLLARS_OF and second in {"dollar", "dollars"}:
        return Unit(DOLLARS_OF[first], second_place + 1)
    if text.written(place, place + 4) == "U.S." and text.word(place + 5) == "dollars":
        return Unit("USD", place + 6)
    name = text.lexicon.phrases.get(f"{first} {second}")
    return Unit(name, second_place + 1) if name else None


def _word_at(text: Passage, place: int, number: Number) -> Unit | None:
    """Return what the word at a place counts, or the one past a word that only tells more of it."""
    name = text.lexicon.units.get(text.word(place))
    if name is None:
        return _past_word(text, place, number)
    if name not in CURRENCY_CODES and _is_title(text, place, number):
        return None
    power = _POWERS.get(text.word(place + 1), "") if name in _LENGTHS else ""
    unit = Unit(name + power, place + 1 + bool(power))
    return (_with_per(text, unit) or unit) if _is_fitting(text, name, place, number) else None


def _is_fitting(text: Passage, name: str, place: int, number: Number) -> bool:
    """Whether the word at a place has the meaning of its unit beside such a number."""
    word, is_whole = text.word(place), number.value % 1 == 0
    if name == PEOPLE:
        return is_whole and not _may_be_thing(text, place, number)
    if word in POUNDS:
        return are_weight(text, place)
    if name == _DEGREES and is_whole:
        return not _may_be_of_university(text, place, number)
    # `В 5 гр учатся`
    return word != "гр" or number.value >= _FEWEST_GRAMS


def _past_word(text: Passage, place: int, number: Number) -> Unit | None:
    """Return the people or the time past a word that tells more of them: `five short months`."""
    later = _past_modifier(text, place)
    name = text.lexicon.units.get(text.word(later))
    if later == place or _is_name(text, place, later, number):
        return None
    if name in TIMES and text.word(place) in _BEFORE_TIMES.get(text.lexicon.language, ()):
        return Unit(name, later + 1)
    if name is None and (unit := _phrase_at(text, later)) and unit.name == PEOPLE:
        return unit
    is_people = name == PEOPLE and number.value % 1 == 0
    return Unit(PEOPLE, later + 1) if is_people and not _may_be_thing(text, later, number) else None


def _past_modifier(text: Passage, place: int) -> int:
    """Return the place past a word that tells more of what follows, as in `200 Syrian refugees`.

    An adverb is passed with the word that it goes with (`200 heavily armed men`). It is `place`
    itself where no such word stands there.
    """
    word = text.word(place)
    if word == "u" and text.written(place, place + 4) == "U.S.":
        return place + 5 if text.class_at(place + 4) == " " else place
    is_us = word == "us" and text.written(place, place + 1) == "US"
    is_one = word not in FUNCTION_WORDS or word in _MORE or is_us
    if text.class_at(place + 1) != " " or not is_one:
        return place
    is_adverb = text.lexicon.language == "en" and word.endswith("ly")
    if is_adverb and text.class_at(place + 3) == " " and text.word(place + 2) not in FUNCTION_WORDS:
        is_people = text.lexicon.units.get(text.word(place + 4)) == PEOPLE
        return place + 4 if is_people else place + 2
    return place + 2


def _is_name(text: Passage, place: int, later: int, number: Number) -> bool:
    """Whether words with capitals are a name: `Two Chill Parents`, `7 Happy Days`.

    A people before `Refugees` is none.
    """
    if text.lexicon.language == "de" or not text.word(later).isalpha():
        return False
    if not text.pieces.is_capital(later):
        return False
    is_time = text.lexicon.units.get(text.word(later)) in TIMES
    is_people = text.word(later) in _PEOPLES.get(text.lexicon.language, ())
    is_words = not number.is_figures and text.pieces.is_capital(place)
    return (is_time or is_words) and not is_people


def _may_be_of_university(text: Passage, place: int, number: Number) -> bool:
    """Whether degrees may be of a university: `two degrees`, `ten degrees from Yale`."""
    is_from = text.word(place + 2) == "from"
    near = text.pieces.words[place + 4 : place + 8]
    return number.value < _FEWEST_DEGREES or (is_from and _CENTRES.isdisjoint(near))


def _may_be_thing(text: Passage, place: int, number: Number) -> bool:
    """Whether a word for people may stand for machines or parts of a program: `two fans`."""
    if text.word(place) == "personnel" and text.word(place + 2) in _OF_PERSONNEL:
        return True
    is_few = text.word(place) in _ALSO_THINGS and number.value < _MANY_PEOPLE
    return is_few or text.word(place - 2) in _OF_MACHINES


def _is_title(text: Passage, place: int, number: Number) -> bool:
    """Whether a unit has a capital, as in a name: `la Guerra de los Siete Años`.

    Peoples have one anyhow, but `the 2020 Democrats` is of a year. `47 Meters` is a film, and
    `Every 12,000 Miles` a heading.
    """
    word, is_capital = text.word(place), text.pieces.is_capital(place)
    if word in _PEOPLES.get(text.lexicon.language, ()):
        is_bare = number.is_figures and not (number.is_grouped or number.is_scaled)
        return not is_capital or (is_bare and number.value in YEARS)
    is_measure = number.is_grouped and text.lexicon.units.get(word) in _MEASURES
    return is_capital and text.lexicon.language != "de" and not is_measure


def is_hour_of_day(text: Passage, number: Number, unit: Unit, place: int) -> bool:
    """Whether hours are those of the clock: `at 5 hours`, `в 5 часов`, `20 h`."""
    if unit.name != "h" or number.value > _DAY_HOURS:
        return False
    return text.word(place - 2) in BEFORE_HOURS

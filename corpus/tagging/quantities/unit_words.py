"""Reads what is counted where a word tells it: `12 miles`, `40 people`, `five short months`."""

from __future__ import annotations

from typing import NamedTuple

from pinakes.corpus.tagging.pieces import UNSPACED, word_set
from pinakes.corpus.tagging.quantities.pounds import POUNDS, are_weight
from pinakes.corpus.tagging.quantities.reading import Number, Passage
from pinakes.corpus.tagging.quantities.signs import (
    COMPOUNDS,
    CURRENCY_CODES,
    DOLLARS_OF,
    FUNCTION_WORDS,
    NO_RATES,
    PER,
    YEARS,
)
from pinakes.corpus.tagging.quantities.words import ALSO_THINGS, BEFORE_TIMES, OF_MACHINES, PEOPLES

_UNSPACED_LENGTHS = (4, 3, 2)
LENGTHS = frozenset({"km", "m", "cm", "mm"})
TIMES = frozenset({"years", "months", "weeks", "days", "h", "min", "s"})
PEOPLE = "people"
_ALSO_THINGS, _OF_MACHINES = word_set(ALSO_THINGS), word_set(OF_MACHINES)
_OF_PERSONNEL = word_set(
    "carrier carriers file files department departments office offices record records costs "
    "matters changes decisions issues policies"
)
_MANY_PEOPLE = 50
_DEGREES, _FEWEST_DEGREES = "°", 5
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
_MORE = frozenset({"more"})
# What makes cups those of winners.
_WINS = word_set("win wins won winning lift lifts lifted")
POWERS = {"2": "²", "3": "³"}
FEWEST_GRAMS, _FEWEST_SHORT = 10, 20
_CUPS = "cups"


class Unit(NamedTuple):
    """What a number counts, and one past the last piece, or the first one, of its name."""

    name: str
    place: int


def word_at(text: Passage, place: int, number: Number) -> Unit | None:
    """Return what the word at a place counts, or the one past a word that only tells more of it."""
    name = text.lexicon.units.get(text.word(place))
    if name is None:
        return _past_word(text, place, number)
    if name not in CURRENCY_CODES and _is_title(text, place, number):
        return None
    power = POWERS.get(text.word(place + 1), "") if name in LENGTHS else ""
    unit = Unit(name + power, place + 1 + bool(power))
    return (with_per(text, unit) or unit) if _is_fitting(text, name, place, number) else None


def phrase_at(text: Passage, place: int) -> Unit | None:
    """Return the unit that two words or more at a place are: `square miles`, `light-years`."""
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


def with_per(text: Passage, unit: Unit) -> Unit | None:
    """Return a unit with what it is told for, in words, if it is: `miles per gallon`."""
    joints, divisors = PER.get(text.lexicon.language, ((), {}))
    divisor = divisors.get(text.word(unit.place + 3))
    if unit.name not in _MEASURES or divisor is None or text.word(unit.place + 1) not in joints:
        return None
    is_sure = text.word(unit.place + 1) == joints[0]
    # `5 km an hour's drive away`
    is_whose = text.class_at(unit.place + 4) == "'"
    if not is_sure and (is_whose or text.word(unit.place + 5) in NO_RATES):
        return None
    return compound(unit.name, divisor, unit.place + 4)


def compound(name: str, divisor: str, end: int) -> Unit:
    """Return a unit with what it is told for, by its usual sign: `mph` for `mi` and `h`."""
    written = f"{name}/{divisor}"
    return Unit(COMPOUNDS.get(written, written), end)


def _is_fitting(text: Passage, name: str, place: int, number: Number) -> bool:
    """Whether the word at a place has the meaning of its unit beside such a number."""
    word, is_whole = text.word(place), number.value % 1 == 0
    if name == PEOPLE:
        return is_whole and not _may_be_thing(text, place, number)
    if word in POUNDS:
        return are_weight(text, place, number)
    if name == _DEGREES and is_whole:
        return not _may_be_of_university(text, place, number)
    if name == _CUPS and text.word(place - 4) in _WINS:
        return False
    # `В 5 гр учатся`
    return word != "гр" or number.value >= _FEWEST_SHORT


def _past_word(text: Passage, place: int, number: Number) -> Unit | None:
    """Return the people or the time past a word that tells more of them: `five short months`."""
    later = _past_modifier(text, place)
    name = text.lexicon.units.get(text.word(later))
    if later == place or _is_name(text, place, later, number):
        return None
    if name in TIMES and text.word(place) in _BEFORE_TIMES.get(text.lexicon.language, ()):
        return Unit(name, later + 1)
    if name is None and (unit := phrase_at(text, later)) and unit.name == PEOPLE:
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

    A headline goes on with a capital: `Two Syrian Soldiers Killed`.
    """
    if text.lexicon.language == "de" or not _has_capital(text, later):
        return False
    is_time = text.lexicon.units.get(text.word(later)) in TIMES
    is_people = text.word(later) in _PEOPLES.get(text.lexicon.language, ())
    is_words = not number.is_figures and _has_capital(text, place)
    is_words = is_words and not _has_capital(text, later + 2)
    return (is_time or is_words) and not is_people


def _has_capital(text: Passage, place: int) -> bool:
    return text.word(place).isalpha() and text.pieces.is_capital(place)


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

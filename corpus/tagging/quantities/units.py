"""Reads what is counted: the unit, currency or people after a number, or the sign before it."""

from __future__ import annotations

import re
from functools import lru_cache

from pinakes.corpus.tagging.pieces import word_set
from pinakes.corpus.tagging.quantities.pounds import POUNDS, is_weight_joined
from pinakes.corpus.tagging.quantities.reading import Number, Passage
from pinakes.corpus.tagging.quantities.signs import (
    BEFORE_HOURS,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    DIVISORS,
    DOLLARS,
    FUNCTION_WORDS,
    JOINERS,
    PERCENT_BEFORE,
    UNIT_SIGNS,
)
from pinakes.corpus.tagging.quantities.unit_words import (
    FEWEST_GRAMS,
    LENGTHS,
    POWERS,
    Unit,
    compound,
    phrase_at,
    with_per,
    word_at,
)

_SHELL = re.compile(r"[$][a-z_{(@*]", re.IGNORECASE)
_MILLION = 1_000_000
_DAY_HOURS = 24
_JOINED = word_set("km m cm mm mi ft in yd ha acres kg g t tons lb oz l gal MW GW MP %")
# What follows a sum in `$` and says whose dollars they are.
_WHOSE_DOLLARS = {"Australian": "AUD", "Canadian": "CAD"} | {
    code: code for code in ("AUD", "CAD", "NZD", "SGD", "HKD")
}


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
    # `WHERE id = $1;`, but `one euro = $1.08`
    is_given = text.word(mark - 1 - (text.class_at(mark - 1) == " ")) == "="
    if is_given and text.word(place + 1) == ";":
        return True
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
        is_term = text.word(place + 1) == "gram" and number.value < FEWEST_GRAMS
        return None if is_term else _joined(text, place + 1)
    written = text.written(place, place + 1)
    # `0L` is a number of a program.
    if written in UNIT_SIGNS and (is_apart or written not in {"m", "l", "L"}):
        power = POWERS.get(text.word(place + 1), "") if written in LENGTHS else ""
        if not power and text.class_at(place + 1) in "13z4N":
            # `rc 5 | l6:6:wait`
            return None
        name = "lb" if written == "lbs" else written + power
        unit = Unit(name, place + 1 + bool(power))
        return with_per(text, unit) or _with_divisor(text, unit)
    if not text.word(place).isalpha() or (not is_apart and text.word(place).isascii()):
        return None
    if text.word(place) in JOINERS and number.value >= _MILLION:
        place += 1 + (text.class_at(place + 1) in " '")
    return phrase_at(text, place) or word_at(text, place, number)


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
    power = POWERS.get(text.word(unit.place + 2), "") if divisor == "s" else ""
    return compound(unit.name, divisor + power, unit.place + 2 + bool(power))


def is_hour_of_day(text: Passage, number: Number, unit: Unit, place: int) -> bool:
    """Whether hours are those of the clock: `at 5 hours`, `в 5 часов`, `20 h`."""
    if unit.name != "h" or number.value > _DAY_HOURS:
        return False
    return text.word(place - 2) in BEFORE_HOURS

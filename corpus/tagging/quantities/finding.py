"""Finds the quantities in a text."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import NamedTuple

from pinakes.corpus.tagging.pieces import cut_pieces
from pinakes.corpus.tagging.quantities.counting import is_count, is_labelled, is_part_of_more
from pinakes.corpus.tagging.quantities.lexicon import SMALL, WORDED, lexicon_of, opening_pattern
from pinakes.corpus.tagging.quantities.numerals import write_number
from pinakes.corpus.tagging.quantities.people import (
    ends_name,
    is_of_name,
    is_of_ratio,
    may_be_version,
    may_be_year,
)
from pinakes.corpus.tagging.quantities.pounds import PoundsTold
from pinakes.corpus.tagging.quantities.reading import (
    Number,
    Passage,
    figures_end,
    read_number,
    read_second,
    read_sum_scale,
    scaled_as_next,
)
from pinakes.corpus.tagging.quantities.sides import is_change, is_second_half, is_size
from pinakes.corpus.tagging.quantities.unit_words import PEOPLE, Unit
from pinakes.corpus.tagging.quantities.units import (
    dollars_after,
    is_hour_of_day,
    unit_after,
    unit_before,
)

_SINGULAR = {
    "people": "person",
    "years": "year",
    "months": "month",
    "weeks": "week",
    "days": "day",
    "bytes": "byte",
    "bits": "bit",
    "pixels": "pixel",
    "acres": "acre",
    "tons": "ton",
    "barrels": "barrel",
    "cents": "cent",
    "cups": "cup",
    "pints": "pint",
    "quarts": "quart",
    "calories": "calorie",
    "lumens": "lumen",
}
# `<3`
_HEART = 3
# Of which there may be less than none.
_SIGNED = frozenset({"%", "°C", "°F", "pp"})


class Quantity(NamedTuple):
    """A quantity in a text: its pieces, `first` up to `end`, what it is and how it was told."""

    first: int
    end: int
    value: str
    how: str


def find_quantities(
    text: str, language: str, *, taken: Container[int], pounds_told: Callable[[], PoundsTold]
) -> Iterator[Quantity]:
    """Yield the quantities of a text in order, none of which overlap.

    Args:
        text: A passage.
        language: ISO 639-1 code; of one without words in the list only signs tell quantities.
        taken: The pieces that belong to something else, such as a date.
        pounds_told: Returns which pounds its article tells of.
    """
    pieces = cut_pieces(text, language)
    lexicon = lexicon_of(language)
    passage = Passage(pieces, lexicon, pounds_told=pounds_told)
    openings = opening_pattern()
    place = 0
    while opening := openings.search(passage.classes, place):
        first = opening.start()
        place = first + 1
        if first in taken:
            continue
        found = _read_quantity(passage, first)
        if isinstance(found, Quantity):
            yield found
            place = max(place, found.end)
        else:
            place = max(place, found)


def _read_quantity(text: Passage, place: int) -> Quantity | int:
    """Return the quantity at a place, or where to look for the next one."""
    is_words = text.class_at(place) in WORDED + SMALL
    number = read_number(text, place)
    if number is None:
        return place + 1 if is_words else figures_end(text, place)
    before = unit_before(text, place)
    if is_part_of_more(text, place, before):
        return number.end
    if before:
        number = read_sum_scale(text, number)
    ends = read_second(text, number, place)
    if ends and ends[2] and is_change(text, place):
        if unit_after(text, number) is None:
            return number.end
        ends = None
    first, last = ends[:2] if ends else (number, number)
    unit = before or unit_after(text, last)
    if ends and not (unit or last.is_scaled or last.is_grouped):
        # `3-1` is a score or a code; of `from 3 to 5` each may count by itself.
        if not ends[2]:
            return last.end
        if not is_count(text, place, last):
            ends, last = None, number
            first, unit = number, unit_after(text, number)
    end = last.end if unit is None or unit is before else unit.place
    if unit is before and before:
        whose = dollars_after(text, last, before)
        if whose:
            unit, end = before._replace(name=whose.name), whose.place
        elif not ends:
            first = last = scaled_as_next(text, number, before.place)
    if unit is None and not is_words and text.class_at(end) in "wgok":
        return end
    return _judge(text, place, (first, last), unit=unit, end=end)


def _judge(
    text: Passage, place: int, numbers: tuple[Number, Number], *, unit: Unit | None, end: int
) -> Quantity | int:
    """Return the quantity that numbers and their unit are, or where to look for the next one."""
    first, last = numbers
    how = _how_told(text, place, last, unit)
    minus = _minus(text, place, unit)
    if how is None or minus is None:
        return last.end
    value = write_number(first.value)
    if last.value != first.value:
        value += f"..{write_number(last.value)}"
    name = ""
    if unit is not None:
        name = f" {_SINGULAR.get(unit.name, unit.name) if value == '1' else unit.name}"
    is_before = unit is not None and unit.place < place
    start = unit.place if unit is not None and is_before else place - len(minus)
    return Quantity(start, end, minus + value + name, how)


def _how_told(text: Passage, place: int, last: Number, unit: Unit | None) -> str | None:
    """Return what tells that a number is a quantity, or None if it is none."""
    if is_labelled(text, place) and not (unit and unit.name in _SIGNED):
        return None
    if text.class_at(last.end) in "_@#" or _goes_on(text, last.end):
        return None
    if is_second_half(text, place) or (unit is None and is_size(text, place, last.end)):
        return None
    if unit is None:
        if _is_chapter(text, last) or (last.value == _HEART and text.word(place - 1) == "<"):
            return None
        if (last.is_scaled or last.is_grouped) and not last.is_vague:
            return "a number with its thousands or millions"
        return "a number of things" if is_count(text, place, last) else None
    if is_hour_of_day(text, last, unit, place) or may_be_year(text, place, last, unit):
        return None
    if may_be_version(text, place, last, unit) or is_of_ratio(text, place, last, unit):
        return None
    if is_of_name(text, place, last, unit) or ends_name(text, place, last, unit):
        return None
    return "a number of people" if unit.name == PEOPLE else f"a number with its unit, {unit.name}"


def _is_chapter(text: Passage, number: Number) -> bool:
    """Whether a number in words is a heading: `ONE HUNDRED TWO: The return`."""
    is_capital = not number.is_figures and text.pieces.is_capital(number.end - 1)
    return is_capital and text.lexicon.language == "en" and text.word(number.end) == ":"


def _goes_on(text: Passage, end: int) -> bool:
    after = text.class_at(end + 1)
    return text.class_at(end) in ".,:/-'" and after in "13z4N"


def _minus(text: Passage, place: int, unit: Unit | None) -> str | None:
    """Return the sign before a number, or None if the number is part of a compound."""
    if text.class_at(place - 1) != "-" or (unit is not None and unit.place < place):
        return ""
    if text.word(place - 1) == "—":
        return ""
    if text.class_at(place - 2) not in " s(\n*":
        return None
    return "-" if unit is not None and unit.name in _SIGNED else None

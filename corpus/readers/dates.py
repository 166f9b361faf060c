"""Reads dates as people and programs write them, into ISO 8601 with the precision found."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from pinakes.corpus.readers.month_names import month_numbers

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)"
    r"(?:[T ]+(\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?)?")
_YEAR_FIRST = re.compile(r"(\d{4})([./])(\d\d?)\2(\d\d?)")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_EAST_ASIAN = re.compile(
    r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일号]?)?)?"
    r"|(\d{4})\.\s+(\d{1,2})\.\s+(\d{1,2})\.?"
)
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?")
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d.*")
# As Java and JavaScript print a date: `Tue Mar 04 10:00:00 CET 2014`, `Tue Mar 04 2014 10:00 …`.
_CTIME = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d?) (?:(\d{4}) )?\d\d:\d\d(?::\d\d)?"
    r"(?: [A-Z]{3,4}(?:[+-]\d{4})?)?(?: \([^()]*\))?(?: (\d{4}))?"
)

_YEAR = r"(\d{4})(?!\d|[-.:/]\d)"
_DAY = r"(?<![\d.:/])(\d{1,2})(?:st|nd|rd|th|er|\.|º|°|-го)?"
_NAME = r"([^\W\d_][^\W\d_\u0300-\u036f]*[^\W\d_]?)"
_OF = r"(?:,?\s*(?:(?:of|de|del)\s+|d['’]\s*)|[\s-]+)"
_DAY_MONTH = re.compile(rf"{_DAY}{_OF}ב?{_NAME}\.?,?(?:\s+(?:de|del|of)\s+|[\s-]+){_YEAR}")
_MONTH_DAY = re.compile(rf"(?<![^\W\d_]){_NAME}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}")
_YEAR_MONTH_DAY = re.compile(
    rf"(?<![\d.:/])(\d{{4}})\.?,?\s+{_NAME}\.?\s+(\d{{1,2}})(?:st|nd|rd|th|\.)?(?![\d:])"
)
_MONTH_YEAR = re.compile(rf"{_NAME}\.?,?\s+(?:de\s+)?{_YEAR}")
_FOUND_NUMBERS = re.compile(
    r"(?<![\d./-])(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\s?[+-]\d\d:?\d\d|Z)?)?"
    r"|\d{4}([./])\d\d?\1\d\d?|\d{1,2}([./-])\d{1,2}\2\d{4}"
    r"|\d{4}\s*[年년]\s*\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일号]?|\d{4}\. \d{1,2}\. \d{1,2}\.)"
    r"(?![\d/]|[.-]\d)"
)
# What may stand around a written-out day: its name, "le", "10:30 Uhr", "г.", "-cı il", "сағ.".
_BEFORE = re.compile(
    r"(?:[^\W\d_]{2,12}(?:-feira)?\.?,?\s+)?(?:(?:le|el|il|den|am|on|the|a|em|в|на)\s+)?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s*г(?:\.|ода)?|\s*року|\s*р\.|-c[iıuü]\s+il|\s*m)?\.?"
    r"(?:[\s,|•·–—-]+(?:at|um|à|a|alle|às|a las|kl\.?|klo|o|om|г|в|о|saat|ora|στις)?\s*"
    r"\d{1,2}(?:[:.h]\s?\d\d|(?=\s*[ap]\.?m)|\s?uhr)(?!\d*\.\d{4}).{0,24})?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"[\s,|–—-]+(?:at|um|à|в|saat)?\s*\d{1,2}[:.]\d\d\b.{0,24}$", re.IGNORECASE)
_LONGEST = 80
# Somewhere it is tomorrow already.
_LEAD = timedelta(hours=14)


class DateOrder(Enum):
    """Whether the day or the month comes first in `03/04/2014`."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def read_date(text: str, *, order: DateOrder | None = None) -> str:
    """Return the one date that `text` is, as ISO 8601, or an empty string.

    Reads ISO 8601 with or without time, RFC 2822, seconds or milliseconds since 1970, what Java and
    JavaScript print, East Asian dates, and dates written out in some thirty languages. The clock
    time of a written-out date is left out. Two readings, as of `03/04/2014`, give an empty string
    unless `order` says which is meant: nothing is guessed.
    """
    text = " ".join(text.split())
    if not 4 <= len(text) <= _LONGEST:
        return ""
    try:
        return (
            _read_iso(text)
            or _read_digits(text, order)
            or _read_programs(text)
            or _read_words(text.casefold())
        )
    except (ValueError, OverflowError, OSError):
        return ""


class FoundDate(NamedTuple):
    """A whole day in a text: `text[start:end]`, and what it is in ISO 8601."""

    start: int
    end: int
    value: str


def find_dates(text: str, *, order: DateOrder | None = None) -> list[FoundDate]:
    """Return the whole days in a line such as `By N. Feldt, 4 March 2014 | Roads`, in order."""
    if not any(map(str.isdigit, text)):
        return []
    found = [
        FoundDate(match.start(), match.end(), day)
        for match in _FOUND_NUMBERS.finditer(text)
        if (day := read_date(match[0], order=order))
    ]
    folded = text.casefold()
    # Folding may lengthen a text; then no place in it could be told.
    if len(folded) == len(text):
        for pattern, order_of_groups in _WORD_PATTERNS:
            found += [
                FoundDate(match.start(), match.end(), day)
                for match in pattern.finditer(folded)
                if (day := _day_of(match, order_of_groups))
            ]
    apart: list[FoundDate] = []
    for one in sorted(found):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def is_after(value: str, moment: datetime) -> bool:
    """Whether a date in ISO 8601 is later than a moment, wherever on Earth it was written."""
    if "T" in value:
        written = datetime.fromisoformat(value)
        if written.tzinfo is None:
            return written.replace(tzinfo=UTC) > moment + _LEAD
        return written > moment
    return value > (moment + _LEAD).date().isoformat()[: len(value)]


def _read_iso(text: str) -> str:
    match = _ISO.fullmatch(text)
    if not match:
        return ""
    year, month, day, clock, zone = match.groups()
    if not month:
        return year if 1000 <= int(year) <= 2999 else ""
    written = date(int(year), int(month), int(day or 1)).isoformat()
    if not day:
        return written[:7]
    if not clock:
        return written
    zone = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", None: ""}.get(zone, zone)
    return datetime.fromisoformat(f"{written}T{clock.zfill(5)}{zone}").isoformat()


def _read_digits(text: str, order: DateOrder | None) -> str:
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        written = date(int(year), int(month), int(day)).isoformat()
        if not hour:
            return written
        return _read_iso(f"{written}T{hour}:{minute}:{second or '00'}{zone or ''}")
    bare = _CLOCK.sub("", text)
    if match := _YEAR_FIRST.fullmatch(bare):
        return date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    if match := _EAST_ASIAN.match(bare):
        return _read_east_asian(match)
    if match := _DAY_FIRST.fullmatch(bare):
        return _read_ambiguous(match, order)
    if match := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC).isoformat()
    return ""


def _read_east_asian(match: re.Match[str]) -> str:
    year, month, day = match.groups()[3:] if match[4] else match.groups()[:3]
    written = date(int(year), int(month or 1), int(day or 1)).isoformat()
    return written if day else written[:7] if month else written[:4]


def _read_ambiguous(match: re.Match[str], order: DateOrder | None) -> str:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or first == second:
        return date(year, second, first).isoformat()
    if first <= 12 and second <= 12:
        if order is None:
            return ""
        day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    else:
        day, month = max(first, second), min(first, second)
    return date(year, month, day).isoformat()


def _read_programs(text: str) -> str:
    if _RFC_2822.fullmatch(text):
        from email.utils import parsedate_to_datetime

        return parsedate_to_datetime(text).isoformat()
    if (match := _CTIME.fullmatch(text)) and (year := match[3] or match[4]):
        return _iso_day(year, match[1].casefold(), match[2])
    return ""


_WORD_PATTERNS = ((_DAY_MONTH, "dmy"), (_MONTH_DAY, "mdy"), (_YEAR_MONTH_DAY, "ymd"))


def _read_words(text: str) -> str:
    for pattern, order_of_groups in _WORD_PATTERNS:
        for match in pattern.finditer(text):
            if _is_around(text, match) and (day := _day_of(match, order_of_groups)):
                return day
    before = _BEFORE.match(text)
    for start in {0, before.end() if before else 0}:
        month = _MONTH_YEAR.match(text, start)
        number = month_numbers().get(month[1]) if month else None
        if month and number and _AFTER.fullmatch(text[month.end() :]):
            return date(int(month[2]), number, 1).isoformat()[:7]
    return ""


def _is_around(text: str, match: re.Match[str]) -> bool:
    return bool(_BEFORE.fullmatch(text[: match.start()]) and _AFTER.fullmatch(text[match.end() :]))


def _day_of(match: re.Match[str], order_of_groups: str) -> str:
    parts = dict(zip(order_of_groups, match.groups(), strict=True))
    return _iso_day(parts["y"], parts["m"], parts["d"])


def _iso_day(year: str, month: str, day: str) -> str:
    number = month_numbers().get(month)
    try:
        return date(int(year), number, int(day)).isoformat() if number else ""
    except ValueError:
        return ""

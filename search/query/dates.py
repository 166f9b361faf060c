"""Dates in queries: a year, a month or a day, and ranges of them, rounded outward."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date | None, date | None]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_AGO = re.compile(r"([0-9]{1,6})([dwmy])")
_BRACKETS = re.compile(r"\[\s*(\S+)\s+TO\s+(\S+)\s*\]")
_COMPARED = re.compile(r"(>=|<=|>|<|≥|≤)\s*(.+)", re.DOTALL)
_DAY = timedelta(days=1)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_YEARS_JOINED = re.compile(r"([0-9]{4})\s*(?:-|–|—|/|\.{3,}|…)\s*([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?(?:[T ].*)?", re.DOTALL)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


class BadDateError(Exception):
    """`reason` says what is wrong, for a person; `suggestion` is what to write, or empty."""

    def __init__(self, reason: str, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion


def read_days(field: str, text: str, *, today: date) -> Days:
    """Return the first and last day, both included, that `field:text` asks for; None is open.

    `date:2014` is the whole year, `date:2014..2015-03` ends with March, `date:>2014` begins
    with 2015. `after:` begins with the first day of its date, `before:` ends the day before it.
    `3m` is the day three months before `today`.

    Raises:
        BadDateError: `text` is no date, or no day satisfies it.
    """
    text = text.strip()
    try:
        if field == "after":
            return _read_date(text, today)[0], None
        if field == "before":
            return None, _step(_read_date(text, today)[0], -1)
        days = _read_range(text, today)
    except BadDateError as error:
        raise BadDateError(error.reason, error.suggestion or _suggest(text, today)) from error
    first, last = days
    if first is not None and last is not None and first > last:
        begins, dots, ends = text.partition("..")
        turned = f"{ends}..{begins}" if dots else f"{last}..{first}"
        raise BadDateError("the range ends before it begins", turned)
    return days


def _read_range(text: str, today: date) -> Days:
    if brackets := _BRACKETS.fullmatch(text):
        begins, ends = ("" if end == "*" else end for end in brackets.groups())
        return _read_ends(begins, ends, today)
    if compared := _COMPARED.fullmatch(text):
        first, last = _read_date(compared[2], today)
        match compared[1]:
            case ">=" | "≥":
                return first, None
            case "<=" | "≤":
                return None, last
            case ">":
                return _step(last, 1), None
            case _:
                return None, _step(first, -1)
    begins, dots, ends = text.partition("..")
    if dots:
        return _read_ends(begins, ends, today)
    if _AGO.fullmatch(text):
        raise BadDateError("a span of time needs `..`", f"{text}..")
    return _read_date(text, today)


def _read_ends(begins: str, ends: str, today: date) -> Days:
    first = _read_date(begins, today)[0] if begins else None
    last = _read_date(ends, today)[1] if ends else None
    if first is None and last is None:
        raise BadDateError("a range needs a date at one end at least")
    return first, last


def _read_date(text: str, today: date) -> tuple[date, date]:
    """Return the first and last day of a year, a month, a day, or so long before today."""
    if ago := _AGO.fullmatch(text):
        day = _go_back(today, int(ago[1]), ago[2])
        return day, day
    found = _DATE.fullmatch(text)
    if found is None:
        raise BadDateError("write a date as 2014, 2014-03 or 2014-03-04")
    year, month, day_of_month = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day_of_month or 1)
    except ValueError as error:
        raise BadDateError("there is no such day") from error
    if day_of_month:
        return first, first
    if month:
        return first, first.replace(day=monthrange(year, month)[1])
    return first, date(year, 12, 31)


def _go_back(today: date, count: int, unit: str) -> date:
    try:
        if unit in "dw":
            return today - timedelta(days=count * (7 if unit == "w" else 1))
        months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(today.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError) as error:
        raise BadDateError("that is before the year 1") from error


def _step(day: date, days: int) -> date:
    try:
        return day + days * _DAY
    except OverflowError as error:
        raise BadDateError("no day is left beyond it") from error


def _suggest(text: str, today: date) -> str:
    guess = _guess_numbers(text) or _guess_words(text)
    while guess:
        try:
            _read_range(guess, today)
        except BadDateError:
            # 2014-02-30 -> 2014-02: the part that does exist
            guess = "" if ".." in guess else guess.rpartition("-")[0]
        else:
            return guess
    return ""


def _guess_numbers(text: str) -> str:
    if joined := _YEARS_JOINED.fullmatch(text):
        return "..".join(sorted(joined.groups()))
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return "-".join(part.zfill(2) for part in found.groups() if part)
    if found := _YEAR_LAST.fullmatch(text):
        one, mark, other, year = int(found[1]), found[2], int(found[3]), found[4]
        if mark == "." or one > 12:
            return f"{year}-{other:02}-{one:02}"
        if other > 12 or one == other:
            return f"{year}-{one:02}-{other:02}"
    return ""


def _guess_words(text: str) -> str:
    """Guess at `4 March 2014`, `March 4, 2014`, `March 2014`."""
    words = re.findall(r"\w+", text.lower()[:40])
    months = [_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS]
    years = [word for word in words if re.fullmatch("[0-9]{4}", word)]
    days = [int(found[1]) for word in words if (found := re.fullmatch("([0-9]{1,2})[a-z]*", word))]
    if len(months) != 1 or len(years) != 1 or len(words) != 2 + len(days) or len(days) > 1:
        return ""
    return "-".join((years[0], f"{months[0]:02}", *(f"{day:02}" for day in days)))

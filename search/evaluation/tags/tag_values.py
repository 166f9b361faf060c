"""What the values of tags mean: days, and quantities."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_END = r"(?:([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[tT ].*)?)?)?)"
_DAYS = re.compile(rf"{_END}?(\.\.)?{_END}?", re.DOTALL)
_AMOUNT = r"-?[0-9]+(?:\.[0-9]+)?"
_QUANTITY = re.compile(rf"({_AMOUNT})?(\.\.)?({_AMOUNT})?(?:\s*(?![\d.])(\S.*))?", re.DOTALL)
MAX_DAY = date.max.toordinal()


def read_mention(value: str) -> tuple[int, int] | None:
    """Return the first and last day that a date means, as `date.toordinal` counts; None if unknown.

    A month or a day without a year (`--12-05`) is unknown.

    >>> read_mention("1987..1988") == (date(1987, 1, 1).toordinal(), date(1988, 12, 31).toordinal())
    True
    """
    found = _DAYS.fullmatch(value)
    if found is None or not (found[1] or found[5]):
        return None
    begins, ends = found.groups()[:3], found.groups()[4:7]
    if found[4] is None:
        if found[5]:
            return None
        ends = begins
    try:
        first = _days_of(*begins)[0] if begins[0] else 1
        last = _days_of(*ends)[1] if ends[0] else MAX_DAY
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _days_of(year: str, month: str | None, day: str | None) -> tuple[int, int]:
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        last = first
    elif month:
        last = first.replace(day=monthrange(first.year, first.month)[1])
    else:
        last = date(first.year, 12, 31)
    return first.toordinal(), last.toordinal()


class Amount(NamedTuple):
    """A quantity, or a range of them, both ends included."""

    first: float
    last: float
    unit: str


def read_amount(value: str) -> Amount | None:
    """Return what a quantity means; None if it is none.

    >>> read_amount("3200000 eur"), read_amount("1..2.5 %")
    (Amount(first=3200000.0, last=3200000.0, unit='eur'), Amount(first=1.0, last=2.5, unit='%'))
    """
    found = _QUANTITY.fullmatch(value)
    if found is None or not (found[1] or found[3]):
        return None
    if found[2] is None and found[3]:
        return None
    first = float(found[1]) if found[1] else float("-inf")
    last = first
    if found[2]:
        last = float(found[3]) if found[3] else float("inf")
    return Amount(first, last, found[4] or "") if first <= last else None

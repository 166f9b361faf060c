"""Ranges of numbers in queries: whole ones, and quantities with their units."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_BRACKETS = re.compile(r"\[\s*(\S+)\s+TO\s+(\S+)\s*\]")
_COMPARED = re.compile(r"(>=|<=|>|<|≥|≤)\s*([0-9]{1,15})")
_NUMBER = re.compile(r"[0-9]{1,15}")
_AMOUNT = r"[-+−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{1,30})?"
_UNIT = r"(?P<unit>[^\W\d_][^<>=*\"]*|[^\w\s<>=.,*?\"+\[\](){}-][^<>=*\"]*)?"
_QUANTITY = re.compile(
    rf"(?:(?P<sign>>=|<=|>|<|≥|≤)\s*(?P<one>{_AMOUNT})"
    rf"|\[\s*(?P<low>{_AMOUNT}|\*)\s+TO\s+(?P<high>{_AMOUNT}|\*)\s*\]"
    rf"|(?P<first>{_AMOUNT})?(?P<dots>\.\.)?(?P<last>{_AMOUNT})?)\s*{_UNIT}"
)


class BadNumberError(Exception):
    """`reason` says what is wrong, for a person; `suggestion` is what to write, or empty."""

    def __init__(self, reason: str, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion


class Amounts(NamedTuple):
    """A range of quantities.

    Attributes:
        first: The least; None is open.
        last: The most; None is open.
        excludes_end: Whether the only end that is given is not in the range.
        unit: What they are of, as typed; empty for any.
    """

    first: Decimal | None
    last: Decimal | None
    excludes_end: bool
    unit: str


def read_amounts(text: str) -> Amounts:
    """Return the range of quantities that a text asks for.

    >>> read_amounts(">1,500 people")
    Amounts(first=Decimal('1500'), last=None, excludes_end=True, unit='people')

    Raises:
        BadNumberError: `text` is no range, or no number is in it.
    """
    found = _QUANTITY.fullmatch(text.strip())
    if found is None:
        raise BadNumberError('write quantities as 500, >=500, 100..500 or "45 %"')
    unit = " ".join((found["unit"] or "").split())
    if sign := found["sign"]:
        number = _read_amount(found["one"])
        is_least = sign in (">", ">=", "≥")
        first, last = (number, None) if is_least else (None, number)
        return Amounts(first, last, sign in "<>", unit)
    if found["low"]:
        first, last = _read_amount(found["low"]), _read_amount(found["high"])
    else:
        first, last = _read_amount(found["first"]), _read_amount(found["last"])
        last = last if found["dots"] else first
    if first is None and last is None:
        raise BadNumberError("a range needs a number at one end at least")
    if first is not None and last is not None and first > last:
        raise BadNumberError("the range ends before it begins", f"{last:f}..{first:f}")
    return Amounts(first, last, False, unit)


def _read_amount(text: str | None) -> Decimal | None:
    if not text or text == "*":
        return None
    return Decimal(text.replace(",", "").replace("−", "-"))


def read_numbers(text: str) -> tuple[int | None, int | None]:
    """Return the least and the most that a text asks for, both included; None is open.

    >>> read_numbers(">500"), read_numbers("100..200"), read_numbers("[* TO 9]"), read_numbers("7")
    ((501, None), (100, 200), (None, 9), (7, 7))

    Raises:
        BadNumberError: `text` is no range, or no number is in it.
    """
    text = text.strip()
    if compared := _COMPARED.fullmatch(text):
        number = int(compared[2])
        match compared[1]:
            case ">=" | "≥":
                return number, None
            case ">":
                return number + 1, None
            case "<=" | "≤":
                return None, number
        if not number:
            raise BadNumberError("no number is below 0")
        return None, number - 1
    if brackets := _BRACKETS.fullmatch(text):
        begins, ends = ("" if end == "*" else end for end in brackets.groups())
    else:
        begins, dots, ends = text.partition("..")
        ends = ends if dots else begins
    first, last = _read_end(begins), _read_end(ends)
    if first is None and last is None:
        raise BadNumberError("a range needs a number at one end at least")
    if first is not None and last is not None and first > last:
        raise BadNumberError("the range ends before it begins", f"{last}..{first}")
    return first, last


def _read_end(text: str) -> int | None:
    if text and not _NUMBER.fullmatch(text):
        raise BadNumberError("write numbers as 500, >500, 100..500 or [100 TO 500]")
    return int(text) if text else None

"""Ranges of whole numbers in queries."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\[\s*(\S+)\s+TO\s+(\S+)\s*\]")
_COMPARED = re.compile(r"(>=|<=|>|<|≥|≤)\s*([0-9]{1,15})")
_NUMBER = re.compile(r"[0-9]{1,15}")


class BadNumberError(Exception):
    """`reason` says what is wrong, for a person; `suggestion` is what to write, or empty."""

    def __init__(self, reason: str, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion


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

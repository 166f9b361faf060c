"""Read the values of fields that ask for tags: `place:Geneva`, `mentions:1987..1989`."""

from __future__ import annotations

import re
from datetime import date

from pinakes.search.query.conditions import DateRange, Filter, Quantity, TagCondition
from pinakes.search.query.dates import BadDateError, read_days
from pinakes.search.query.numbers import BadNumberError, read_amounts
from pinakes.search.query.operators import has_wildcard

# ISO 8601 writes a month, or a day of one, of an unknown year so.
_WITHOUT_YEAR = re.compile(r"--[0-9]{2}(?:-[0-9]{2})?")


def tidy_tag(value: str) -> str:
    """Return `type` or `type:value`, without space around the colon or colons at the edges."""
    tag_type, _, rest = value.strip(": ").partition(":")
    return f"{tag_type.strip()}:{rest.strip()}" if rest else tag_type


def any_tag(tag_type: str, span: tuple[int, int]) -> Filter:
    """Return the condition that there is any tag of a type."""
    value = f"{tag_type}:*"
    return Filter(field="tag", value=value, is_pattern=True, start=span[0], end=span[1])


def read_tag(
    tag_type: str, value: str, span: tuple[int, int], *, is_bare: bool, today: date
) -> TagCondition | None:
    """Return the condition that a tag of a type has a value; None if no value is left.

    Args:
        tag_type: The field.
        value: As typed, white space collapsed, not empty.
        span: Where the condition stands in the query.
        is_bare: Whether it stands outside quotes, so that it may be a pattern.
        today: The day that relative dates count back from.

    Raises:
        BadDateError: It is no date, where a date is asked for.
        BadNumberError: It is no number, where one is asked for.
    """
    if is_bare and not value.strip("*"):
        return any_tag(tag_type, span)
    # A range in brackets has spaces, and a star of its own.
    is_pattern = is_bare and " " not in value and ("*" in value or has_wildcard(value))
    try:
        if tag_type == "mentions" and not _WITHOUT_YEAR.fullmatch(value):
            first, last = read_days("date", value, today=today)
            return DateRange(field="mentions", first=first, last=last, start=span[0], end=span[1])
        if tag_type == "number":
            amounts = read_amounts(value)._asdict()
            return Quantity(**amounts, start=span[0], end=span[1])
    except (BadDateError, BadNumberError):
        if not is_pattern:
            raise
    tidy = tidy_tag(f"{tag_type}:{value}")
    if ":" not in tidy:
        return None
    return Filter(field="tag", value=tidy, is_pattern=is_pattern, start=span[0], end=span[1])

"""When an article was published and when it was changed, of all the dates on its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.dates import DateOrder, is_after, read_date
from pinakes.corpus.readers.html.seen import Finding
from pinakes.corpus.readers.month_names import month_numbers

_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](\d\d?|[a-z]{3})[/-](\d\d?)(?:[/_-]|$)"
    r"|[/_-]((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.-]|$)|[/_]((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)"
)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)(?=[/_])")
_EARLIEST = "1500"
_WHOLE_DAY = 10


def choose_date(
    field: str, found: Iterable[Finding], order: DateOrder | None
) -> list[MetadataValue]:
    """Return the distinct dates found for a field, the first place's chosen.

    A date that another one only gives more exactly is no other date; if it lacks the day, the more
    exact one is chosen. A date yet to come is none.
    """
    values: dict[str, MetadataValue] = {}
    for item in found:
        if item.field != field or not (value := past_date(item.written, order)):
            continue
        if any(known.startswith(value) for known in values):
            continue
        values.setdefault(value, MetadataValue(field=field, value=value, origin=item.origin))
    dates = list(values.values())
    if dates and len(dates[0].value) < _WHOLE_DAY:
        exact = (one for one in dates[1:] if one.value.startswith(dates[0].value))
        if best := next(exact, None):
            dates = [best, *(one for one in dates[1:] if one is not best)]
    return [
        MetadataValue(field=field, value=one.value, origin=one.origin, chosen=index == 0)
        for index, one in enumerate(dates)
    ]


def past_date(written: str, order: DateOrder | None = None) -> str:
    """Return a date in ISO 8601, or nothing if it is none, or yet to come."""
    value = read_date(written, order=order)
    if not value or value[:4] < _EARLIEST or is_after(value, datetime.now(UTC)):
        return ""
    return value


def date_in_address(address: str) -> Iterator[Finding]:
    """Yield the day, or else the month, that an address was made of."""
    if match := _URL_DAY.search(address):
        year, month, day = (part for part in match.groups() if part)
        number = month_numbers().get(month, 0) if month.isalpha() else int(month)
        try:
            yield Finding("published", date(int(year), number, int(day)).isoformat(), "url:path")
        except ValueError:
            return
    elif (match := _URL_MONTH.search(address)) and 1 <= int(match[2]) <= 12:
        yield Finding("published", f"{match[1]}-{match[2]}", "url:path")

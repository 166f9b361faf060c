"""Places in time what is told from the day of writing: `yesterday`, `last Tuesday`, `next year`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from pinakes.corpus.tagging.dates.moments import Anchor, Moment, day_near, week_of
from pinakes.corpus.tagging.dates.spelling import Match

_MONTHS = 12


class Placed(NamedTuple):
    """A relative date in ISO 8601, with its pieces and how it was told."""

    first: int
    end: int
    value: str
    how: str


def place_relative(match: Match, anchor: Anchor | None) -> Placed | None:
    """Return what a relative date is, seen from the day of publication.

    Returns:
        None if the day of publication isn't known well enough: `last year` needs a year, `last
        month` a month, all else a day.
    """
    if anchor is None:
        return None
    value, how = _place_day(match, anchor) or _place_span(match, anchor) or ("", "")
    steps = match.with_role("day", "last", "next", "this")
    own = [*steps, *match.with_role("weekday", "week", "month_unit", "year", "month")]
    return Placed(min(own), match.end, value, how) if value else None


def _place_day(match: Match, anchor: Anchor) -> tuple[str, str] | None:
    today = anchor.of_day()
    days = match.with_role("day")
    weekdays = match.with_role("weekday")
    if today is None or not (days or weekdays):
        return None
    if days:
        is_after = match.value(days[0], "day") == 2
        day = today + timedelta(days=1 if is_after else -1)
        return day.isoformat(), "the day after" if is_after else "the day before"
    step = _step_of(match)
    if step == 0:
        return None
    day = day_near(today, match.value(weekdays[0], "weekday"), is_after=step > 0)
    return day.isoformat(), "the next day of that name" if step > 0 else "the last day of that name"


def _place_span(match: Match, anchor: Anchor) -> tuple[str, str] | None:
    step = _step_of(match)
    which = ("the same", "the next", "the last")[step]
    today = anchor.of_day()
    if match.with_role("week"):
        if today is None:
            return None
        return week_of(_shift_week(today, step)), f"{which} week from Monday to Sunday"
    if match.with_role("month_unit"):
        if anchor.month is None:
            return None
        month = anchor.year * _MONTHS + anchor.month - 1 + step
        return Moment(month // _MONTHS, month % _MONTHS + 1).iso(), f"{which} month"
    if match.with_role("year"):
        return Moment(anchor.year + step).iso(), f"{which} year"
    months = match.months()
    if not months or anchor.month is None:
        return None
    month = months[0][1]
    year = anchor.year
    if step < 0 and month >= anchor.month:
        year -= 1
    elif step > 0 and month <= anchor.month:
        year += 1
    return Moment(year, month).iso(), f"{which} month of that name"


def _shift_week(today: date, step: int) -> date:
    return today + timedelta(weeks=step)


def _step_of(match: Match) -> int:
    if match.with_role("last"):
        return -1
    return 1 if match.with_role("next") else 0

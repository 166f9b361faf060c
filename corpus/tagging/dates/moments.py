"""Points and stretches of time as they are told, and what they are in ISO 8601."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Tense(StrEnum):
    """What the words around a date say of it, seen from the day of publication."""

    PAST = "past"
    UNKNOWN = "unknown"
    AHEAD = "ahead"


# How far back and ahead a date without a year may lie, in days and in months: a year in all. What
# is said to come lies ahead, or has just passed.
_DAYS_BACK = {Tense.PAST: 363, Tense.UNKNOWN: 245, Tense.AHEAD: 30}
_MONTHS_BACK = {Tense.PAST: 11, Tense.UNKNOWN: 8, Tense.AHEAD: 1}
_MID_MONTH = 15
_MONTHS, _YEAR_DAYS = 12, 365


class Moment(NamedTuple):
    """A year, a month or a day, as far as it is told; without a year, a month comes every year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def is_possible(self) -> bool:
        """Whether the calendar has it."""
        if self.month is None or self.day is None:
            return True
        # A leap year stands for one that isn't told.
        year = 2000 if self.year is None else self.year
        return 1 <= self.month <= 12 and 1 <= self.day <= monthrange(year, self.month)[1]

    def iso(self) -> str:
        """Return `2014`, `2014-03`, `2014-03-05`, and without a year `--03`, `--03-05`."""
        written = "-" if self.year is None else f"{self.year:04}"
        for part in (self.month, self.day):
            written += "" if part is None else f"-{part:02}"
        return written


class Anchor(NamedTuple):
    """When an article was published, as far as it is known."""

    year: int
    month: int | None
    day: int | None

    def of_day(self) -> date | None:
        """Return the day, if it is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


def read_anchor(published: str) -> Anchor | None:
    """Return the day, month or year at the beginning of a date in ISO 8601, if there is one."""
    numbers = published[:10].split("-")
    if not all(number.isdecimal() for number in numbers) or len(numbers[0]) != 4:
        return None
    year, month, day = (*map(int, numbers), None, None)[:3]
    # What is dated from here may lie in the year before or after.
    if year is None or not MINYEAR < year < MAXYEAR:
        return None
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return Anchor(year, month, day)


def nearest_year(
    moment: Moment, anchor: Anchor, weekday: int | None, *, tense: Tense = Tense.UNKNOWN
) -> int | None:
    """Return the year of a moment told without one, seen from the day of publication.

    That is the year in which it lies at most eight months before it and four after, or one month
    before it and eleven after if it is said to come, or in the year before it if it has happened.
    If the day of the week is told, it is the one year next to that of publication in which it is
    right.

    Args:
        moment: Has a month.
        anchor: When the article was published.
        weekday: 1, Monday, to 7, if it is told.
        tense: Whether it is said to come, or to have happened.

    Returns:
        None if the month of publication isn't known, or no year fits.
    """
    if anchor.month is None or moment.month is None:
        return None
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    if moment.day is None:
        months = {year: (year - anchor.year) * 12 + moment.month - anchor.month for year in years}
        return next(year for year in years if 0 <= months[year] + _MONTHS_BACK[tense] < _MONTHS)
    today = date(anchor.year, anchor.month, anchor.day or _MID_MONTH)
    days = {
        year: date(year, moment.month, moment.day)
        for year in years
        if moment._replace(year=year).is_possible()
    }
    if weekday is not None:
        fitting = [year for year, day in days.items() if day.isoweekday() == weekday]
        return fitting[0] if len(fitting) == 1 else None
    back = timedelta(days=_DAYS_BACK[tense])
    return next(
        (year for year, day in days.items() if 0 <= (day - today + back).days < _YEAR_DAYS), None
    )


def day_near(today: date, weekday: int, *, is_after: bool) -> date:
    """Return the next day of that name after today, or the last before it."""
    if is_after:
        return today + timedelta(days=(weekday - today.isoweekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.isoweekday() - weekday - 1) % 7 + 1)


def week_of(day: date) -> str:
    """Return the week from Monday to Sunday that a day is in."""
    monday = day - timedelta(days=day.weekday())
    return f"{monday.isoformat()}..{(monday + timedelta(days=6)).isoformat()}"

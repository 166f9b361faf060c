"""What a match of the grammar says, before anything is known of the article around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pinakes.corpus.tagging.dates.lexicon import DAY, YEAR, Lexicon
from pinakes.corpus.tagging.dates.moments import Moment
from pinakes.corpus.tagging.pieces import Pieces, read_int

_MONTH_ROLES = ("month", "short_month")
_RANGE_MARKS = "-~"


class Mention(NamedTuple):
    """A date as it is written.

    Attributes:
        first: The first of its pieces.
        end: One past the last of them.
        begin: When it is, or when a range begins; None if that is open.
        until: When a range ends; None if that is open; equal to `begin` if it is no range.
        how: How it is written, for a person.
        weekday: 1, Monday, to 7, if it is told of a single day.
    """

    first: int
    end: int
    begin: Moment | None
    until: Moment | None
    how: str
    weekday: int | None = None


class Match(NamedTuple):
    """Pieces that a rule of the grammar matched, `first` up to `end`."""

    lexicon: Lexicon
    pieces: Pieces
    classes: str
    first: int
    end: int

    def places(self, classes: str) -> list[int]:
        """Return where pieces of these classes stand."""
        return [place for place in range(self.first, self.end) if self.classes[place] in classes]

    def with_role(self, *roles: str) -> list[int]:
        """Return where words of any of these roles stand."""
        return [
            place
            for place in range(self.first, self.end)
            if (its := self.lexicon.roles.get(self.pieces.words[place]))
            and any(role in its for role in roles)
        ]

    def number(self, place: int) -> int:
        """Return the number that stands at a place."""
        return read_int(self.pieces.words[place])

    def value(self, place: int, *roles: str) -> int:
        """Return the value of the word at a place, in the first of these roles that it has."""
        values = self.lexicon.roles.get(self.pieces.words[place], {})
        return next(values[role] for role in roles if role in values)

    def months(self) -> list[tuple[int, int]]:
        """Return where months are named, and which; `كانون الثاني` is one."""
        found = [
            (place, self.value(place, *_MONTH_ROLES)) for place in self.with_role(*_MONTH_ROLES)
        ]
        for place in self.with_role("levant"):
            is_first = self.pieces.words[place + 2].endswith("ول")
            is_winter = self.pieces.words[place].startswith("كا")
            month = (12 if is_first else 1) if is_winter else (10 if is_first else 11)
            found.append((place, month))
        return self._without_second_names(sorted(found))

    def _without_second_names(self, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
        # `كانون الأول/ديسمبر`: the same month by two names.
        return [
            one
            for one, before in zip(found, [None, *found], strict=False)
            if before is None or one[1] != before[1] or "/" not in self.classes[before[0] : one[0]]
        ]

    def is_range_between(self, start: int, end: int) -> bool:
        """Whether what stands between two places makes them ends of a range."""
        for place in range(start + 1, end):
            roles = self.lexicon.roles.get(self.pieces.words[place], {})
            if self.classes[place] in _RANGE_MARKS or "to" in roles or "until" in roles:
                return True
        return bool(self._opens("between"))

    def _opens(self, *roles: str) -> bool:
        its = self.lexicon.roles.get(self.pieces.words[self.first], {})
        return any(role in its for role in roles)

    def opens_since(self) -> bool:
        """Whether it begins with a word such as `since`."""
        return self._opens("since", "from_since")

    def opens_until(self) -> bool:
        """Whether it begins with a word such as `until`."""
        return self._opens("until")


def read_days(match: Match) -> Iterator[Mention]:
    """Read days of one month: `5 December 2022`, `5 and 6 December`, `December 5-7, 2022`."""
    (month_place, month), *_ = match.months()
    years = match.places(YEAR)
    year = match.number(years[-1]) if years else None
    listed = match.places(DAY)
    days = told_days(match, listed, month_place)
    stop = match.end if days[-1] == listed[-1] else _end_of_day(match, days[-1])
    how = f"a day and a month{' and a year' if years else ''} written out"
    moments = [Moment(year, month, match.number(place)) for place in days]
    last = len(days) - 1
    for number, moment in enumerate(moments):
        first = match.first if number == 0 and last == 0 else days[number]
        if number == 0 and days[0] > month_place:
            first = match.first if last == 0 else month_place
        if number < last and match.is_range_between(days[number], days[number + 1]):
            begin = match.first if number == 0 else first
            yield Mention(begin, stop, moment, moments[number + 1], f"a range of days, {how}")
            return
        end = stop if number == last else _end_of_day(match, days[number])
        if days[0] < month_place and number == last and last > 0:
            first = days[number]
        yield _single(match, Mention(first, end, moment, moment, how), is_only=last == 0)


def _single(match: Match, mention: Mention, *, is_only: bool) -> Mention:
    """Return a mention of one day with what stands before it: a day of the week, `since`."""
    if not is_only:
        return mention
    weekdays = match.with_role("weekday")
    weekday = match.value(weekdays[0], "weekday") if weekdays else None
    if match.opens_since():
        return mention._replace(until=None, how=f"{mention.how}, as a beginning")
    if match.opens_until():
        return mention._replace(begin=None, how=f"{mention.how}, as an end")
    own = [*weekdays, *match.places(DAY + YEAR), *(place for place, _ in match.months())]
    return mention._replace(first=min(own), weekday=weekday)


def told_days(match: Match, days: list[int], month_place: int) -> list[int]:
    """Return the days of a list that are joined to the month by more than a comma."""
    if len(days) < 2:
        return days
    if "," in match.classes[days[-2] : days[-1]] and not any(
        "and" in match.lexicon.roles.get(match.pieces.words[place], {})
        or "or" in match.lexicon.roles.get(match.pieces.words[place], {})
        for place in range(days[-2], days[-1])
    ):
        return days[:1] if days[0] > month_place else days[-1:]
    return days


def _end_of_day(match: Match, place: int) -> int:
    after = place + 1
    is_suffix = "suffix" in match.lexicon.roles.get(match.pieces.words[after], {})
    return after + 1 if is_suffix else after


def read_two_days(match: Match) -> Iterator[Mention]:
    """Read two days of different months: `5 December 2022 to 3 January 2023`."""
    (first_month, one), (second_month, two) = match.months()
    days = match.places(DAY)
    years = match.places(YEAR)
    second = min(days[1], second_month)
    early, late = _years_of_two(match, years, second, is_next=one > two)
    begin = Moment(early, one, match.number(days[0]))
    until = Moment(late, two, match.number(days[1]))
    how = "two days and their months written out"
    if match.is_range_between(max(days[0], first_month), second):
        yield Mention(match.first, match.end, begin, until, f"{how}, as a range")
        return
    if len(years) == 1 and one > two:
        # `May 5, 2020 and March 3` doesn't tell the year of the second.
        is_of_first = years[0] < second
        begin = begin._replace(year=early if is_of_first else late)
        until = until._replace(year=None if is_of_first else late)
    first_end = max([days[0], first_month, *(year for year in years if year < second)]) + 1
    yield Mention(min(days[0], first_month), first_end, begin, begin, how)
    yield Mention(second, match.end, until, until, how)


def _years_of_two(
    match: Match, years: list[int], second: int, *, is_next: bool
) -> tuple[int | None, int | None]:
    """Return the years of two days or months, the second of which begins at `second`.

    Of one year, the other is the same, or where the months run back (`is_next`) that beside it:
    `December 2022 to January 2023` and `20 December 2022 to 3 January` are both over the new year.
    """
    if not years:
        return None, None
    early, late = match.number(years[0]), match.number(years[-1])
    if len(years) == 1 and is_next:
        return (early, late + 1) if years[0] < second else (early - 1, late)
    return early, late


def read_months(match: Match) -> Iterator[Mention]:
    """Read months: `March 2014`, `March to May 2014`, `in March`."""
    months = match.months()
    years = match.places(YEAR)
    year = match.number(years[-1]) if years else None
    how = f"a month{' and a year' if years else ' without a year'}"
    if len(months) == 1:
        moment = Moment(year, months[0][1])
        own = [months[0][0], *years, *match.with_role("part")]
        mention = Mention(min(own), match.end, moment, moment, how)
        if match.opens_since() and not match.with_role("part"):
            mention = mention._replace(first=match.first, until=None, how=f"since {how}")
        elif match.opens_until():
            mention = mention._replace(first=match.first, begin=None, how=f"until {how}")
        yield mention
        return
    (first, one), (second, two) = months
    early, late = _years_of_two(match, years, second, is_next=one > two)
    begin, until = Moment(early, one), Moment(late, two)
    if match.is_range_between(first, second):
        yield Mention(match.first, match.end, begin, until, "a range of months")
        return
    begin = begin if len(years) == 2 else begin._replace(year=year)
    first_end = max(first, *(place for place in years if place < second), first) + 1
    yield Mention(first, first_end, begin, begin, how)
    yield Mention(second, match.end, until, until, how)

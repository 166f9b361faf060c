"""What a match of the grammar says that names years and figures rather than days and months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pinakes.corpus.tagging.dates.lexicon import DAY, NUMBER, YEAR
from pinakes.corpus.tagging.dates.moments import Moment
from pinakes.corpus.tagging.dates.spelling import Match, Mention
from pinakes.corpus.tagging.dates.words import DAY_FIRST

# The first and last month of spring, summer and autumn; winter lies in two years.
_SEASONS = ((3, 5), (6, 8), (9, 11))
_LONGEST_YEARS = 1000
# Decades that are told without their century.
_LAST_CENTURY, _DOUBTFUL_CENTURY = 2000, 1900
_SHORT_DECADES = (1920, 1990)


def read_iso(match: Match) -> Iterator[Mention]:
    """Read `2022-12-05`."""
    year, month, day = map(match.number, match.places(YEAR + DAY))
    if len(match.pieces.words[match.first + 2]) == 2:
        moment = Moment(year, month, day)
        yield Mention(match.first, match.end, moment, moment, "a date in ISO 8601")


def read_marked(match: Match) -> Iterator[Mention]:
    """Read `2022年12月5日`."""
    years = match.places(YEAR)
    days = match.places(DAY)
    months = match.with_role("month_mark")
    moment = Moment(
        match.number(years[0]) if years else None,
        match.number(days[0]) if months else None,
        match.number(days[1]) if match.with_role("day_mark") else None,
    )
    yield Mention(match.first, match.end, moment, moment, "figures with marks of year, month, day")


def read_decade(match: Match) -> Iterator[Mention]:
    """Read `the 1990s`, `'90s`, `90-е годы`."""
    (place, *_) = match.places(YEAR + NUMBER + DAY)
    year = match.number(place)
    if match.classes[place] != YEAR:
        year = 1900 + year
    is_whole = year % 10 == 0
    if not is_whole or (
        match.classes[place] != YEAR and not _SHORT_DECADES[0] <= year <= _SHORT_DECADES[1]
    ):
        return
    # `The 1700s` are a hundred years, `the 1900s` a hundred or ten.
    is_century = match.lexicon.language == "en" and year % 100 == 0 and year < _LAST_CENTURY
    if is_century and year == _DOUBTFUL_CENTURY:
        return
    begin: Moment | None = Moment(year)
    until: Moment | None = Moment(year + (99 if is_century else 9))
    if match.opens_since():
        until = None
    elif match.opens_until():
        begin = None
    yield Mention(match.first, match.end, begin, until, "a century" if is_century else "a decade")


def read_quarter(match: Match) -> Iterator[Mention]:
    """Read `Q3 2021`, `the third quarter of 2021`."""
    (year_place, *_) = match.places(YEAR)
    days = match.places(DAY)
    roles = ("ordinal", "roman")
    ordinals = match.with_role(*roles)
    quarter = match.number(days[0]) if days else match.value(ordinals[0], *roles)
    year = match.number(year_place)
    if 1 <= quarter <= 4:
        begin, until = Moment(year, 3 * quarter - 2), Moment(year, 3 * quarter)
        yield Mention(match.first, match.end, begin, until, "a quarter of a calendar year")


def read_season(match: Match) -> Iterator[Mention]:
    """Read `spring 2020`, by the seasons of the north; a winter stands for its year."""
    (place, *_) = match.with_role("season")
    season = match.value(place, "season")
    year = match.number(match.places(YEAR)[-1])
    if season > len(_SEASONS):
        yield Mention(match.first, match.end, Moment(year), Moment(year), "a winter, by its year")
        return
    first, last = _SEASONS[season - 1]
    how = "a season of the northern half of the Earth, in whole months"
    yield Mention(match.first, match.end, Moment(year, first), Moment(year, last), how)


def read_years(match: Match) -> Iterator[Mention]:
    """Read `between 1987 and 1989`, `1987-89`, `2013/14`."""
    (first, *others) = match.places(YEAR + NUMBER + DAY)
    begin, late = match.number(first), match.number(others[-1])
    written = match.pieces.words[others[-1]]
    if len(written) == 2:
        late += begin - begin % 100
        mark = match.pieces.text[match.pieces.starts[first + 1]]
        # `2004-05` is a month as well as a range, `2004/07` no year at all.
        if mark == "/" and late != begin + 1:
            return
        if mark == "-" and match.classes[others[-1]] == DAY and int(written) <= 12:
            return
    elif len(written) != 4:
        return
    if begin < late < begin + _LONGEST_YEARS:
        yield Mention(match.first, match.end, Moment(begin), Moment(late), "a range of years")


def read_year(match: Match) -> Iterator[Mention]:
    """Read `in 1987`, `since 1987`, `1987 года`, `(1987)`."""
    (place, *_) = match.places(YEAR)
    moment = Moment(match.number(place))
    last = match.end
    if match.with_role("since_after"):
        yield Mention(place, last, moment, None, "since a year")
    elif match.with_role("until_after"):
        yield Mention(place, last, None, moment, "until a year")
    elif match.opens_since() and not match.with_role("part"):
        yield Mention(match.first, last, moment, None, "since a year")
    elif match.opens_until() and not match.with_role("part"):
        yield Mention(match.first, last, None, moment, "until a year")
    else:
        own = [place, *match.with_role("part"), *match.with_role("year")]
        yield Mention(min(own), last, moment, moment, "a year after a word or a mark that says so")


def read_year_list(match: Match) -> Iterator[Mention]:
    """Read `in 2014 and 2015`: each year by itself."""
    for place in match.places(YEAR):
        moment = Moment(match.number(place))
        yield Mention(place, place + 1, moment, moment, "a year among others after a word for them")


_FIGURES = re.compile(r"(\d+)(\. |[./-])(\d+)\2(\d+)")
_FARTHEST_WEEKDAY = 4
# What may stand between a day of the week and its date: no end of a sentence or of a line.
_AFTER_WEEKDAY = re.compile(r"[ \u00a0\u202f,:()–—-]{1,4}")


def read_figures(match: Match, *, is_day_first: bool | None) -> Iterator[Mention]:
    """Read `05.12.2022`, `2022/12/05`, `12/05/2022`.

    Args:
        match: What was matched.
        is_day_first: Whether the day comes before the month, where both would do and no full stops
            stand between; None if that isn't known, and then there is no mention.
    """
    starts = match.pieces.starts
    found = _FIGURES.fullmatch(match.pieces.text[starts[match.first] : starts[match.end]])
    if not found:
        return
    first, second, third = (int(found[group]) for group in (1, 3, 4))
    told = _by_weekday(match, (Moment(third, second, first), Moment(third, first, second)))
    if len(found[1]) == 4:
        moment = Moment(first, second, third)
    elif told is not None:
        moment = told
    elif found[2].startswith(".") or first > 12 or is_day_first:
        moment = Moment(third, second, first)
    elif second > 12 or first == second or is_day_first is False:
        moment = Moment(third, first, second)
    else:
        return
    yield Mention(match.first, match.end, moment, moment, "a date in figures")


def _by_weekday(match: Match, orders: tuple[Moment, Moment]) -> Moment | None:
    """Return which order of day and month the day of the week right before tells.

    `Monday, 11.05.2012` is in November. None if it tells none, or the language has but one.
    """
    if match.lexicon.language in DAY_FIRST:
        return None
    place = match.first - 1
    words, starts = match.pieces.words, match.pieces.starts
    while place > max(0, match.first - _FARTHEST_WEEKDAY) and not words[place].isalpha():
        place -= 1
    roles = match.lexicon.roles.get(words[place], {}) if place >= 0 else {}
    if "weekday" not in roles or not _AFTER_WEEKDAY.fullmatch(
        match.pieces.text, starts[place + 1], starts[match.first]
    ):
        return None
    fitting = {
        moment
        for moment in orders
        if moment.is_possible() and _weekday_of(moment) == roles["weekday"]
    }
    return fitting.pop() if len(fitting) == 1 else None


def _weekday_of(moment: Moment) -> int:
    return date(*(part or 1 for part in moment)).isoweekday()

"""Tags dates and ranges written in a text, in ISO 8601 with the precision found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.dates.completing import anchor_of, is_of_another_time, tell_year
from pinakes.corpus.tagging.dates.finding import FoundDates, find_written_dates
from pinakes.corpus.tagging.dates.moments import Moment
from pinakes.corpus.tagging.dates.relative import Placed, place_relative
from pinakes.corpus.tagging.dates.spelling import Match, Mention
from pinakes.corpus.tagging.dates.weekdays import find_weekdays
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, tagger

INFERRED = "inferred"
INFERRED_CONFIDENCE = 0.75
"""Readers found 9 of 17 such tags right (a choice, as these are few)."""
_LONGEST_OF = 6
_OF = re.compile(r",?\s(?:(?:of|des|de la|de l['’]|de l|del|de)\s?)?")
# To look for a figure first takes half of the time.
_SLASHED = re.compile(r"(?=\d)(?<![\d/.-])(\d\d?)/(\d\d?)/\d{4}(?![\d/])")


@tagger("mentions", version=4, types=("mentions",))
def tag_mentions(passage: PassageText) -> Iterator[FoundTag]:
    """Yield a tag for each date and range of a passage, in no order."""
    article = passage.article
    # Rows of a table do not go on from one to the next.
    text = passage.text.replace("\n", "|") if passage.kind is Kind.TABLE else passage.text
    found = find_written_dates(text, passage.language, is_day_first=article.once(is_day_first))
    anchor = article.once(anchor_of)
    today = anchor.of_day() if anchor else None
    if today is not None:
        yield from _tag_weekdays(passage, found, today)
    if not (found.mentions or found.relatives):
        return
    starts = found.pieces.starts
    of_years = _relative_years(found, passage.text)
    for mention in found.mentions:
        start, end = starts[mention.first], starts[mention.end]
        of_year = of_years.get(mention.end)
        placed = place_relative(of_year, anchor) if of_year else None
        if placed is not None:
            yield _tag_with_year(mention, placed, starts)
        else:
            yield _tag_mention(passage, mention, start=start, end=end)
    for match in found.relatives if anchor else ():
        if match in of_years.values():
            continue
        if placed := place_relative(match, anchor):
            yield FoundTag(
                type="mentions",
                value=placed.value,
                start=starts[placed.first],
                end=starts[placed.end],
                reason=f"{placed.how}, seen from the day of publication, {article.published[:10]}",
                variant=INFERRED,
                confidence=INFERRED_CONFIDENCE,
            )


def _tag_weekdays(passage: PassageText, found: FoundDates, today: date) -> Iterator[FoundTag]:
    """Yield tags for the days of the week that stand alone, where no other time is told before."""
    weekdays = list(find_weekdays(passage.text, passage.language, today))
    if not weekdays or is_of_another_time(passage, weekdays[0].start):
        return
    starts = found.pieces.starts
    taken = [(starts[one.first], starts[one.end]) for one in found.mentions]
    taken += [(starts[one.first], starts[one.end]) for one in found.relatives]
    for weekday in weekdays:
        if all(weekday.end <= start or end <= weekday.start for start, end in taken):
            yield FoundTag(
                type="mentions",
                value=weekday.day.isoformat(),
                start=weekday.start,
                end=weekday.end,
                reason=f"{weekday.how}, seen from the day of publication, {today.isoformat()}",
                variant=INFERRED,
                confidence=INFERRED_CONFIDENCE,
            )


def is_day_first(article: ArticleText) -> bool | None:
    """Whether dates such as `13/05/2022` in an article put the day first; None if none tells."""
    if "/" not in article.text:
        return None
    orders = {
        int(first) > int(second)
        for first, second in _SLASHED.findall(article.text)
        if max(int(first), int(second)) > 12 >= min(int(first), int(second))
    }
    return orders.pop() if len(orders) == 1 else None


def _tag_mention(passage: PassageText, mention: Mention, *, start: int, end: int) -> FoundTag:
    begin, until, reason, variant = mention.begin, mention.until, mention.how, ""
    moments = [moment for moment in (begin, until) if moment is not None]
    if any(moment.year is None for moment in moments):
        year, why = tell_year(passage, mention, start)
        reason = f"{reason}; {why}"
        if year is not None:
            begin, until = _with_years(begin, until, year)
            variant = INFERRED
    return FoundTag(
        type="mentions",
        value=_value_of(begin, until),
        start=start,
        end=end,
        reason=reason,
        variant=variant,
        confidence=INFERRED_CONFIDENCE if variant else 1.0,
    )


def _relative_years(found: FoundDates, text: str) -> dict[int, Match]:
    """Return the relative years that tell that of a month, by where its mention ends.

    `March of last year`, `im März vergangenen Jahres`
    """
    ends = {one.end for one in found.mentions if one.begin == one.until and _lacks_year(one)}
    starts = found.pieces.starts
    of_years: dict[int, Match] = {}
    for match in found.relatives:
        for end in range(match.first - _LONGEST_OF, match.first):
            if end in ends and _OF.fullmatch(text, starts[end], starts[match.first]):
                is_year = match.with_role("year") and not match.with_role("month")
                of_years |= {end: match} if is_year else {}
    return of_years


def _lacks_year(mention: Mention) -> bool:
    return mention.begin is not None and mention.begin.year is None


def _tag_with_year(mention: Mention, placed: Placed, starts: list[int]) -> FoundTag:
    begin, until = _with_years(mention.begin, mention.until, int(placed.value))
    return FoundTag(
        type="mentions",
        value=_value_of(begin, until),
        start=starts[mention.first],
        end=starts[placed.end],
        reason=f"{mention.how}, of {placed.how}, seen from the day of publication",
        variant=INFERRED,
        confidence=INFERRED_CONFIDENCE,
    )


def _with_years(
    begin: Moment | None, until: Moment | None, year: int
) -> tuple[Moment | None, Moment | None]:
    """Return both ends with a year: that of the first, or the next one if they would run back."""
    if begin is None:
        return None, until and until._replace(year=year)
    placed = begin._replace(year=year)
    if until is None:
        return placed, None
    is_next = (until.month or 0, until.day or 0) < (begin.month or 0, begin.day or 0)
    return placed, until._replace(year=year + is_next)


def _value_of(begin: Moment | None, until: Moment | None) -> str:
    first = "" if begin is None else begin.iso()
    last = "" if until is None else until.iso()
    return first if first == last else f"{first}..{last}"

"""Tags dates and ranges written in a text, in ISO 8601 with the precision found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.corpus.tagging.dates.completing import anchor_of, tell_year
from pinakes.corpus.tagging.dates.finding import find_written_dates
from pinakes.corpus.tagging.dates.moments import Moment
from pinakes.corpus.tagging.dates.relative import place_relative
from pinakes.corpus.tagging.dates.spelling import Mention
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, tagger

INFERRED = "inferred"
_SLASHED = re.compile(r"(?<![\d/.-])(\d\d?)/(\d\d?)/\d{4}(?![\d/])")


@tagger("mentions", version=1, types=("mentions",))
def tag_mentions(passage: PassageText) -> Iterator[FoundTag]:
    """Yield a tag for each date and range of a passage, in no order."""
    article = passage.article
    found = find_written_dates(
        passage.text, passage.language, is_day_first=article.once(is_day_first)
    )
    if not (found.mentions or found.relatives):
        return
    anchor = article.once(anchor_of)
    starts = found.pieces.starts
    for mention in found.mentions:
        start, end = starts[mention.first], starts[mention.end]
        yield _tag_mention(passage, mention, start=start, end=end)
    for match in found.relatives if anchor else ():
        if placed := place_relative(match, anchor):
            yield FoundTag(
                type="mentions",
                value=placed.value,
                start=starts[placed.first],
                end=starts[placed.end],
                reason=f"{placed.how}, seen from the day of publication, {article.published[:10]}",
                variant=INFERRED,
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

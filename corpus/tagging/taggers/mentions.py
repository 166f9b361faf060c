"""Tags dates and ranges written in a text, in ISO 8601 with the precision found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from pinakes.corpus.tagging.dates.finding import find_written_dates
from pinakes.corpus.tagging.dates.moments import Anchor, Moment, nearest_year, read_anchor
from pinakes.corpus.tagging.dates.relative import place_relative
from pinakes.corpus.tagging.dates.spelling import Mention
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, tagger

INFERRED = "inferred"
_SLASHED = re.compile(r"(?<![\d/.-])(\d\d?)/(\d\d?)/\d{4}(?![\d/])")
_YEAR = re.compile(r"(?<![\d.,/-])(?:1[0-9]|20)\d\d(?![\d/]|[.,-]\d)")
_AHEAD = re.compile(
    r"\b(?:will|until|till|deadline|upcoming|scheduled|due|expected to|is to|are to|set to"
    r"|wird|werden|sera|seront|aura lieu|será|serán|tendrá|sarà|saranno|terá"
    r"|будет|будут|состоится|состоятся|пройд[её]т|пройдут|відбудеться|będzie|odbędzie"
    r"|olacak|yapılacak|düzenlenecek|keçiriləcək|olacaq|سوف|المقبل|القادم)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;!?\n]|\.\s|,? (?:and|but|und|aber|et|mais|y|pero|и|а|но|ve|ama) ")
_NEAR_BEFORE, _NEAR_AFTER = 70, 50
_LOOK_BACK = 600
_PAST_YEARS = 3
_LEAST_YEARS = 5


@tagger("mentions", version=1, types=("mentions",))
def tag_mentions(passage: PassageText) -> Iterator[FoundTag]:
    """Yield a tag for each date and range of a passage, in no order."""
    article = passage.article
    found = find_written_dates(
        passage.text, passage.language, is_day_first=article.once(is_day_first)
    )
    if not (found.mentions or found.relatives):
        return
    anchor = article.once(_anchor_of)
    starts = found.pieces.starts
    for mention in found.mentions:
        start, end = starts[mention.first], starts[mention.end]
        yield _tag_mention(passage, mention, anchor=anchor, span=(start, end))
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


def _anchor_of(article: ArticleText) -> Anchor | None:
    return read_anchor(article.published)


def _tells_of_the_past(article: ArticleText) -> bool:
    """Whether most of the years that an article names are long before it was published."""
    anchor = article.once(_anchor_of)
    years = [int(year) for year in _YEAR.findall(article.text)]
    if anchor is None or len(years) < _LEAST_YEARS:
        return False
    return anchor.year - median(years) > _PAST_YEARS


def _tag_mention(
    passage: PassageText, mention: Mention, *, anchor: Anchor | None, span: tuple[int, int]
) -> FoundTag:
    begin, until, reason, variant = mention.begin, mention.until, mention.how, ""
    moments = [moment for moment in (begin, until) if moment is not None]
    if any(moment.year is None for moment in moments):
        year, why = _year_of(passage, mention, anchor, span[0])
        reason = f"{reason}; {why}"
        if year is not None:
            begin, until = _with_years(begin, until, year)
            variant = INFERRED
    return FoundTag(
        type="mentions",
        value=_value_of(begin, until),
        start=span[0],
        end=span[1],
        reason=reason,
        variant=variant,
    )


def _is_ahead(text: str, start: int) -> bool:
    """Whether the words of a date's clause say that it is to come."""
    before = _CLAUSE_END.split(text[max(0, start - _NEAR_BEFORE) : start])[-1]
    after = _CLAUSE_END.split(text[start : start + _NEAR_AFTER], maxsplit=1)[0]
    return bool(_AHEAD.search(f"{before}{after}"))


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


def _year_of(
    passage: PassageText, mention: Mention, anchor: Anchor | None, start: int
) -> tuple[int | None, str]:
    """Return the year of a mention without one, if it can be told, and why."""
    article = passage.article
    if anchor is None:
        return None, "no year, as the article has no day of publication"
    moment = mention.begin or mention.until or Moment()
    year = nearest_year(moment, anchor, mention.weekday, is_ahead=_is_ahead(passage.text, start))
    if year is None:
        return None, f"no year, as none fits the publication, {article.published}"
    if (moment.month, moment.day) == (9, 11):
        return None, "no year, as this day mostly stands for that of 2001"
    place = passage.start + start
    before = _YEAR.findall(article.text, max(0, place - _LOOK_BACK), place)
    if before and abs(int(before[-1]) - anchor.year) > 1:
        return None, f"no year, as {before[-1]} was named before"
    if article.once(_tells_of_the_past):
        return None, "no year, as the article tells of the past"
    return year, f"the year is that nearest to the publication, {article.published[:10]}"


def _value_of(begin: Moment | None, until: Moment | None) -> str:
    first = "" if begin is None else begin.iso()
    last = "" if until is None else until.iso()
    return first if first == last else f"{first}..{last}"

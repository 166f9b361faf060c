"""Tells the year of a date that is written without one, from the article around it."""

from __future__ import annotations

import re
from statistics import median
from typing import NamedTuple

from pinakes.corpus.readers.month_names import month_numbers
from pinakes.corpus.tagging.dates.moments import Anchor, Moment, Tense, nearest_year, read_anchor
from pinakes.corpus.tagging.dates.spelling import Mention
from pinakes.corpus.tagging.pieces import word_set
from pinakes.corpus.tagging.tagger import ArticleText, PassageText

# That a date is to come.
_AHEAD = re.compile(
    r"\b(?:will|until|till|deadline|upcoming|scheduled|due|expected to|is to|are to|set to"
    r"|wird|werden|sera|seront|aura lieu|será|serán|tendrá|sarà|saranno|terá"
    r"|будет|будут|состоится|состоятся|пройд[её]т|пройдут|відбудеться|będzie|odbędzie"
    r"|olacak|yapılacak|düzenlenecek|keçiriləcək|olacaq|سوف|المقبل|القادم)\b",
    re.IGNORECASE,
)
# That it comes again each year.
_YEARLY = re.compile(
    r"\b(?:annually|yearly|(?:each|every) (?:year|spring|summer|autumn|fall|winter)"
    r"|alljährlich|jährlich|jedes Jahr|chaque année|tous les ans|cada año|todos los años"
    r"|ежегодно|каждый год|her yıl|كل عام|كل سنة)\b",
    re.IGNORECASE,
)
# The same, if one of few words before the date: `typically in late May`.
_MOSTLY = re.compile(
    r"\b(?:typically|usually|normally|generally|traditionally|üblicherweise|gewöhnlich|normalerweise"
    r"|meistens|généralement|habituellement|d['’]ordinaire|normalmente|generalmente|habitualmente"
    r"|обычно|genellikle|عادة)(?: [^\W\d_]+){0,3} ?\Z",
    re.IGNORECASE,
)
# What is told to have happened, right before the date: `came out in`, but not `is now opened in`.
_HAPPENED = re.compile(
    r"\b(?:came(?: out)?|went|took place|began|died|opened|closed|launched|released|arrived|debuted"
    r"|premiered|started|ended|finished|happened|occurred|resigned|retired|collapsed)"
    r" (?:back )?(?:in|on)(?: (?:early|late|mid))?[ -]\Z"
)
_MAY_BE_AHEAD = re.compile(
    r"\b(?:be|is|are|being|gets?|getting|should have|would have)(?: [^\W\d_]+)? \Z"
)
_CLAUSE_END = re.compile(r"[;!?\n]|\.\s|,? (?:and|but|und|aber|et|mais|y|pero|и|а|но|ve|ama) ")
_NEAR_BEFORE, _NEAR_AFTER = 70, 50
# How many code points before a date another year keeps it from that of publication.
_LOOK_BACK = 600
# From how many years on, and how long before publication by their median, they tell of the past.
_LEAST_YEARS, _PAST_YEARS = 5, 3
_YEAR = re.compile(r"(?<![\d.,/-])(?:1[0-9]|20)\d\d(?![\d/]|[.,-]\d)")
_BEFORE_YEAR = word_set(
    "in since until by between im jahr jahre seit bis en depuis desde nel em в с до у w عام سنة في"
)
_AFTER_YEAR = re.compile(r"(?:-c\w)? ?(?:года|году|г\.|yılı|['’]d[ea]|il|年|roku|року|році)")
_WORD = re.compile(r"[^\W\d_]+")
# How far before a year its month may begin, with a day between: `September 15th, 1941`.
_LONGEST_MONTH = 20


class ToldYear(NamedTuple):
    """The year of a date, None if it can't be told, and why."""

    year: int | None
    why: str


def anchor_of(article: ArticleText) -> Anchor | None:
    """Return when an article was published, if that is known."""
    return read_anchor(article.published)


def tell_year(passage: PassageText, mention: Mention, start: int) -> ToldYear:
    """Return the year of a mention without one.

    Args:
        passage: What it stands in.
        mention: Has a month.
        start: Its first code point in the passage.
    """
    article = passage.article
    anchor = article.once(anchor_of)
    if anchor is None:
        return ToldYear(None, "no year, as the article has no day of publication")
    moment = mention.begin or mention.until or Moment()
    clause = _clause_around(passage.text, start)
    lead = passage.text[max(0, start - _NEAR_BEFORE) : start]
    if _YEARLY.search(clause) or _MOSTLY.search(lead):
        return ToldYear(None, "no year, as it comes again each year")
    tense = Tense.UNKNOWN
    if _AHEAD.search(clause):
        tense = Tense.AHEAD
    elif (told := _HAPPENED.search(lead)) and not _MAY_BE_AHEAD.search(lead, 0, told.start()):
        tense = Tense.PAST
    year = nearest_year(moment, anchor, mention.weekday, tense=tense)
    if year is None:
        return ToldYear(None, f"no year, as none fits the publication, {article.published[:10]}")
    if (moment.month, moment.day) == (9, 11):
        return ToldYear(None, "no year, as this day mostly stands for that of 2001")
    place = passage.start + start
    before = _years_in(article.text, max(0, place - _LOOK_BACK), place)
    if before and abs(before[-1] - anchor.year) > 1:
        return ToldYear(None, f"no year, as {before[-1]} was told before")
    if article.once(_tells_of_the_past):
        return ToldYear(None, "no year, as the article tells of the past")
    return ToldYear(year, f"the year is that nearest to the publication, {article.published[:10]}")


def is_of_another_time(passage: PassageText, start: int) -> bool:
    """Whether another year than that of publication was told shortly before a place."""
    article = passage.article
    anchor = article.once(anchor_of)
    place = passage.start + start
    before = _years_in(article.text, max(passage.start, place - _LOOK_BACK), place)
    is_other = anchor is not None and bool(before) and abs(before[-1] - anchor.year) > 1
    return is_other or article.once(_tells_of_the_past)


def _clause_around(text: str, start: int) -> str:
    """Return the clause that a date stands in, as far as it is near."""
    before = _CLAUSE_END.split(text[max(0, start - _NEAR_BEFORE) : start])[-1]
    after = _CLAUSE_END.split(text[start : start + _NEAR_AFTER], maxsplit=1)[0]
    return f"{before}{after}"


def _tells_of_the_past(article: ArticleText) -> bool:
    """Whether most of the years that an article tells are long before it was published."""
    anchor = article.once(anchor_of)
    years = _years_in(article.text, 0, len(article.text))
    if anchor is None or len(years) < _LEAST_YEARS:
        return False
    return anchor.year - median(years) > _PAST_YEARS


def _years_in(text: str, start: int, end: int) -> list[int]:
    """Return the years told as such; that of `the 1951 Convention` is part of a name."""
    return [int(match[0]) for match in _YEAR.finditer(text, start, end) if _is_told(text, match)]


def _is_told(text: str, match: re.Match[str]) -> bool:
    if _AFTER_YEAR.match(text, match.end()):
        return True
    before = text[max(0, match.start() - _LONGEST_MONTH) : match.start()].lower()
    words = _WORD.findall(before)[-2:]
    return bool(words) and (
        words[-1] in _BEFORE_YEAR or any(word in month_numbers() for word in words)
    )

"""Finds the dates in a text, each as it is written, before any of them is placed in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pinakes.corpus.tagging.dates.grammar import grammar_of, openings_of
from pinakes.corpus.tagging.dates.lexicon import Lexicon, lexicon_of
from pinakes.corpus.tagging.dates.refusing import is_refused
from pinakes.corpus.tagging.dates.spelling import (
    Match,
    Mention,
    read_days,
    read_months,
    read_two_days,
)
from pinakes.corpus.tagging.dates.spelling_years import (
    read_decade,
    read_figures,
    read_iso,
    read_marked,
    read_quarter,
    read_season,
    read_year,
    read_year_list,
    read_years,
)
from pinakes.corpus.tagging.dates.words import DAY_FIRST
from pinakes.corpus.tagging.pieces import MOST_SHARED, Pieces, cut_pieces, word_set

# What stands between days that are listed.
_LISTING = word_set(", and und et y e и і ve və و")
_READERS: dict[str, Callable[[Match], Iterator[Mention]]] = {
    "iso": read_iso,
    "marked": read_marked,
    "day_month_range": read_two_days,
    "day_month": read_days,
    "month_day_range": read_two_days,
    "month_day": read_days,
    "year_month_day": read_days,
    "month_range": read_months,
    "month_year": read_months,
    "month": read_months,
    "decade": read_decade,
    "quarter": read_quarter,
    "season": read_season,
    "year_range": read_years,
    "year_list": read_year_list,
    "year": read_year,
}


class FoundDates(NamedTuple):
    """The dates of a text, in order, none of which overlap.

    Attributes:
        pieces: The pieces that they count.
        lexicon: The words of the language.
        mentions: Those that tell their own place in the calendar, if without a year.
        relatives: Those told from the day of writing, such as `yesterday`.
    """

    pieces: Pieces
    lexicon: Lexicon
    mentions: list[Mention]
    relatives: list[Match]

    def places(self) -> frozenset[int]:
        """Return where the pieces of all of them stand."""
        spans = [(one.first, one.end) for one in self.mentions]
        spans += [(one.first, one.end) for one in self.relatives]
        return frozenset(place for first, end in spans for place in range(first, end))


@lru_cache(maxsize=MOST_SHARED)
def find_written_dates(text: str, language: str, *, is_day_first: bool | None) -> FoundDates:
    """Return the dates of a text; taggers of one passage share them.

    Args:
        text: A passage.
        language: ISO 639-1 code; of one without words in the list only figures are read.
        is_day_first: Of `12/05/2022`, if the language doesn't tell.
    """
    pieces = cut_pieces(text, language)
    lexicon = lexicon_of(language)
    found = FoundDates(pieces, lexicon, [], [])
    classes = lexicon.classify(pieces.words)
    if language in DAY_FIRST:
        is_day_first = True
    grammar, openings = grammar_of(language), openings_of(language)
    place = 0
    while opening := openings.search(classes, place):
        place = opening.start() + 1
        match = grammar.match(classes, opening.start())
        if not match:
            continue
        written = Match(lexicon, pieces, classes, match.start(), match.end())
        kind = match.lastgroup or ""
        if is_refused(kind, written):
            continue
        if kind == "relative":
            found.relatives.append(written)
            place = match.end()
            continue
        mentions = (
            list(read_figures(written, is_day_first=is_day_first))
            if kind == "figures"
            else list(_READERS[kind](written))
        )
        if mentions and all(map(_is_possible, mentions)):
            found.mentions.extend(mentions)
            place = match.end()
    _share_years(found)
    return found


def _share_years(found: FoundDates) -> None:
    """Give days without a year that of the day they are listed before: `4 March and 7 May 2013`."""
    mentions = found.mentions
    for at in range(len(mentions) - 2, -1, -1):
        one, other = mentions[at : at + 2]
        between = "".join(found.pieces.words[one.end : other.first]).split()
        if between and all(word in _LISTING for word in between) and _goes_before(one, other):
            year = other.begin.year if other.begin else None
            day = one.begin._replace(year=year) if one.begin else None
            how = f"{one.how}, with the year of the day it is listed before"
            mentions[at] = one._replace(begin=day, until=day, how=how)


def _goes_before(one: Mention, other: Mention) -> bool:
    """Return whether one is a day without a year, and the other a later day of a year."""
    first, last = one.begin, other.begin
    if first is None or last is None or one.until != first or other.until != last:
        return False
    if first.year is not None or last.year is None or not (first.day and last.day):
        return False
    return (first.month or 0, first.day) < (last.month or 0, last.day)


def _is_possible(mention: Mention) -> bool:
    begin, until = mention.begin, mention.until
    if not all(moment is None or moment.is_possible() for moment in (begin, until)):
        return False
    # A range of the calendar runs forwards; `5-3 December` is none.
    return begin is None or until is None or None in begin[:1] + until[:1] or begin <= until

"""Tells the sides of a match: `Germany 2, Ghana 1` names two teams, and no place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pinakes.corpus.tagging.gazetteer import Match
from pinakes.corpus.tagging.places.place import Place

_GOALS = r"[ \u00a0]\d{1,2}"
_NEXT_SIDE = re.compile(rf"{_GOALS},[ \u00a0]")
_LAST_GOALS = re.compile(rf"{_GOALS}(?![.,]?\d|[ \u00a0]?%|,[ \u00a0][^\W\d_]+[ \u00a0]\d)")
_SCORE_BETWEEN = re.compile(rf"{_GOALS}[-–:]\d{{1,2}}[ \u00a0]")


def sides_in(text: str, matches: Sequence[Match[Place]]) -> frozenset[int]:
    """Return the numbers of the matches that are sides of a score: always two.

    Of three or more in a row (`Iowa 43, Utah 41, Nevada 40`) none is a side.
    """
    sides: set[int] = set()
    for number in range(len(matches) - 1):
        end, start = matches[number].end, matches[number + 1].start
        if not text[end + 1 : end + 2].isdigit() or start - end > len(" 99-99 "):
            continue
        is_between = _SCORE_BETWEEN.fullmatch(text, end, start) is not None
        is_list = _NEXT_SIDE.fullmatch(text, end, start) is not None
        is_first = number == 0 or not _NEXT_SIDE.fullmatch(
            text, matches[number - 1].end, matches[number].start
        )
        is_last = _LAST_GOALS.match(text, matches[number + 1].end) is not None
        if is_between or (is_list and is_first and is_last):
            sides |= {number, number + 1}
    return frozenset(sides)

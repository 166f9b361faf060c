"""What a name is."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

_start_of = attrgetter("start")


class NameKind(StrEnum):
    """What bears a name; also the type of its tag."""

    PERSON = "person"
    ORGANISATION = "org"


class Name(NamedTuple):
    """A name where it stands in a passage.

    Attributes:
        kind: What bears it.
        value: The name in full, without titles, in the nominative where that can be told.
        start: Its first code point in the passage, after any title.
        end: One past the last code point.
        reason: Why it was taken for one, for a person.
        is_short: Whether it is a short form of a name that stands in full elsewhere.
        is_doubtful: Whether it counts only where the article tells more of what bears it.
    """

    kind: NameKind
    value: str
    start: int
    end: int
    reason: str
    is_short: bool = False
    is_doubtful: bool = False


def free_place(names: Sequence[Name], start: int, end: int) -> int | None:
    """Return where a name from `start` to `end` belongs among names, or None if it overlaps one.

    Args:
        names: By where they start; no two overlap.
        start: The first code point.
        end: One past the last.
    """
    place = bisect(names, start, key=_start_of)
    is_free = place == 0 or names[place - 1].end <= start
    return place if is_free and (place == len(names) or end <= names[place].start) else None

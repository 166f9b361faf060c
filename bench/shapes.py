"""What a query asks of an engine. Standard library only."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Join(StrEnum):
    """How the words of a query belong together."""

    OR = "or"
    AND = "and"
    PHRASE = "phrase"


class Asked(StrEnum):
    """What an answer consists of.

    `TOP` is the ids of the ten best with their scores; `TOTALS` those and how many passages match,
    exactly; `WHOLE` ten hits with text and highlighted snippets, as a person reads them.
    """

    TOP = "top"
    TOTALS = "totals"
    WHOLE = "whole"


TOP_COUNT = 10
"""How many of the best are asked for."""


class Shape(NamedTuple):
    """A way to ask."""

    join: Join
    asked: Asked


class Answer(NamedTuple):
    """What an engine found.

    Attributes:
        hits: Its ids with scores, best first.
        total: How many match, or -1 where it was not asked.
    """

    hits: list[tuple[str, float]]
    total: int


def plain_query(words: tuple[str, ...], join: Join) -> tuple[str, ...]:
    """Return the words to ask for: each once, unless they make a phrase."""
    return words if join is Join.PHRASE else tuple(dict.fromkeys(words))

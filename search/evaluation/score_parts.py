"""The nouns of an explanation: numbers, and what makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

SUM = "sum"
PRODUCT = "product"
IDF = "ln(1 + (N - n + 0.5) / (n + 0.5))"
EMPHASIS = "idf * (idf / ln(2 * N + 2)) ** power"
ZONE = "W * tf / (1 - b + b * (len / mean))"
ZONES_SATURATED = "w / (k1 + w)"
PASSAGE_SATURATED = "tf / (len * (k1 * b / mean) + k1 * (1 - b) + tf)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """A number of a score, and what it is made of.

    Attributes:
        value: The number.
        name: What stands for it in the formula above it: `N`, `tf`, `idf`.
        what: What it is, in words.
        formula: What makes it of `parts`: `sum` and `product`, from the first to the last; else in
            their names, with `k1` and `b` of `bm25.py`. Empty for what was counted or given.
        parts: What it is made of.
    """

    value: float
    name: str
    what: str
    formula: str = ""
    parts: tuple[ScorePart, ...] = ()


def number(value: float, name: str, what: str) -> ScorePart:
    """Return a number that was counted, or given."""
    return ScorePart(value=float(value), name=name, what=what)


def explain_freshness(score: ScorePart, factor: float) -> ScorePart:
    """Return a score as it is where newer articles are preferred."""
    return ScorePart(
        value=score.value * factor,
        name="score",
        what="score of a newer or older one",
        formula=PRODUCT,
        parts=(score, number(factor, "freshness", "how new it is")),
    )


def sum_of(name: str, what: str, parts: Sequence[ScorePart]) -> ScorePart:
    """Return the sum of parts, from the first to the last."""
    total = reduce(add, (part.value for part in parts), 0.0)
    return ScorePart(value=total, name=name, what=what, formula=SUM, parts=tuple(parts))

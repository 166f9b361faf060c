"""Verdicts of a reader on tags: where the tags stand and whether they are right, no words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from pathlib import Path

_CONFIDENCE_Z = 1.959964


class Verdict(StrEnum):
    """What a reader says of a tag; `value` and `span` are wrong by that only."""

    RIGHT = "right"
    VALUE = "value"
    SPAN = "span"
    WRONG = "wrong"


class SheetError(ValueError):
    """A judging sheet is not as it was drawn, or not judged to the end."""


@dataclass(frozen=True, slots=True)
class KeptVerdict:
    """What is kept of a judged tag: where it stands, and whether it is right."""

    source: str
    article: str
    start: int
    end: int
    type: str
    rule: str
    verdict: Verdict


def write_verdicts(path: Path, verdicts: Iterable[KeptVerdict]) -> None:
    """Write verdicts as tab-separated values, sorted."""
    rows = sorted("\t".join(map(str, astuple(each))) for each in verdicts)
    head = "\t".join(each.name for each in fields(KeptVerdict))
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def read_verdicts(path: Path) -> list[KeptVerdict]:
    """Read what `write_verdicts` wrote."""
    kept = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        source, article, start, end, type_, rule, verdict = line.split("\t")
        kept.append(
            KeptVerdict(source, article, int(start), int(end), type_, rule, Verdict(verdict))
        )
    return kept


def count_verdicts(verdicts: Iterable[KeptVerdict]) -> dict[str, Counter[Verdict]]:
    """Return how often each verdict was given, by type of tag, sorted."""
    counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for each in verdicts:
        counts[each.type][each.verdict] += 1
    return dict(sorted(counts.items()))


def wilson_interval(right: int, judged: int) -> tuple[float, float]:
    """Return the 95 % confidence interval of a share (E. B. Wilson, JASA 22, 1927).

    >>> [round(end, 3) for end in wilson_interval(95, 100)]
    [0.888, 0.978]
    """
    if not judged:
        return 0.0, 1.0
    share, z2 = right / judged, _CONFIDENCE_Z**2
    centre = share + z2 / (2 * judged)
    reach = _CONFIDENCE_Z * math.sqrt(share * (1 - share) / judged + z2 / (4 * judged**2))
    return (centre - reach) / (1 + z2 / judged), (centre + reach) / (1 + z2 / judged)

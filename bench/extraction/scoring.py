"""How near an extracted text comes to the known one, by the usual scorer of each set of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How much of what was extracted is right, and how much of what is right was extracted.

    Attributes:
        precision: 0 to 1.
        recall: 0 to 1.
        f1: Their harmonic mean; for the mean of pages what the set's scorer makes of them.
        is_empty: Whether nothing was extracted.
    """

    precision: float
    recall: float
    f1: float
    is_empty: bool = False


class Scorer(NamedTuple):
    """How the texts of a set are scored: each page, and all of them."""

    score: Callable[[str, str], Score]
    average: Callable[[Iterable[Score]], Score]


def score_words(extracted: str, truth: str) -> Score:
    """Score by the bags of words in lower case, as the web-content-extraction-benchmark does."""
    return _overlap(
        Counter(_TOKEN.findall(extracted.lower())), Counter(_TOKEN.findall(truth.lower()))
    )


def score_shingles(extracted: str, truth: str) -> Score:
    """Score by the bags of runs of four words, as the article-extraction-benchmark does."""
    return _overlap(
        Counter(_shingles(_TOKEN.findall(extracted))), Counter(_shingles(_TOKEN.findall(truth)))
    )


def mean_of_pages(scores: Iterable[Score]) -> Score:
    """Return the means over pages, of F1 too."""
    pages = list(scores)
    return Score(
        precision=fmean(page.precision for page in pages),
        recall=fmean(page.recall for page in pages),
        f1=fmean(page.f1 for page in pages),
    )


def means_with_f1_of_means(scores: Iterable[Score]) -> Score:
    """Return the means over pages, and the F1 of these two.

    As the article-extraction-benchmark does, a page of which nothing was extracted counts for
    recall only.
    """
    pages = list(scores)
    precision = fmean([page.precision for page in pages if not page.is_empty] or [0.0])
    recall = fmean(page.recall for page in pages)
    return Score(precision=precision, recall=recall, f1=_harmonic(precision, recall))


def _shingles(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    if len(tokens) < _SHINGLE:
        return [tuple(tokens)] if tokens else []
    return list(zip(*(tokens[at:] for at in range(_SHINGLE)), strict=False))


def _overlap(extracted: Counter[Hashable], truth: Counter[Hashable]) -> Score:
    if not truth:
        exact = 0.0 if extracted else 1.0
        return Score(precision=exact, recall=exact, f1=exact, is_empty=not extracted)
    shared = (extracted & truth).total()
    precision = shared / extracted.total() if extracted else 0.0
    recall = shared / truth.total()
    f1 = _harmonic(precision, recall)
    return Score(precision=precision, recall=recall, f1=f1, is_empty=not extracted)


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


SCORERS: Mapping[str, Scorer] = {
    "aeb": Scorer(score_shingles, means_with_f1_of_means),
    "readability": Scorer(score_words, mean_of_pages),
    "dragnet": Scorer(score_words, mean_of_pages),
    "wcxb-dev": Scorer(score_words, mean_of_pages),
}

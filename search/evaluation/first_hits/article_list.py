"""The articles that hold a clause, with what it adds to the score of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pinakes.search.evaluation.bm25 import (
    ARTICLE_K1,
    PASSAGE_SHARE,
    Floats,
    Statistics,
    saturate,
    weigh_zones,
)
from pinakes.search.evaluation.first_hits.clause_list import ClauseList, PassageLengths
from pinakes.search.evaluation.first_hits.score_bounds import ROUNDING
from pinakes.search.evaluation.texts.held import Array, Ordinals, run_starts

_CHAMPIONS = 64
_RARE = 64
_OBJECT_BYTES = 600
_MOST_MARK = 255
_LEAST = 1e-30
"""Below the score of anything; a step of 0 would divide by it."""


class ArticleFrame(NamedTuple):
    """How the passages of a snapshot make up its articles; the articles of all segments in a row.

    Attributes:
        article_of: The article of each passage, ascending.
        first_passage: int64[A + 1]; the first passage of each article, and P.
        words: [A, 3]; the words of each article in title, headings and body.
        zone_of: uint8[P]; the zone of each passage.
        gains: float32[P]; what an occurrence in each passage counts, see `weigh_occurrences`.
        statistics: The mean lengths of living articles and passages.
    """

    article_of: Array
    first_passage: Ordinals
    words: Array
    zone_of: Array
    gains: Array
    statistics: Statistics


class ArticleList:
    """The living articles that hold a clause; never changes.

    Attributes:
        articles: uint32[m], ascending, each once.
        marks: uint8[m], above 0; the most that the clause adds to the score of each article, in
            units of `step`.
        step: Before the weight of the clause.
    """

    def __init__(self, found: ClauseList, lengths: PassageLengths, frame: ArticleFrame) -> None:
        """Sum up the passages of a list by article."""
        passages = found.passages
        weights = found.counts * frame.gains.take(passages)
        peaks = found.bounds(lengths.upper)
        self.articles = frame.article_of.take(passages).astype(np.uint32, copy=False)
        firsts = run_starts(self.articles)
        if len(firsts) < len(passages):
            self.articles = self.articles.take(firsts)
            weights = np.add.reduceat(weights, firsts)
            peaks = np.maximum.reduceat(peaks, firsts)
        bounds = saturate(weights, ARTICLE_K1)
        bounds += PASSAGE_SHARE * peaks
        # A byte tells articles apart well enough, and up to four times as many lists can be kept.
        exact_step = max(float(bounds.max(initial=0.0)), _LEAST) / _MOST_MARK
        self.marks: Array = np.ceil(bounds / exact_step).clip(1, _MOST_MARK).astype(np.uint8)
        self.step = exact_step * (1 + ROUNDING)
        self._article_count = len(frame.words)

    @property
    def best(self) -> float:
        """The most that the clause adds to any score, before its weight."""
        return _MOST_MARK * self.step if len(self.marks) else 0.0

    @cached_property
    def champions(self) -> tuple[Ordinals, float]:
        """The articles that can score most, ascending, and the most that any other can."""
        if len(self.marks) <= _CHAMPIONS:
            return self.articles.astype(np.int64), 0.0
        order = self.marks.argpartition(len(self.marks) - _CHAMPIONS - 1)[-_CHAMPIONS - 1 :]
        rows = np.sort(order[1:])
        return self.articles.take(rows).astype(np.int64), float(self.marks[order[0]]) * self.step

    @property
    def _is_frequent(self) -> bool:
        return len(self.articles) * _RARE >= self._article_count

    @cached_property
    def _spread(self) -> Array:
        """uint8[A]: the mark of every article of the snapshot, 0 where the clause is not."""
        marks = np.zeros(self._article_count, np.uint8)
        marks[self.articles] = self.marks
        return marks

    def marks_in(self, articles: Ordinals) -> Array:
        """Return the mark of each of `articles`, 0 where the clause is not."""
        if self._is_frequent:
            return self._spread.take(articles)
        if not len(self.articles):
            return np.zeros(len(articles), np.uint8)
        rows = self.articles.searchsorted(articles.astype(np.uint32))
        marks = self.marks.take(rows, mode="clip")
        marks *= self.articles.take(rows, mode="clip") == articles
        return marks

    @property
    def size_bytes(self) -> int:
        """How much memory it takes, once everything is made."""
        spread = self._article_count if self._is_frequent else 0
        return spread + self.articles.nbytes + self.marks.nbytes + _OBJECT_BYTES


def saturate_zones(cells: Ordinals, counts: Floats, norms: Sequence[Floats]) -> Floats:
    """Return the BM25F weights of some clauses in some articles, from 0 to 1: a row a clause.

    Args:
        cells: Of each of their passages: three times the row of its article, and its zone.
        counts: How often each passage holds each clause, a row a clause.
        norms: Of the articles, by zone, as `damp_zones` returns them.
    """
    clauses, articles = len(counts), len(norms[0])
    if clauses > 1:
        cells = (cells + 3 * articles * np.arange(clauses)[:, np.newaxis]).ravel()
    by_zone = np.bincount(cells, weights=counts.ravel(), minlength=3 * articles * clauses)
    return weigh_zones(by_zone.reshape(clauses, articles, 3), norms)

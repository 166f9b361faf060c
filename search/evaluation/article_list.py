"""The articles that hold a clause, with what it adds to the score of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pinakes.search.evaluation.bm25 import Floats, Statistics, bm25, bm25f
from pinakes.search.evaluation.clause_list import ClauseList, PassageLengths
from pinakes.search.evaluation.held import Array, Ordinals, run_starts
from pinakes.search.evaluation.score_bounds import ROUNDING

_CHAMPIONS = 64
_RARE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFrame:
    """How the passages of a snapshot make up its articles; the articles of all segments in a row.

    Attributes:
        article_of: The article of each passage, ascending.
        first_passage: int64[A + 1]; the first passage of each article, and P.
        words: [A, 3]; the words of each article in title, headings and body.
        zone_of: uint8[P]; the zone of each passage.
        statistics: The mean lengths of living articles and passages.
    """

    article_of: Array
    first_passage: Ordinals
    words: Array
    zone_of: Array
    statistics: Statistics


class ArticleList:
    """The living articles that hold a clause; never changes.

    Attributes:
        articles: int64[m], ascending, each once.
        saturations: float64[m]; the BM25F weight of the clause in each, from 0 to 1.
        first_rows: int64[m]; where the passages of each begin in the clause's list.
        bounds: float32[m]; `saturations` with the highest of a passage: the most each can score.
        best: The highest of `bounds`.
    """

    def __init__(self, found: ClauseList, lengths: PassageLengths, frame: ArticleFrame) -> None:
        """Sum up the passages of a list by article."""
        article_of = frame.article_of.take(found.passages)
        self.first_rows = run_starts(article_of)
        self.articles: Ordinals = article_of.take(self.first_rows).astype(np.int64)
        self.saturations = self._saturate(found, frame)
        self.bounds = self._bound(found, lengths)
        self.best = float(self.bounds.max()) if len(self.bounds) else 0.0
        self._article_count = len(frame.words)

    def _saturate(self, found: ClauseList, frame: ArticleFrame) -> Floats:
        sizes = np.diff(self.first_rows, append=len(found.passages))
        rows = np.repeat(np.arange(len(sizes)), sizes)
        cells = 3 * rows + frame.zone_of.take(found.passages)
        counts = np.bincount(cells, weights=found.counts, minlength=3 * len(sizes)).reshape(-1, 3)
        return bm25f(counts, frame.words[self.articles], frame.statistics.zone_words)

    def _bound(self, found: ClauseList, lengths: PassageLengths) -> Array:
        if not len(self.articles):
            return np.zeros(0, np.float32)
        words = lengths.words.take(found.passages)
        peaks = np.maximum.reduceat(bm25(found.counts, words, lengths.mean), self.first_rows)
        bounds: Array = ((self.saturations + peaks) * (1 + ROUNDING)).astype(np.float32)
        return bounds

    @cached_property
    def champions(self) -> tuple[Ordinals, float]:
        """The articles that can score most, ascending, and the most that any other can."""
        if len(self.bounds) <= _CHAMPIONS:
            return self.articles, 0.0
        order = self.bounds.argpartition(len(self.bounds) - _CHAMPIONS - 1)[-_CHAMPIONS - 1 :]
        rows = np.sort(order[1:])
        return self.articles.take(rows), float(self.bounds[order[0]])

    @cached_property
    def _spread(self) -> tuple[Array, Floats]:
        """float32[A] and float64[A]: bounds and saturations of every article of the snapshot."""
        bounds = np.zeros(self._article_count, np.float32)
        saturations = np.zeros(self._article_count)
        bounds[self.articles] = self.bounds
        saturations[self.articles] = self.saturations
        return bounds, saturations

    def bounds_in(self, articles: Ordinals) -> Array:
        """Return the bound of each of `articles`, 0 where the clause is not."""
        if self._is_frequent:
            return self._spread[0].take(articles)
        return self._look_up(self.bounds, articles)

    def saturations_in(self, articles: Ordinals) -> Floats:
        """Return the saturation of each of `articles`, 0 where the clause is not."""
        if self._is_frequent:
            return self._spread[1].take(articles)
        return self._look_up(self.saturations, articles)

    @property
    def _is_frequent(self) -> bool:
        return len(self.articles) * _RARE >= self._article_count

    def _look_up(self, values: Array, articles: Ordinals) -> Array:
        if not len(self.articles):
            return np.zeros(len(articles), values.dtype)
        rows = self.articles.searchsorted(articles)
        found: Array = values.take(rows, mode="clip")
        found[self.articles.take(rows, mode="clip") != articles] = 0
        return found

    @property
    def size_bytes(self) -> int:
        """How much memory it takes, once everything is made."""
        spread = 12 * self._article_count if self._is_frequent else 0
        return spread + 28 * len(self.articles)

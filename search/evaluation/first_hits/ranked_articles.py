"""Articles as what is ranked: their scores, and the bounds that let most go unscored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pinakes.corpus import check_time
from pinakes.search.evaluation.bm25 import PASSAGE_SHARE, Floats, damp_zones, saturate
from pinakes.search.evaluation.first_hits.article_list import (
    ArticleFrame,
    ArticleList,
    saturate_zones,
)
from pinakes.search.evaluation.first_hits.clause_list import (
    COUNT_OF_CODE,
    FIRST_MANY,
    PassageLengths,
)
from pinakes.search.evaluation.first_hits.ranked_passages import RankedPassages
from pinakes.search.evaluation.texts.held import Array, Ordinals

_MOST_CELLS = 1 << 20
"""So many counts are worked on at once, a list and a passage each."""


class RankedArticles:
    """The articles that hold a clause, as a `BoundedList`.

    Attributes:
        found: Their list.
        passages: The passages that hold the clause, with the same weight.
        units: The articles.
        most: The most that any of them gets.
    """

    scored_at_once = 50

    def __init__(
        self,
        found: ArticleList,
        passages: RankedPassages,
        lengths: PassageLengths,
        frame: ArticleFrame,
    ) -> None:
        """Weigh a list by the weight of its passages."""
        self._lengths = lengths
        self._frame = frame
        self.found = found
        self.passages = passages
        self.units = found.articles
        self.most = found.best * passages.weight

    def bounds(self) -> Array:
        """Return the most that each article of the list gets."""
        return self.bounds_of(self.found.marks)

    @property
    def marks(self) -> Array:
        """The mark of each article of the list."""
        return self.found.marks

    def marks_in(self, units: Ordinals) -> Array:
        """Return the mark of each of `units`, 0 where the clause is not."""
        return self.found.marks_in(units)

    def bounds_of(self, marks: Array) -> Array:
        """Return the most that articles with these marks get."""
        bounds: Array = marks * np.float32(self.found.step * self.passages.weight)
        return bounds

    def scores(self) -> Floats:
        """Return the score of each of its articles in a query of this clause alone."""
        return score_articles([self], self.units.astype(np.int64), self._lengths, self._frame)

    def champions(self) -> tuple[Ordinals, float]:
        """Return the articles with the highest bounds, ascending, and the most that others have."""
        champions, others = self.found.champions
        return champions, others * self.passages.weight


class ArticlePassages(NamedTuple):
    """All passages of some articles, in a row.

    Attributes:
        passages: int64; article by article.
        sizes: int64; how many each article has.
        firsts: int64; where in `passages` those of each article begin.
    """

    passages: Ordinals
    sizes: Ordinals
    firsts: Ordinals


def passages_of(articles: Ordinals, frame: ArticleFrame) -> ArticlePassages:
    """Return the passages of `articles`, each of which has some."""
    begins = frame.first_passage.take(articles)
    sizes = frame.first_passage.take(articles + 1) - begins
    ends = sizes.cumsum()
    firsts = ends - sizes
    shift = np.repeat(begins - firsts, sizes)
    return ArticlePassages(np.arange(len(shift)) + shift, sizes, firsts)


def score_articles(
    lists: Sequence[RankedArticles],
    articles: Ordinals,
    lengths: PassageLengths,
    frame: ArticleFrame,
) -> Floats:
    """Return the score of each of `articles`: BM25F, and a share of its best passage's BM25."""
    if not len(articles):
        return np.zeros(0)
    of = passages_of(articles, frame)
    if len(lists) * len(of.passages) > _MOST_CELLS and len(articles) > 1:
        halves = np.array_split(articles, 2)
        return np.concatenate([score_articles(lists, each, lengths, frame) for each in halves])
    # All lists at once: a call of numpy takes longer than what it does for a few articles.
    counts = _count_all(lists, of.passages)
    cells = 3 * np.repeat(np.arange(len(articles)), of.sizes) + frame.zone_of.take(of.passages)
    norms = damp_zones(frame.words[articles], frame.statistics.zone_words)
    saturations = saturate_zones(cells, counts, norms)
    half = lengths.half_of.take(lengths.words.take(of.passages))
    passages = saturate(counts, half)
    scores, passage_scores = np.zeros(len(articles)), np.zeros(len(of.passages))
    for row, each in enumerate(lists):
        scores += each.passages.weight * saturations[row]
        passage_scores += each.passages.weight * passages[row]
    scores += PASSAGE_SHARE * np.maximum.reduceat(passage_scores, of.firsts)
    return scores


def _count_all(lists: Sequence[RankedArticles], passages: Ordinals) -> Floats:
    """Return how often each of `passages`, ascending, holds each clause: a row a list."""
    check_time()
    found = [each.passages.found for each in lists]
    codes = np.empty((len(lists), len(passages)), np.uint8)
    for row, each in enumerate(found):
        codes[row] = each.codes_in(passages)
    counts: Floats = COUNT_OF_CODE.take(codes)
    if codes.max(initial=0) >= FIRST_MANY:
        for row, each in enumerate(found):
            many = (codes[row] >= FIRST_MANY).nonzero()[0]
            if len(many):
                counts[row, many] = each.many_in(passages.take(many))
    return counts

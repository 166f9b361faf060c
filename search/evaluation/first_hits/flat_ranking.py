"""The first hits of a query that joins all its words and phrases by OR, or all by AND.

Such a query needs no tree: its clauses' lists say all. What it gives is what `segment_answer` and
`hit_order` give for any query, without looking at every unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pinakes.indexer import KINDS, Snapshot
from pinakes.search.evaluation.bm25 import Floats
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.first_hits.ranked_articles import RankedArticles, score_articles
from pinakes.search.evaluation.first_hits.ranked_passages import RankedPassages, score_passages
from pinakes.search.evaluation.first_hits.snapshot_lists import lists_of
from pinakes.search.evaluation.first_hits.top_k import (
    BoundedList,
    Shared,
    Top,
    share_units,
    top_of_all,
    top_of_any,
)
from pinakes.search.evaluation.plan import FlatQuery, Plan
from pinakes.search.evaluation.ranking import LazyHits, RankedArticle, RankedPassage
from pinakes.search.evaluation.texts.held import Ordinals, run_starts
from pinakes.search.options import By, SearchOptions, Sort

_LEAST = 1e-9


def flatten(plan: Plan, options: SearchOptions) -> FlatQuery | None:
    """Return a plan as clauses joined by OR or by AND, if that is all, and lists can answer it."""
    flat = plan.flat
    if flat is None or options.sort is not Sort.SCORE or options.scope.value != options.by.value:
        return None
    for clause in flat.clauses:
        # Bounds are 32-bit numbers, which hold no boost whatever.
        if clause.constant is not None or not _LEAST <= clause.boost <= 1 / _LEAST:
            return None
    return flat


class FlatSearch:
    """A flat query on a snapshot, ready to be answered."""

    def __init__(self, query: FlatQuery, snapshot: Snapshot, by: By) -> None:
        """Read the lists of the query's clauses."""
        self._is_any = query.is_any
        self._by = by
        self._on = lists_of(snapshot)
        self._clauses: list[Clause] = []
        self._passages: list[RankedPassages] = []
        for clause in query.clauses:
            found = self._on.passages(clause)
            if len(found.passages):
                self._clauses.append(clause)
                weight = clause.boost * found.rarity
                self._passages.append(RankedPassages(found, weight, self._on.lengths))
        if not query.is_any and len(self._clauses) < len(query.clauses):
            self._clauses, self._passages = [], []
        self._articles: list[RankedArticles] = []
        if by is By.ARTICLE:
            pairs = zip(self._clauses, self._passages, strict=True)
            lengths, frame = self._on.lengths, self._on.frame
            self._articles = [
                RankedArticles(self._on.articles(clause, each.found), each, lengths, frame)
                for clause, each in pairs
            ]

    def top(self, count: int) -> Top:
        """Return the `count` best articles or passages, by their place in the snapshot."""
        if not self._clauses or not count:
            return Top(np.empty(0, np.int64), np.empty(0))
        lists: Sequence[BoundedList] = self._articles or self._passages
        if self._is_any:
            return top_of_any(lists, count, self._score)
        return top_of_all(lists, share_units(lists), count, self._score_shared)

    def _score(self, units: Ordinals) -> Floats:
        if self._articles:
            return score_articles(self._articles, units, self._on.lengths, self._on.frame)
        return score_passages(self._passages, units, self._on.lengths)

    def _score_shared(self, shared: Shared) -> Floats:
        if self._articles:
            return self._score(shared.units)
        return score_passages(self._passages, shared.units, self._on.lengths, shared.marks)

    def count(self) -> tuple[int, int]:
        """Return how many articles satisfy the query, and how many of their passages prove it."""
        if not self._clauses:
            return 0, 0
        article_of = self._on.frame.article_of
        if self._is_any or self._articles:
            proof = np.zeros(len(article_of), np.bool_)
            for each in self._passages:
                proof[each.units] = True
            passages = proof.nonzero()[0]
        else:
            passages = share_units(self._passages).units
        if self._is_any or not self._articles:
            return len(run_starts(article_of.take(passages))), len(passages)
        satisfied = np.zeros(len(self._on.frame.words), np.bool_)
        articles = share_units(self._articles).units
        satisfied[articles] = True
        return len(articles), int(np.count_nonzero(satisfied.take(article_of.take(passages))))

    def describe(self, top: Top, *, first: int = 0) -> LazyHits:
        """Return the hits from number `first` on, each with the passages that prove it."""
        units, scores = top.units[first:].tolist(), top.scores[first:].tolist()
        describe = self._describe_article if self._articles else self._describe_passage
        return LazyHits(len(units), lambda number: describe(units[number], scores[number]))

    def _describe_article(self, article: int, score: float) -> RankedArticle:
        first, end = self._on.frame.first_passage[article : article + 2].tolist()
        passages = self._prove(np.arange(first, end))
        passages.sort(key=lambda passage: (-len(passage.clauses), -passage.score, passage.number))
        return self._hit(article, score, passages)

    def _describe_passage(self, passage: int, score: float) -> RankedArticle:
        article = int(self._on.frame.article_of[passage])
        return self._hit(article, score, self._prove(np.array([passage])))

    def _hit(self, article: int, score: float, proof: list[RankedPassage]) -> RankedArticle:
        key = int(self._on.article_keys[article])
        return RankedArticle(key=key, score=score, passages=tuple(proof))

    def _prove(self, passages: Ordinals) -> list[RankedPassage]:
        """Return those of `passages`, all of one article, that hold a clause."""
        holding = [each.found.codes_in(passages).tolist() for each in self._passages]
        scores = score_passages(self._passages, passages, self._on.lengths).tolist()
        segment, begin = self._on.segment_of(int(passages[0]))
        first = int(segment.article_first[segment.passage_article[begin]])
        kinds = segment.passage_kind[begin : begin + len(passages)].tolist()
        proof: list[RankedPassage] = []
        for row, codes in enumerate(zip(*holding, strict=True)):
            numbers = [c.number for c, code in zip(self._clauses, codes, strict=True) if code]
            if numbers:
                proof.append(
                    RankedPassage(
                        number=begin + row - first,
                        kind=KINDS[kinds[row]],
                        score=scores[row],
                        clauses=frozenset(numbers),
                    )
                )
        return proof

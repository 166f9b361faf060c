"""The first hits of a query that joins all its words and phrases by OR, or all by AND.

Such a query needs no tree: its clauses' lists say all. What it gives is what `segment_answer` and
`hit_order` give for any query, without looking at every unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from pinakes.corpus import check_time
from pinakes.indexer import KINDS, Snapshot
from pinakes.search.evaluation.bm25 import Floats
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.copies import Collapsed, collapse
from pinakes.search.evaluation.first_hits.ranked_articles import (
    RankedArticles,
    passages_of,
    score_articles,
)
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
from pinakes.search.evaluation.matches import Matches, NothingFound
from pinakes.search.evaluation.plan import FlatQuery, Plan
from pinakes.search.evaluation.ranking import LazyHits, RankedPassage
from pinakes.search.evaluation.texts.held import Array, Flags, Ordinals, merge, pick, run_starts
from pinakes.search.options import By, SearchOptions, Sort

_LEAST = 1e-9
_SPARE = 4
# So many passages are looked up for each in the lists at the most: of articles of 20 passages that
# takes half as long as to merge the lists. Long articles with few of the words have many more.
_LOOKED_UP = 2
# Of more than one passage in so many, flags are set and read sooner than lists are merged.
_DENSE = 4


def flatten(plan: Plan, options: SearchOptions) -> FlatQuery | None:
    """Return a plan as clauses joined by OR or by AND, if that is all, and lists can answer it."""
    flat = plan.flat
    if flat is None or options.sort is not Sort.SCORE or options.scope.value != options.by.value:
        return None
    if options.half_life_days is not None:
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
        self._snapshot = snapshot
        self._is_any = query.is_any
        self._by = by
        self._on = lists_of(snapshot)
        self._clauses: list[Clause] = []
        self._passages: list[RankedPassages] = []
        for clause in query.clauses:
            found = self._on.passages(clause)
            if len(found.passages):
                self._clauses.append(clause)
                rarity = found.emphasis if by is By.ARTICLE else found.rarity
                weight = clause.boost * rarity
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

    @property
    def clause_count(self) -> int:
        """How many of the clauses stand in any passage."""
        return len(self._clauses)

    def collapse(self) -> Collapsed | None:
        """Return what is left when copies are collapsed; None if that is all."""
        return collapse(self._snapshot, self)

    def matching_articles(self) -> Ordinals:
        """Return the articles that satisfy the query, ascending."""
        if not self._clauses:
            return np.empty(0, np.int64)
        if len(self._articles) == 1:
            return self._articles[0].units.astype(np.int64)
        if self._is_any or not self._articles:
            return self._article_of_proof.take(self._article_starts)
        return self._shared.units

    def count_passages_of(self, articles: Flags) -> int:
        """Return how many of the passages that prove the query are of some of these articles."""
        return int(np.count_nonzero(articles.take(self._article_of_proof)))

    def top(self, count: int, collapsed: Collapsed | None = None) -> Top:
        """Return the `count` best articles or passages, by their place in the snapshot.

        Without those that are hidden, where copies are collapsed.
        """
        if not self._clauses or not count:
            return Top(np.empty(0, np.int64), np.empty(0))
        if collapsed is None:
            return self._top(count)
        # As many are hidden among the first as among all, mostly.
        hidden = count * collapsed.dropped // collapsed.articles
        asked = count + hidden + count // _SPARE + 1
        while True:
            top = self._top(asked)
            of_articles = top.units if self._articles else self._on.frame.article_of[top.units]
            kept = (~collapsed.hidden[of_articles]).nonzero()[0]
            if len(kept) >= count or len(top.units) < asked:
                return Top(top.units[kept[:count]], top.scores[kept[:count]])
            asked *= 4

    def _top(self, count: int) -> Top:
        lists: Sequence[BoundedList] = self._articles or self._passages
        if self._is_any:
            return top_of_any(lists, count, self._score)
        return top_of_all(lists, self._shared, count, self._score_shared)

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
        if len(self._articles) == 1 or (self._articles and not self._is_any):
            return len(self.matching_articles()), len(self._proof)
        return len(self._article_starts), len(self._proof)

    def matches(self) -> Matches:
        """Return all that satisfies the query."""
        if not self._clauses:
            return NothingFound().matches()
        return Matches(articles=self.matching_articles(), passages=self._proof)

    def count_occurrences(self) -> int:
        """Return how often the clauses stand in what satisfies the query."""
        of_kind = {c.kept_as: each for c, each in zip(self._clauses, self._passages, strict=True)}
        if self._is_any:
            return sum(int(each.found.counts.sum()) for each in of_kind.values())
        satisfying = np.zeros(len(self._on.frame.article_of), np.bool_)
        satisfying[self.matches().passages] = True
        return sum(
            int(each.found.counts[satisfying.take(each.units)].sum()) for each in of_kind.values()
        )

    @cached_property
    def _shared(self) -> Shared:
        """What holds all clauses: articles, or passages where hits are passages."""
        return share_units(self._articles or self._passages)

    @cached_property
    def _proof(self) -> Ordinals:
        """The passages that prove the query."""
        if self._is_any:
            return self._holding
        if not self._articles:
            return self._shared.units
        candidates = passages_of(self._shared.units, self._on.frame).passages
        if len(candidates) <= _LOOKED_UP * sum(len(each.units) for each in self._passages):
            return pick(candidates, self._hold(candidates))
        # Long articles, of which few passages hold any of the words.
        satisfied = np.zeros(len(self._on.frame.words), np.bool_)
        satisfied[self._shared.units] = True
        return pick(self._holding, satisfied.take(self._on.frame.article_of.take(self._holding)))

    @cached_property
    def _article_of_proof(self) -> Array:
        return self._on.frame.article_of.take(self._proof)

    @cached_property
    def _article_starts(self) -> Ordinals:
        """Where the run of each article begins in these."""
        return run_starts(self._article_of_proof)

    @cached_property
    def _holding(self) -> Ordinals:
        """The passages that hold a clause."""
        check_time()
        lists = [each.units for each in self._passages]
        passage_count = len(self._on.frame.article_of)
        if _DENSE * sum(map(len, lists)) < passage_count:
            return merge(lists).astype(np.int64)
        holding = np.zeros(passage_count, np.bool_)
        for each in lists:
            holding[each] = True
        return holding.nonzero()[0]

    def _hold(self, passages: Ordinals) -> Flags:
        """Return for each of `passages` whether it holds a clause."""
        flags = np.zeros(len(passages), np.bool_)
        for each in self._passages:
            check_time()
            flags |= each.found.codes_in(passages) != 0
        return flags

    def describe(self, top: Top, *, first: int = 0) -> LazyHits:
        """Return the hits from number `first` on, each with the passages that prove it."""
        units, scores = top.units[first:], top.scores[first:].tolist()
        articles = units if self._articles else self._on.frame.article_of.take(units)
        keys = self._on.article_keys.take(articles).tolist() if len(units) else []
        scored = list(zip(keys, scores, strict=True))
        return LazyHits(scored, lambda start, end: self._prove(units[start:end]))

    def _prove(self, units: Ordinals) -> list[tuple[RankedPassage, ...]]:
        """Return of each of `units` the passages that hold a clause, best first."""
        check_time()
        frame = self._on.frame
        ascending = np.sort(units)
        passages = passages_of(ascending, frame).passages if self._articles else ascending
        codes: Array = np.array([each.found.codes_in(passages) for each in self._passages])
        rows = codes.max(axis=0).nonzero()[0]
        passages, codes = passages.take(rows), codes.take(rows, axis=1)
        scores = score_passages(self._passages, passages, self._on.lengths, list(codes))
        articles = frame.article_of.take(passages)
        held = codes.astype(np.bool_)
        ranked = np.lexsort((passages, -scores, -held.sum(axis=0), articles))
        passages, articles = passages.take(ranked), articles.take(ranked)
        proof: dict[int, list[RankedPassage]] = {unit: [] for unit in units.tolist()}
        told = map(
            RankedPassage,
            (passages - frame.first_passage.take(articles)).tolist(),
            map(KINDS.__getitem__, self._on.kind_of.take(passages).tolist()),
            scores.take(ranked).tolist(),
            self._name_clauses(held.take(ranked, axis=1)),
        )
        of_units = (articles if self._articles else passages).tolist()
        for unit, passage in zip(of_units, told, strict=True):
            proof[unit].append(passage)
        return list(map(tuple, proof.values()))

    def _name_clauses(self, held: Flags) -> Iterator[frozenset[int]]:
        """Yield the numbers of the clauses that each passage holds; `held` has a row a clause."""
        # Most passages hold the same ones as many others.
        known: dict[tuple[bool, ...], frozenset[int]] = {}
        for flags in zip(*held.tolist(), strict=True):
            if flags not in known:
                numbers = [
                    c.number for c, is_held in zip(self._clauses, flags, strict=True) if is_held
                ]
                known[flags] = frozenset(numbers)
            yield known[flags]

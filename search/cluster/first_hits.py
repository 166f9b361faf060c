"""The first hits of a query that the cluster can decide and score: it names them, and counts all.

What it names is fetched and scored here again, so scores are those of the formulas to the last bit;
its own, in single precision, only say what need not be fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.indexer import Snapshot, part_of_view
from pinakes.indexer.opensearch import PASSAGES, UNREAD, Clause, ClusterView
from pinakes.search.cluster.copies import Hidden, find_hidden
from pinakes.search.cluster.filters import EVERYTHING, all_of, none_of
from pinakes.search.cluster.leaves import Case, find_cases
from pinakes.search.cluster.passing import build_segments
from pinakes.search.cluster.plans import Translator, in_passage
from pinakes.search.cluster.scoring import Scorer
from pinakes.search.evaluation.copies import Collapsed, article_rows
from pinakes.search.evaluation.freshness import measure_ages
from pinakes.search.evaluation.plan import Plan
from pinakes.search.evaluation.ranking import Ranking
from pinakes.search.evaluation.segment_ranking import rank_segments, weigh
from pinakes.search.options import By, SearchOptions, Sort

CLOSE = 1e-5
"""Scores of the cluster that differ by less, relatively, may be in another order than they should:
it works with single floats, whose error is a hundredth of that."""
_PAGE = 10_000
_MOST_TIES = 2_000
"""So many articles that tie with the first or the last of a page are fetched; beyond, the cluster's
own order holds."""


class Told(NamedTuple):
    """What the cluster tells of a query beside the articles of the page.

    Attributes:
        articles: How many satisfy it.
        passages: How many passages prove it; None if nobody asked.
        hidden: Copies that others stand for; None if there are none, or nobody asked.
        shown_passages: How many passages are left without these.
        skipped: How many hits come before the first article that was fetched.
        root: What satisfies it are the articles.
        cases: See `leaves`: of articles, with the passages that prove the plan in each.
    """

    articles: int
    passages: int | None
    hidden: Hidden | None
    shown_passages: int | None
    skipped: int
    root: Clause
    cases: tuple[Case, ...]


_told: WeakKeyDictionary[Snapshot, Told] = WeakKeyDictionary()


def told_of(snapshot: Snapshot) -> Told | None:
    """Return what the cluster told when a snapshot was narrowed; None if it has all there is."""
    return _told.get(snapshot)


def narrow_to_page(
    snapshot: Snapshot, plan: Plan, options: SearchOptions, translator: Translator,
    holding: Mapping[str, int],
) -> Snapshot | None:  # fmt: skip
    """Return a snapshot of the articles of a page, and what is told of all; None if it cannot be.

    Then the plan is not one that the cluster can decide, or asks for what it cannot count.
    """
    view, found = snapshot.remote, translator.find_articles()
    if view is None or plan.root is None or not found.is_exact or options.occurrences:
        return None
    cases = find_cases(plan.root, translator)
    if cases is None or not all(
        translator.count_of(plan.clauses[find.clause]) is not None
        for case in cases
        for find in case.finds
    ):
        return None
    proved = tuple(cases)
    if translator.is_by_passage:
        passages = translator.of_passage(plan.root).likely
        proved = (Case(EVERYTHING, (), passages, found.likely, passages),)
    asker = _Asker(view, plan, options, found.likely, tuple(cases), proved)
    counts = part_of_view(view, (), holding)
    scorer = Scorer(plan, weigh((), plan, counts, options.by), translator, options.by)
    told, query = asker.tell(scorer, snapshot)
    keys, skipped = asker.first_keys(query)
    part = part_of_view(view, build_segments(view.records(keys)), holding)
    _told[part] = told._replace(skipped=skipped)
    return part


def rank_told(plan: Plan, snapshot: Snapshot, options: SearchOptions, told: Told) -> Ranking:
    """Return the ranking of a page that `narrow_to_page` fetched."""
    here = replace(options, offset=options.offset - told.skipped, totals=False, collapse=False)
    ranking = rank_segments(plan, snapshot, here)
    collapsed = None
    if told.hidden is not None:
        rows = article_rows(snapshot)
        standing = [
            (place, told.hidden.counts[key])
            for place, key in enumerate(rows.key.tolist())
            if key in told.hidden.counts
        ]
        collapsed = Collapsed(
            articles=told.articles - len(told.hidden.keys),
            dropped=len(told.hidden.keys),
            hidden=np.zeros(len(rows.key), np.bool_),
            standing=np.array([place for place, _ in standing], np.int64),
            counts=np.array([count for _, count in standing], np.int64),
        )
    return ranking._replace(
        articles=told.articles if options.totals else None,
        passages=told.passages,
        collapsed=collapsed,
        shown_passages=told.shown_passages if collapsed else None,
    )


class _Asker(NamedTuple):
    view: ClusterView
    plan: Plan
    options: SearchOptions
    root: Clause
    cases: tuple[Case, ...]
    proved: tuple[Case, ...]

    def tell(self, scorer: Scorer, snapshot: Snapshot) -> tuple[Told, Clause]:
        """Return what is told of all that satisfies the plan, and the query for what is shown."""
        options = self.options
        aggregations = count_evidence(self.proved) if options.totals else {}
        body = {"size": 0, "track_total_hits": True, "aggs": aggregations}
        answer = self.view.search(self.root, body)
        passages = read_evidence(answer["aggregations"]) if options.totals else None
        hidden = find_hidden(self.view, self.root) if options.collapse else None
        shown, root = passages, self.root
        if hidden is not None:
            of_hidden: Clause = {"terms": {"key": list(hidden.keys)}}
            root = all_of(self.root, none_of(of_hidden))
            if passages is not None:
                found = self.view.search(all_of(self.root, of_hidden), {**body, "size": 0})
                shown = passages - read_evidence(found["aggregations"])
        told = Told(
            articles=answer["hits"]["total"]["value"],
            passages=passages,
            hidden=hidden,
            shown_passages=shown,
            skipped=0,
            root=self.root,
            cases=self.proved,
        )
        freshness = None
        if options.half_life_days is not None:
            freshness = measure_ages(snapshot, options.half_life_days)
        return told, scorer.score(root, self.cases, freshness)

    def first_keys(self, query: Clause) -> tuple[list[int], int]:
        """Return the keys of the articles to be fetched, and how many hits come before them."""
        if not self.options.limit:
            return [], self.options.offset
        by_day = self.options.sort
        if by_day is Sort.SCORE and not self.plan.asks_for_text:
            by_day = Sort.NEWEST
        first, end = self.options.offset, self.options.offset + self.options.limit
        rows = self._walk(query, by_day, end)
        keys = [key for *_, key in rows]
        if self.options.by is By.PASSAGE:
            # The first passages are of the first articles, how many of each nobody knows.
            return keys, 0
        leading = [row[:-1] for row in rows]
        if first >= len(rows):
            return [], first
        begin = first
        while begin and first - begin < _MOST_TIES and _ties(leading[begin - 1], leading[first]):
            begin -= 1
        return keys[begin:], begin

    def _walk(self, query: Clause, sort: Sort, end: int) -> list[tuple[Any, ...]]:
        """Return what the hits are ordered by, with their keys, up to `end` and what ties there."""
        order: list[Any] = [{"_score": "desc"}, {"key": "asc"}]
        if sort is not Sort.SCORE:
            direction = "asc" if sort is Sort.DATE else "desc"
            order.insert(0, {"day": {"order": direction, "missing": "_last"}})
        rows: list[tuple[Any, ...]] = []
        wanted = end + 50
        while True:
            size = min(_PAGE, wanted - len(rows))
            body: dict[str, Any] = {
                **UNREAD, "size": size, "sort": order, "track_scores": True,
            }  # fmt: skip
            if rows:
                body["search_after"] = list(rows[-1])
            hits = self.view.search(query, body)["hits"]["hits"]
            rows += [tuple(hit["sort"]) for hit in hits]
            if len(hits) < size:
                return self._cut(rows, end)
            if len(rows) < wanted:
                continue
            if not _ties(rows[-1][:-1], rows[end - 1][:-1]) or len(rows) > end + _MOST_TIES:
                return self._cut(rows, end)
            wanted = len(rows) + _MOST_TIES

    def _cut(self, rows: list[tuple[Any, ...]], end: int) -> list[tuple[Any, ...]]:
        """Return rows up to `end`, and those behind that tie with the last of them."""
        kept = min(end, len(rows))
        while (
            kept < len(rows)
            and kept < end + _MOST_TIES
            and _ties(rows[kept][:-1], rows[end - 1][:-1])
        ):
            kept += 1
        return rows[:kept]


def _ties(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Return whether two hits may be in another order here than on the cluster.

    Those that score nothing, as where only filters are asked for, are in the same.
    """
    *days, score = one
    *other_days, other_score = other
    return days == other_days and abs(score - other_score) < CLOSE * max(score, other_score)


def count_evidence(cases: Sequence[Case], parts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return aggregations that count the passages that prove a plan, with `parts` in each."""
    aggregations: dict[str, Any] = {}
    for number, case in enumerate(cases):
        if case.finds:
            held = all_of(case.condition, case.has_evidence)
            aggregations[f"proof{number}"] = _in_passages(held, case.evidence, parts)
        bare = all_of(case.condition, none_of(case.has_evidence))
        if not case.finds:
            bare = case.condition
        looked_at = in_passage(case.bare)
        aggregations[f"bare{number}"] = _in_passages(all_of(bare, looked_at), case.bare, parts)
        if case.bare != EVERYTHING:
            # What satisfies the plan by what is not there, all of it proves.
            others = all_of(bare, none_of(looked_at))
            aggregations[f"whole{number}"] = _in_passages(others, EVERYTHING, parts)
    return aggregations


def _in_passages(
    articles: Clause, passages: Clause, parts: Mapping[str, Any] | None
) -> dict[str, Any]:
    counted: dict[str, Any] = {"filter": passages}
    if parts:
        counted["aggs"] = dict(parts)
    nested = {"nested": {"path": PASSAGES}, "aggs": {"counted": counted}}
    return {"filter": articles, "aggs": {"passages": nested}}


def read_evidence(aggregations: Mapping[str, Any]) -> int:
    """Return how many passages `count_evidence` has counted."""
    return sum(
        found["passages"]["counted"]["doc_count"]
        for name, found in aggregations.items()
        if name.startswith(("proof", "bare", "whole"))
    )

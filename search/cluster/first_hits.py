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
from pinakes.indexer.opensearch import PASSAGES, Clause, ClusterView, read_count
from pinakes.search.cluster.copies import Hidden, ask_followers, find_hidden
from pinakes.search.cluster.filters import EVERYTHING, all_of, none_of
from pinakes.search.cluster.leaves import Case, find_cases
from pinakes.search.cluster.pages import Page, PageWalk
from pinakes.search.cluster.passing import build_segments
from pinakes.search.cluster.plans import Translator, in_passage
from pinakes.search.cluster.scoring import Scorer
from pinakes.search.evaluation.copies import Collapsed, article_rows
from pinakes.search.evaluation.freshness import measure_ages
from pinakes.search.evaluation.plan import Plan
from pinakes.search.evaluation.ranking import Ranking
from pinakes.search.evaluation.segment_ranking import rank_segments, weigh
from pinakes.search.options import SearchOptions, Sort


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


def find_page(
    view: ClusterView, plan: Plan, options: SearchOptions, translator: Translator
) -> PageFinder | None:
    """Return what finds the articles of a page, and what is told of all; None if nothing can.

    Then the plan is not one that the cluster can decide, or asks for what it cannot count.
    """
    found = translator.find_articles()
    if plan.root is None or not found.is_exact or options.occurrences:
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
    return PageFinder(view, plan, options, translator, found.likely, tuple(cases), proved)


def rank_told(plan: Plan, snapshot: Snapshot, options: SearchOptions, told: Told) -> Ranking:
    """Return the ranking of a page that `PageFinder.narrow` fetched."""
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


class PageFinder(NamedTuple):
    """Finds the first hits of one plan.

    Attributes:
        view: The state of the archive.
        plan: The plan.
        options: What is asked for beside it.
        translator: Of the plan.
        root: What satisfies it are the articles.
        cases: See `leaves`.
        proved: The same, with the passages that are told as proofs.
    """

    view: ClusterView
    plan: Plan
    options: SearchOptions
    translator: Translator
    root: Clause
    cases: tuple[Case, ...]
    proved: tuple[Case, ...]

    def searches(self, body: Mapping[str, Any]) -> list[tuple[Clause, Mapping[str, Any]]]:
        """Return the searches whose answers `narrow` needs; the first one asks `body` as well."""
        aggregations = count_evidence(self.proved) if self.options.totals else {}
        searches: list[tuple[Clause, Mapping[str, Any]]] = [
            (self.root, {**body, "aggs": aggregations})
        ]
        if self.options.collapse:
            searches.append(ask_followers(self.root))
        return searches

    def narrow(
        self, snapshot: Snapshot, holding: Mapping[str, int], answers: Sequence[Any]
    ) -> Snapshot:
        """Return a snapshot of the articles of a page, and what is told of all."""
        view, options = self.view, self.options
        passages = read_evidence(answers[0]["aggregations"]) if options.totals else None
        hidden = find_hidden(view, self.root, answers[1]) if options.collapse else None
        told = Told(
            articles=read_count(answers[0]),
            passages=passages,
            hidden=hidden,
            shown_passages=passages,
            skipped=0,
            root=self.root,
            cases=self.proved,
        )
        root, searches = self.root, []
        if hidden is not None:
            of_hidden: Clause = {"terms": {"key": list(hidden.keys)}}
            root = all_of(root, none_of(of_hidden))
            if passages is not None:
                counted = {"size": 0, "aggs": count_evidence(self.proved)}
                searches.append((all_of(self.root, of_hidden), counted))
        walk = PageWalk(view, self._scored(root, snapshot, holding), options, self._order())
        if options.limit:
            searches.append(walk.first_search())
        found = view.search_each(searches)
        if hidden is not None and passages is not None:
            told = told._replace(shown_passages=passages - read_evidence(found[0]["aggregations"]))
        page = walk.read(found[-1]) if options.limit else Page((), (), options.offset)
        view.records.read_page(page.keys, page.clusters)
        part = part_of_view(view, build_segments(view.records.with_keys(page.keys)), holding)
        _told[part] = told._replace(skipped=page.skipped)
        return part

    def _order(self) -> Sort:
        if self.options.sort is Sort.SCORE and not self.plan.asks_for_text:
            return Sort.NEWEST
        return self.options.sort

    def _scored(self, root: Clause, snapshot: Snapshot, holding: Mapping[str, int]) -> Clause:
        """Return the query for what satisfies `root`, with what it scores."""
        options = self.options
        counts = part_of_view(self.view, (), holding)
        scorer = Scorer(
            self.plan, weigh((), self.plan, counts, options.by), self.translator, options.by
        )
        freshness = None
        if options.half_life_days is not None:
            freshness = measure_ages(snapshot, options.half_life_days)
        return scorer.score(root, self.cases, freshness)


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

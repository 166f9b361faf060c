"""The ranking of any query: each segment answers by itself, then all are put in one order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.bm25 import emphasise, inverse_article_frequency, statistics_of
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.copies import collapse, count_shown
from pinakes.search.evaluation.hit_order import order_hits
from pinakes.search.evaluation.plan import Plan, PlanNode
from pinakes.search.evaluation.ranking import RankedArticle, Ranking
from pinakes.search.evaluation.scores import Weighing
from pinakes.search.evaluation.segment_answer import (
    SegmentAnswer,
    answer_segment,
    describe_article,
    describe_passage,
)
from pinakes.search.evaluation.segment_matches import FoundInSegments
from pinakes.search.evaluation.texts.held import Array, Ordinals
from pinakes.search.evaluation.units import SegmentView, count_articles, view_segment
from pinakes.search.options import By, SearchOptions, Sort


def rank_segments(plan: Plan, snapshot: Snapshot, options: SearchOptions) -> Ranking:
    """Return what `rank` does, of any plan."""
    answers: list[SegmentAnswer] = []
    if plan.root is not None:
        views = [view_segment(segment, plan, options.scope) for segment in snapshot.segments]
        answers = _answer(views, plan.root, weigh(views, plan, snapshot, options.by))
        if options.half_life_days is not None:
            # Few searches ask for it.
            from pinakes.search.evaluation.freshness import freshen, measure_ages

            answers = freshen(answers, measure_ages(snapshot, options.half_life_days))
    found = FoundInSegments(answers, plan.clauses)
    collapsed = collapse(snapshot, found) if options.collapse else None
    passages = sum(len(answer.evidence) for answer in answers) if options.totals else None
    sort = options.sort
    if sort is Sort.SCORE and not plan.asks_for_text:
        sort = Sort.NEWEST
    return Ranking(
        articles=sum(len(answer.articles) for answer in answers) if options.totals else None,
        passages=passages,
        hits=_page(found.shown(collapsed), sort, options, is_in_order=not snapshot.is_part),
        clauses=plan.clauses,
        ignored=plan.ignored,
        cuts=plan.cuts,
        found=found,
        collapsed=collapsed,
        shown_passages=count_shown(passages, collapsed, found),
    )


def _answer(
    views: Sequence[SegmentView], root: PlanNode, weighing: Weighing
) -> list[SegmentAnswer]:
    return [answer_segment(view, root, weighing) for view in views]


def weigh(views: Sequence[SegmentView], plan: Plan, snapshot: Snapshot, by: By) -> Weighing:
    """Return the weights of the clauses over all segments together, for hits of a kind."""
    statistics = statistics_of(snapshot)
    weights: list[float] = []
    for clause in plan.clauses:
        holding = snapshot.holding.get(clause.kept_as)
        if holding is None:
            holding = sum(count_articles(view, clause.number) for view in views)
        rarity = inverse_article_frequency(statistics.articles, holding)
        if by is By.ARTICLE:
            rarity = emphasise(rarity, statistics.articles)
        weights.append(_boost(clause) * rarity)
    return Weighing(
        weights=tuple(weights),
        constants=plan.constants,
        constant_of=tuple(clause.constant for clause in plan.clauses),
        statistics=statistics,
    )


def _boost(clause: Clause) -> float:
    return clause.boost if clause.constant is None else 0.0


def _page(
    answers: Sequence[SegmentAnswer], sort: Sort, options: SearchOptions, *, is_in_order: bool
) -> tuple[RankedArticle, ...]:
    """Return the hits from `offset` on, at most `limit` of them.

    Of segments that are not in the order of their keys, as made for a question, ties are put so.
    """
    answers = [answer for answer in answers if len(answer.articles)]
    if not answers or not options.limit:
        return ()
    is_by_article = options.by is By.ARTICLE
    sizes = [len(each.articles if is_by_article else each.evidence) for each in answers]
    rows = order_hits(
        sort,
        scores=np.concatenate(
            [each.scores if is_by_article else each.evidence_scores for each in answers]
        ),
        days=np.concatenate([_days(each, options.by) for each in answers]),
        count=options.offset + options.limit,
        ties=None if is_in_order else _by_key(answers, options.by),
    )[options.offset :]
    describe = describe_article if is_by_article else describe_passage
    ends = np.cumsum(sizes)
    hits: list[RankedArticle] = []
    for row, place in zip(rows, np.searchsorted(ends, rows, side="right"), strict=True):
        hits.append(describe(answers[place], int(row - ends[place] + sizes[place])))
    return tuple(hits)


def _by_key(answers: Sequence[SegmentAnswer], by: By) -> Ordinals:
    """Return the place of each article, or of each of the evidence, in the order of the keys."""
    keys: list[Array] = []
    for answer in answers:
        segment, articles = answer.view.segment, answer.articles
        if by is By.PASSAGE:
            articles = segment.passage_article[answer.evidence].astype(np.int64)
        keys.append(segment.article_key[articles])
    order = np.argsort(np.concatenate(keys), kind="stable")
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    return places


def _days(answer: SegmentAnswer, by: By) -> Array:
    """Return the day of publication of each article of an answer, or of each of its evidence."""
    segment = answer.view.segment
    articles = answer.articles
    if by is By.PASSAGE:
        articles = segment.passage_article[answer.evidence].astype(np.int64)
    days: Array = segment.published[articles, 0]
    return days

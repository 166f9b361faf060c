"""A query on a snapshot of the index: the articles that satisfy it, in order, with their proof.

docs/evaluation.md says what satisfies what, and how it is scored. The steps: the query becomes a
plan (`plan`); a flat one is answered from lists alone (`first_hits`). Of any other, each segment
yields the postings of its clauses (`texts`); their numbers of articles, summed over the segments,
make the weights (`bm25`); each segment answers by itself (`segment_answer`); the answers are put in
one order (`hit_order`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.bm25 import inverse_article_frequency
from pinakes.search.evaluation.clauses import Clause, no_texts
from pinakes.search.evaluation.first_hits.flat_ranking import FlatSearch, flatten
from pinakes.search.evaluation.hit_order import order_hits
from pinakes.search.evaluation.plan import Plan, PlanNode, make_plan
from pinakes.search.evaluation.ranking import RankedArticle, Ranking
from pinakes.search.evaluation.scores import Weighing, statistics_of
from pinakes.search.evaluation.segment_answer import (
    SegmentAnswer,
    answer_segment,
    describe_article,
    describe_passage,
)
from pinakes.search.evaluation.texts.held import Array
from pinakes.search.evaluation.texts.targets import Texts
from pinakes.search.evaluation.units import SegmentView, count_articles, view_segment
from pinakes.search.options import By, SearchOptions, Sort
from pinakes.search.query import Node

_DEFAULT_OPTIONS = SearchOptions()


def evaluate(
    root: Node | None,
    snapshot: Snapshot,
    options: SearchOptions = _DEFAULT_OPTIONS,
    *,
    texts: Texts = no_texts,
) -> Ranking:
    """Return the articles that satisfy a query's tree, those of the page that `options` ask for.

    Exact: the order, and totals where they are asked for, are of all that satisfies the query.
    The answer depends on what the archive holds, never on how it is cut into segments. A query
    that no text can satisfy (filters only, or only NOT) has no scores, and its newest articles
    first.

    Args:
        root: What `parse` returned; None asks for nothing and finds nothing.
        snapshot: The state of the index that answers.
        options: What is asked for beside the query.
        texts: The articles of the snapshot, which queries for what is written as it is, or for
            sentences, need.
    """
    return rank(prepare(root, snapshot, texts=texts), snapshot, options)


def prepare(root: Node | None, snapshot: Snapshot, *, texts: Texts = no_texts) -> Plan:
    """Return a query's tree made ready for a snapshot: its words are stemmed, patterns expanded."""
    return make_plan(root, languages=snapshot.languages, segments=snapshot.segments, texts=texts)


def rank(plan: Plan, snapshot: Snapshot, options: SearchOptions = _DEFAULT_OPTIONS) -> Ranking:
    """Return what `evaluate` does, of a plan that was prepared for the snapshot."""
    flat = flatten(plan, options) if snapshot.segments else None
    if flat is not None:
        return _rank_flat(plan, FlatSearch(flat, snapshot, options.by), options)
    answers: list[SegmentAnswer] = []
    if plan.root is not None:
        views = [view_segment(segment, plan, options.scope) for segment in snapshot.segments]
        answers = _answer(views, plan.root, _weigh(views, plan, snapshot))
    sort = options.sort
    if sort is Sort.SCORE and not plan.asks_for_text:
        sort = Sort.NEWEST
    return Ranking(
        articles=sum(len(answer.articles) for answer in answers) if options.totals else None,
        passages=sum(len(answer.evidence) for answer in answers) if options.totals else None,
        hits=_page(answers, sort, options),
        clauses=plan.clauses,
        ignored=plan.ignored,
        cuts=plan.cuts,
    )


def _rank_flat(plan: Plan, search: FlatSearch, options: SearchOptions) -> Ranking:
    articles, passages = search.count() if options.totals else (None, None)
    top = search.top(options.offset + options.limit)
    return Ranking(
        articles=articles,
        passages=passages,
        hits=search.describe(top, first=options.offset),
        clauses=plan.clauses,
        ignored=plan.ignored,
        cuts=plan.cuts,
    )


def _answer(
    views: Sequence[SegmentView], root: PlanNode, weighing: Weighing
) -> list[SegmentAnswer]:
    answers = (answer_segment(view, root, weighing) for view in views)
    return [answer for answer in answers if len(answer.articles)]


def _weigh(views: Sequence[SegmentView], plan: Plan, snapshot: Snapshot) -> Weighing:
    """Return the weights of the clauses over all segments together."""
    statistics = statistics_of(snapshot)
    return Weighing(
        weights=tuple(
            _boost(clause)
            * inverse_article_frequency(
                statistics.articles, sum(count_articles(view, clause.number) for view in views)
            )
            for clause in plan.clauses
        ),
        constants=plan.constants,
        constant_of=tuple(clause.constant for clause in plan.clauses),
        statistics=statistics,
    )


def _boost(clause: Clause) -> float:
    return clause.boost if clause.constant is None else 0.0


def _page(
    answers: Sequence[SegmentAnswer], sort: Sort, options: SearchOptions
) -> tuple[RankedArticle, ...]:
    """Return the hits from `offset` on, at most `limit` of them."""
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
    )[options.offset :]
    describe = describe_article if is_by_article else describe_passage
    ends = np.cumsum(sizes)
    hits: list[RankedArticle] = []
    for row, place in zip(rows, np.searchsorted(ends, rows, side="right"), strict=True):
        hits.append(describe(answers[place], int(row - ends[place] + sizes[place])))
    return tuple(hits)


def _days(answer: SegmentAnswer, by: By) -> Array:
    """Return the day of publication of each article of an answer, or of each of its evidence."""
    segment = answer.view.segment
    articles = answer.articles
    if by is By.PASSAGE:
        articles = segment.passage_article[answer.evidence].astype(np.int64)
    days: Array = segment.published[articles, 0]
    return days

"""A query on a snapshot of the index: the articles that satisfy it, in order, with their proof.

docs/evaluation.md says what satisfies what, and how it is scored. The steps: the query becomes a
plan (`plan`); each segment yields the postings of its clauses (`held`); their numbers of articles,
summed over the segments, make the weights (`bm25`); each segment answers by itself
(`segment_answer`); the answers are put in one order (`article_order`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.article_order import order_articles
from pinakes.search.evaluation.bm25 import Statistics, inverse_article_frequency
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.plan import Plan, PlanNode, make_plan
from pinakes.search.evaluation.ranking import RankedArticle, Ranking
from pinakes.search.evaluation.scores import Weighing
from pinakes.search.evaluation.segment_answer import SegmentAnswer, answer_segment, describe_article
from pinakes.search.evaluation.units import SegmentView, count_articles, view_segment
from pinakes.search.options import SearchOptions, Sort
from pinakes.search.query import Node

_DEFAULT_OPTIONS = SearchOptions()


def evaluate(
    root: Node | None, snapshot: Snapshot, options: SearchOptions = _DEFAULT_OPTIONS
) -> Ranking:
    """Return the articles that satisfy a query's tree, those of the page that `options` ask for.

    Exact: every article that satisfies the query is counted, and the order is that of all of them.
    The answer depends on what the archive holds, never on how it is cut into segments. A query
    that no text can satisfy (filters only, or only NOT) has no scores, and its newest articles
    first.

    Args:
        root: What `parse` returned; None asks for nothing and finds nothing.
        snapshot: The state of the index that answers.
        options: Its `limit`, `offset`, `scope` and `sort`.
    """
    plan = make_plan(root, languages=snapshot.languages, segments=snapshot.segments)
    answers: list[SegmentAnswer] = []
    if plan.root is not None:
        views = [view_segment(segment, plan, options.scope) for segment in snapshot.segments]
        answers = _answer(views, plan.root, _weigh(views, plan, snapshot))
    sort = options.sort
    if sort is Sort.SCORE and not plan.asks_for_text:
        sort = Sort.NEWEST
    return Ranking(
        articles=sum(len(answer.articles) for answer in answers),
        passages=sum(len(answer.evidence) for answer in answers),
        hits=_page(answers, sort, limit=options.limit, offset=options.offset),
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
    articles = snapshot.live_articles
    title, heading, body = (words / max(1, articles) for words in snapshot.live_words)
    return Weighing(
        weights=tuple(
            _boost(clause)
            * inverse_article_frequency(
                articles, sum(count_articles(view, clause.number) for view in views)
            )
            for clause in plan.clauses
        ),
        constants=plan.constants,
        constant_of=tuple(clause.constant for clause in plan.clauses),
        statistics=Statistics(
            articles=articles,
            zone_words=(title, heading, body),
            passage_words=sum(snapshot.live_words) / max(1, snapshot.live_passages),
        ),
    )


def _boost(clause: Clause) -> float:
    return clause.boost if clause.constant is None else 0.0


def _page(
    answers: Sequence[SegmentAnswer], sort: Sort, *, limit: int, offset: int
) -> tuple[RankedArticle, ...]:
    """Return the articles from `offset` on, at most `limit` of them."""
    if not answers or not limit:
        return ()
    segments = [answer.view.segment for answer in answers]
    rows = order_articles(
        sort,
        scores=np.concatenate([answer.scores for answer in answers]),
        days=np.concatenate(
            [s.published[a.articles, 0] for s, a in zip(segments, answers, strict=True)]
        ),
        keys=np.concatenate(
            [s.article_key[a.articles] for s, a in zip(segments, answers, strict=True)]
        ),
        count=offset + limit,
    )[offset:]
    ends = np.cumsum([len(answer.articles) for answer in answers])
    hits: list[RankedArticle] = []
    for row, place in zip(rows, np.searchsorted(ends, rows, side="right"), strict=True):
        answer = answers[place]
        hits.append(describe_article(answer, int(row - ends[place] + len(answer.articles))))
    return tuple(hits)

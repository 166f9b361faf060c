"""Which passages hold a clause that the cluster cannot decide: found here, and told to it."""

from __future__ import annotations

from typing import TypeAlias

from pinakes.indexer import Segment
from pinakes.indexer.opensearch import Clause, ClusterView, passage_id
from pinakes.search.cluster.filters import any_of, terms
from pinakes.search.cluster.passing import each_segment
from pinakes.search.evaluation.clauses import Clause as TextClause
from pinakes.search.evaluation.texts.lookup import find_clause

MOST_PASSAGES = 200_000
"""So many passages are named in a query, at the most."""
_MOST_CLAUSES = 50

Settled: TypeAlias = dict[int, list[str]]
"""Passages that hold a clause, by how often."""


def settle(view: ClusterView, clause: TextClause, articles: Clause) -> Settled | None:
    """Return the passages that hold a clause, found once for a state; None if they are too many.

    Args:
        view: The state.
        clause: What is looked for.
        articles: What is satisfied by all articles that may hold it.
    """
    if clause.kept_as in view.settled:
        return view.settled.get(clause.kept_as)
    found: Settled = {}
    for segment in each_segment(view, articles):
        _find(segment, clause, found)
    settled = found if sum(map(len, found.values())) <= MOST_PASSAGES else None
    view.settled[clause.kept_as] = settled
    for oldest in list(view.settled)[:-_MOST_CLAUSES]:
        view.settled.pop(oldest, None)
    return settled


def hold_settled(found: Settled) -> Clause:
    """Return what is satisfied by the passages that hold a clause that is settled."""
    return any_of(*(terms("at", passages) for passages in found.values()))


def count_settled(found: Settled) -> Clause:
    """Return the same as what scores how often a passage holds it."""
    counted = [
        {"constant_score": {"filter": terms("at", passages), "boost": count}}
        for count, passages in sorted(found.items())
    ]
    if not counted:
        return {"match_none": {}}
    return {"bool": {"should": counted, "minimum_should_match": 1}}


def _find(segment: Segment, clause: TextClause, found: Settled) -> None:
    """Add the living passages of a segment that hold a clause, by how often each does."""
    held = find_clause(segment, clause)
    if segment.live_passages is not None:
        held = held.where(segment.live_passages[held.passages])
    articles = segment.passage_article[held.passages].astype("i8")
    keys = segment.article_key[articles].tolist()
    numbers = (held.passages - segment.article_first[articles].astype("i8")).tolist()
    for key, number, count in zip(keys, numbers, held.counts.tolist(), strict=True):
        found.setdefault(count, []).append(passage_id(key, number))

"""All articles of an archive on a cluster that satisfy a query, a window at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pinakes.corpus import Store
from pinakes.indexer import Snapshot, part_of_view
from pinakes.indexer.opensearch import Clause, ClusterView
from pinakes.search.cluster.narrowing import count_holding
from pinakes.search.cluster.passing import build_segments
from pinakes.search.cluster.plans import Translator
from pinakes.search.evaluation import RankedArticle, Ranking, prepare, rank
from pinakes.search.options import Scope, SearchOptions, Sort
from pinakes.search.query import Query

_WINDOW = 1_000
_DATED: Clause = {"range": {"first_day": {"gt": 0}}}


def find_in_windows(
    query: Query, snapshot: Snapshot, store: Store, *, scope: Scope, sort: Sort | None
) -> Iterator[tuple[Ranking, list[RankedArticle]]]:
    """Yield, of window after window, what of it satisfies a query, in order; see `find_all`."""
    view = snapshot.remote
    if view is None:
        raise ValueError("the archive is on no cluster")
    plan = prepare(query.root, snapshot, texts=store.articles)
    translator = Translator(view, plan, scope)
    holding, _ = count_holding(view, plan.clauses, translator)
    keys = _keys_in_order(view, translator.find_articles().likely, sort)
    while window := list(islice(keys, _WINDOW)):
        part = part_of_view(view, build_segments(view.records.with_keys(window)), holding)
        options = SearchOptions(
            limit=len(window), scope=scope, sort=Sort.DATE, collapse=False, totals=False
        )
        ranking = rank(plan, part, options)
        found = {hit.key: hit for hit in ranking.hits}
        yield ranking, [found[key] for key in window if key in found]


def _keys_in_order(view: ClusterView, query: Clause, sort: Sort | None) -> Iterator[int]:
    if sort not in (Sort.DATE, Sort.NEWEST):
        yield from _keys(view, query, [{"key": "asc"}])
        return
    order = "asc" if sort is Sort.DATE else "desc"
    dated = {"bool": {"filter": [query, _DATED]}}
    yield from _keys(view, dated, [{"first_day": order}, {"key": "asc"}])
    yield from _keys(view, {"bool": {"filter": [query], "must_not": [_DATED]}}, [{"key": "asc"}])


def _keys(view: ClusterView, query: Clause, order: list[dict[str, str]]) -> Iterator[int]:
    """Yield the keys of the articles that satisfy a query, by which they are ordered last."""
    for hit in view.walk(query, {"sort": order}):
        yield hit["sort"][-1]

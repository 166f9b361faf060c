"""All articles of an archive on a cluster that satisfy a query, a window at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

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
_PAGE = 10_000
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
    holding = count_holding(view, plan.clauses, translator)
    keys = _keys_in_order(view, translator.find_articles().likely, sort)
    while window := list(islice(keys, _WINDOW)):
        part = part_of_view(view, build_segments(view.records(window)), holding)
        options = SearchOptions(
            limit=len(window), scope=scope, sort=Sort.DATE, collapse=False, totals=False
        )
        ranking = rank(plan, part, options)
        found = {hit.key: hit for hit in ranking.hits}
        yield ranking, [found[key] for key in window if key in found]


def _keys_in_order(view: ClusterView, query: Clause, sort: Sort | None) -> Iterator[int]:
    if sort not in (Sort.DATE, Sort.NEWEST):
        yield from view.keys(query)
        return
    order = "asc" if sort is Sort.DATE else "desc"
    dated = {"bool": {"filter": [query, _DATED]}}
    last: list[Any] = []
    while True:
        body: dict[str, Any] = {
            "size": _PAGE,
            "sort": [{"first_day": order}, {"key": "asc"}],
            "_source": False,
        }
        if last:
            body["search_after"] = last
        hits = view.search(dated, body)["hits"]["hits"]
        yield from (hit["sort"][1] for hit in hits)
        if len(hits) < _PAGE:
            break
        last = hits[-1]["sort"]
    yield from view.keys({"bool": {"filter": [query], "must_not": [_DATED]}})

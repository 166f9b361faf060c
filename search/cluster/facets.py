"""How often each value of a field occurs in what satisfies a query, counted by the cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pinakes.indexer.opensearch import ClusterView
from pinakes.search.cluster.filters import on
from pinakes.search.cluster.first_hits import Told, count_evidence
from pinakes.search.cluster.values import FIELDS, beginning
from pinakes.search.facet_columns import is_of_passages
from pinakes.search.facets import Facet, FacetValue

_MOST = 60_000
"""So many different values the cluster tells at once; of more, the most frequent ones."""


def count_facets_there(
    told: Told,
    view: ClusterView,
    fields: Sequence[str],
    *,
    values: int,
    spell: Callable[[str, str], str],
) -> tuple[Facet, ...]:
    """Return what `count_facets` does, of what the cluster has found."""
    return tuple(_count(told, view, field, values, spell) for field in fields)


def _count(
    told: Told, view: ClusterView, field: str, values: int, spell: Callable[[str, str], str]
) -> Facet:
    counts = dict(_counted(told, view, field))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet(
        field=field,
        values=tuple(
            FacetValue(value=spell(field, value), count=count) for value, count in ranked[:values]
        ),
        further=max(0, len(ranked) - values),
    )


def _counted(told: Told, view: ClusterView, field: str) -> Iterator[tuple[str, int]]:
    if not is_of_passages(field):
        yield from _counted_articles(told, view, field)
        return
    terms: dict[str, Any] = {"field": on("kind"), "size": _MOST}
    head = ""
    if field != "kind":
        head = f"{field.removeprefix('tag:')}:"
        terms = {"field": on("tag"), "include": beginning(head), "size": _MOST}
    aggregations = count_evidence(told.cases, {"values": {"terms": terms}})
    counts: dict[str, int] = {}
    # Each by itself: of so many values as one may have, the cluster takes no second lot at once.
    for name, aggregation in aggregations.items():
        body = {"size": 0, "aggs": {name: aggregation}}
        found = view.search(told.root, body)["aggregations"][name]
        for each in found["passages"]["counted"]["values"]["buckets"]:
            value = each["key"].removeprefix(head)
            counts[value] = counts.get(value, 0) + each["doc_count"]
    yield from counts.items()


def _counted_articles(told: Told, view: ClusterView, field: str) -> Iterator[tuple[str, int]]:
    from datetime import date

    # A value is an article's by its passages.
    name = "day" if field == "year" else FIELDS[field]
    body = {"size": 0, "aggs": {"values": {"terms": {"field": name, "size": _MOST}}}}
    buckets = view.search(told.root, body)["aggregations"]["values"]["buckets"]
    counts: dict[str, int] = {}
    for each in buckets:
        value = each["key"]
        if field == "year":
            value = f"{date.fromordinal(value).year:04}"
        counts[value] = counts.get(value, 0) + each["doc_count"]
    yield from counts.items()

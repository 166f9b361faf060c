"""The values that the articles of an archive on a cluster have, and how many have each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pinakes.indexer import stem
from pinakes.indexer.opensearch import PASSAGES, UNREAD, Clause, ClusterView
from pinakes.search.cluster.filters import any_of, on, terms
from pinakes.search.cluster.plans import in_passage

FIELDS = {"source": "source", "author": "byline", "language": "lang"}
_FEWEST = 1_000
_MOST = 60_000
_COUNTED_AT_ONCE = 200
_SIGNS = re.compile(r'([.?+*|{}\[\]()"\\#@&<>~^$-])')


def count_types(view: ClusterView, prefix: str) -> list[tuple[str, int]]:
    """Return the types of tags that begin so, with the passages that have such tags."""
    return _count(view, "tag", f"{quote(prefix)}[^:]*", _MOST)


def count_values(view: ClusterView, facet: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the values of a facet's field that begin so, the most frequent first, exactly."""
    if facet == "year":
        years = _count_years(view)
        found = [(year, count) for year, count in years.items() if year.startswith(prefix)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]
    if facet.startswith("tag:"):
        head = f"{facet.removeprefix('tag:')}:"
        listed = _count(view, "tag", beginning(head + prefix), limit)
        return [(value.removeprefix(head), count) for value, count in listed]
    name = FIELDS.get(facet, facet)
    return _count(view, name, beginning(prefix), limit)


def _count(view: ClusterView, name: str, pattern: str, limit: int) -> list[tuple[str, int]]:
    is_nested = name in ("tag", "kind")
    size = min(_MOST, max(limit, 1))
    each_size = max(size, _FEWEST)
    while True:
        values = {
            "terms": {
                "field": on(name) if is_nested else name,
                "include": pattern,
                "size": size,
                "shard_size": each_size,
            }
        }
        aggregation: dict[str, Any] = values
        if is_nested:
            aggregation = {"nested": {"path": PASSAGES}, "aggs": {"values": values}}
        body = {"size": 0, "aggs": {"all": aggregation}}
        found = view.search({"match_all": {}}, body)["aggregations"]["all"]
        found = found["values"] if is_nested else found
        # Each shard tells its most frequent ones; those of all may be among others.
        if not found["doc_count_error_upper_bound"] or each_size >= _MOST:
            pairs = [(each["key"], each["doc_count"]) for each in found["buckets"] if each["key"]]
            return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
        each_size = min(_MOST, 8 * each_size)


def _count_years(view: ClusterView) -> dict[str, int]:
    from datetime import date

    days = {"terms": {"field": "first_day", "size": _MOST}}
    query: Clause = {"range": {"first_day": {"gt": 0}}}
    answer = view.search(query, {"size": 0, "aggs": {"days": days}})
    years: dict[str, int] = {}
    for each in answer["aggregations"]["days"]["buckets"]:
        year = f"{date.fromordinal(each['key']).year:04}"
        years[year] = years.get(year, 0) + each["doc_count"]
    return years


def first_with(view: ClusterView, name: str, term: str) -> int | None:
    """Return the key of the first living article of which a passage has a term."""
    body = {**UNREAD, "size": 1, "sort": ["key"]}
    hits = view.search(in_passage(terms(name, [term])), body)["hits"]["hits"]
    return hits[0]["sort"][0] if hits else None


def count_articles_by_stem(view: ClusterView, stems: Sequence[str]) -> dict[str, int]:
    """Return how many living articles hold each stem, whatever their language."""
    languages = sorted(view.totals.articles_by_language)
    counts: dict[str, int] = {}
    for first in range(0, len(stems), _COUNTED_AT_ONCE):
        some = stems[first : first + _COUNTED_AT_ONCE]
        queries = [
            in_passage(terms("stem", [f"{language}:{each}" for language in languages]))
            for each in some
        ]
        counts.update(zip(some, view.count(queries), strict=True))
    return counts


def count_by_language(
    view: ClusterView, words: Sequence[str], languages: Sequence[str]
) -> list[list[int]]:
    """Return how many living articles of each language hold each word, by its stem there."""
    filters = {
        str(number): any_of(
            in_passage(terms("stem", [f"{each}:{stem(word, each)}" for each in languages]))
        )
        for number, word in enumerate(words)
    }
    body = {
        "size": 0,
        "aggs": {
            "words": {
                "filters": {"filters": filters},
                "aggs": {"lang": {"terms": {"field": "lang", "size": 1_000}}},
            }
        },
    }
    found = view.search({"match_all": {}}, body)["aggregations"]["words"]["buckets"]
    rows: list[list[int]] = []
    for number in range(len(words)):
        counts = {each["key"]: each["doc_count"] for each in found[str(number)]["lang"]["buckets"]}
        rows.append([counts.get(language, 0) for language in languages])
    return rows


def quote(text: str) -> str:
    """Return a text as a regular expression of Lucene's that fits it alone."""
    return _SIGNS.sub(r"\\\1", text)


def beginning(text: str) -> str:
    """Return a regular expression of Lucene's that fits what begins with a text.

    Of `text.*` the cluster makes a range of terms, and fails where all it has come before.
    """
    return f"{quote(text)}(.*)"

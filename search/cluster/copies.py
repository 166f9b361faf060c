"""Copies and versions among all articles of an archive on a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from pinakes.indexer.opensearch import Clause, ClusterView, ask_rows, read_rows
from pinakes.search.cluster.filters import all_of, any_of
from pinakes.search.evaluation.copies import ArticleRows
from pinakes.search.evaluation.texts.held import Array

_PAGE = 10_000
_NEVER = 1 << 62
_FOLLOWS: Clause = {"term": {"follows": True}}
_STANDING = ("key", "cluster", "first_day")
_READ = ("key", "cluster", "text", "address", "saved", "files", "first_day", "last_day")


@dataclass(frozen=True)
class _ArticleArrays:
    """Some articles, as `ArticleRows` reads them of a segment."""

    rows: list[dict[str, int]]
    live: None = field(default=None, init=False)

    @property
    def article_key(self) -> Array:
        return self._column("key")

    @property
    def article_cluster(self) -> Array:
        return self._column("cluster")

    @property
    def article_digest(self) -> Array:
        return np.stack([self._column("text"), self._column("address")], axis=1)

    @property
    def article_saved(self) -> Array:
        return self._column("saved")

    @property
    def article_files(self) -> Array:
        return self._column("files")

    @property
    def published(self) -> Array:
        return np.stack([self._column("first_day"), self._column("last_day")], axis=1)

    @property
    def article_count(self) -> int:
        return len(self.rows)

    def find_key(self, key: int) -> int | None:
        found = np.flatnonzero(self.article_key == key)
        return int(found[0]) if len(found) else None

    def _column(self, name: str) -> Array:
        return np.array([row[name] for row in self.rows], np.int64)


class Hidden(NamedTuple):
    """Articles that satisfy a query, and for which another one stands that does.

    Attributes:
        keys: Theirs.
        counts: By the key of each that stands for several, for how many.
    """

    keys: tuple[int, ...]
    counts: dict[int, int]


def ask_followers(query: Clause) -> tuple[Clause, dict[str, Any]]:
    """Return a search whose answer `find_hidden` needs, for the articles that satisfy a query."""
    return all_of(query, _FOLLOWS), ask_rows(_STANDING)


def find_hidden(view: ClusterView, query: Clause, answer: Any) -> Hidden | None:
    """Return which of the articles that satisfy a query are hidden; None if none is.

    Of copies the earliest stands for all: by day, then in the order in which they were taken in.
    """
    followers = read_rows(answer, _STANDING)
    if followers is None:
        followers = view.rows(all_of(query, _FOLLOWS), *_STANDING[1:])
    if not len(followers):
        return None
    # The others of a cluster have its number.
    numbers = np.unique(followers[:, 1])
    parts = (numbers[first : first + _PAGE].tolist() for first in range(0, len(numbers), _PAGE))
    others = all_of(query, any_of(*({"terms": {"key": part}} for part in parts)))
    return choose_standing(np.concatenate([view.rows(others, *_STANDING[1:]), followers]))


def choose_standing(rows: Array) -> Hidden | None:
    """Return which of some articles are hidden; rows of key, cluster and first day."""
    key, cluster, day = np.unique(rows, axis=0).T
    order = np.lexsort((key, np.where(day, day, _NEVER), cluster))
    key, cluster = key[order], cluster[order]
    is_first = np.ones(len(key), np.bool_)
    is_first[1:] = cluster[1:] != cluster[:-1]
    if is_first.all():
        return None
    counts = np.diff(np.append(np.flatnonzero(is_first), len(key)))
    of_several = counts > 1
    standing = key[is_first][of_several].tolist()
    return Hidden(
        tuple(np.sort(key[~is_first]).tolist()),
        dict(zip(standing, counts[of_several].tolist(), strict=True)),
    )


def keys_in_cluster(view: ClusterView, number: int) -> list[int]:
    """Return the keys of the living articles of a cluster of copies, ascending."""
    return view.keys({"term": {"cluster": number}})


def keys_in_state(view: ClusterView, state: str) -> list[int]:
    """Return the keys of the living articles in a state, but `current`, ascending.

    All clusters, or addresses, that several articles have are looked through.
    """
    if state == "duplicate":
        queries = [*_grouped(view, "cluster"), {"range": {"files": {"gt": 1}}}]
    else:
        queries = _grouped(view, "address")
    rows = ArticleRows([_ArticleArrays(list(_read(view, any_of(*queries))))])
    keys: list[int] = np.sort(rows.key[rows.in_state(state)]).tolist()
    return keys


def versions_of(view: ClusterView, key: int) -> list[int]:
    """Return the keys of living articles with the address of one, the earliest saved first."""
    for row in _read(view, {"term": {"key": key}}):
        if row["address"]:
            found = _read(view, {"term": {"address": row["address"]}})
            return [each["key"] for each in sorted(found, key=lambda r: (r["saved"], r["key"]))]
    return []


def _grouped(view: ClusterView, name: str) -> list[Clause]:
    """Return what finds all articles that have a value of a field, not 0, with another one."""
    values: list[int] = []
    after: dict[str, Any] = {}
    while True:
        sources = [{"value": {"terms": {"field": name}}}]
        composite = {"size": _PAGE, "sources": sources, **after}
        body = {"size": 0, "aggs": {"groups": {"composite": composite}}}
        found = view.search({"match_all": {}}, body)["aggregations"]["groups"]
        values += [
            each["key"]["value"]
            for each in found["buckets"]
            if each["doc_count"] > 1 and each["key"]["value"]
        ]
        if "after_key" not in found or len(found["buckets"]) < _PAGE:
            break
        after = {"after": found["after_key"]}
    parts = [values[first : first + _PAGE] for first in range(0, len(values), _PAGE)]
    return [{"terms": {name: part}} for part in parts]


def _read(view: ClusterView, query: Clause) -> Iterator[dict[str, int]]:
    # Columns: to read documents would unpack every text.
    for hit in view.walk(query, {"sort": ["key"], "docvalue_fields": list(_READ)}):
        yield {name: hit["fields"][name][0] for name in _READ}

"""One state of an archive on a cluster, to search in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pinakes.indexer.opensearch.columns import ROWS, ask_rows, read_rows
from pinakes.indexer.opensearch.connection import Cluster, encode
from pinakes.indexer.opensearch.dictionary import Dictionary
from pinakes.indexer.opensearch.errors import ClusterError, ClusterMissingError
from pinakes.indexer.opensearch.kept import Kept
from pinakes.indexer.opensearch.mappings import PASSAGES
from pinakes.indexer.opensearch.reading import KeptRecords, RecordReader
from pinakes.indexer.opensearch.records import cluster_key
from pinakes.indexer.opensearch.searches import (
    COUNTED,
    MOST_HITS,
    SEARCHED,
    UNREAD,
    read_count,
    search_all,
)
from pinakes.indexer.opensearch.state import (
    Clause,
    ClusterState,
    living,
    read_state,
    seen,
    with_keys,
)
from pinakes.indexer.opensearch.totals import TOTALS, Totals, read_totals
from pinakes.indexer.toc import fingerprint

_KEPT_ALIVE = "5m"
_MOST_RACES = 20
_KEPT_BYTES = 8 << 20
"""Of answers that are kept, as they are sent; unpacked they take three to nine times as much."""
_ASKED_AT_ONCE = 500
_MOST_AT_ONCE = 4


class ClusterView:
    """One state of an archive on a cluster: always whole, whatever is committed meanwhile.

    May be used by many threads. The cluster keeps the state for five minutes after it was searched;
    then, or when the nodes that keep it are gone, `StateLostError` is raised.
    """

    def __init__(self, cluster: Cluster, state: ClusterState, point: str) -> None:
        """Search a state at a point in time; `open` is the way in."""
        self._cluster = cluster
        self._point = point
        self._records = KeptRecords()
        self._answers: Kept[bytes, Any] = Kept(_KEPT_BYTES)
        self._among: list[Clause] = []
        self._dictionary = Dictionary(cluster)
        self.state = state
        self.path = cluster.path
        self.settled: dict[str, dict[int, list[str]] | None] = {}
        """The passages that hold what clauses look for, by how often, of which only their texts
        could tell; of some clauses, by what these look for. None if they are too many."""
        self.holding: dict[str, int] = {}
        """How many living articles hold what clauses look for, as far as that is known."""
        self.held: set[Hashable] = set()
        """Words, and stems by language, of which it is known that a living passage holds them."""

    @classmethod
    def open(cls, cluster: Cluster) -> ClusterView:
        """Open the latest state.

        Raises:
            ClusterMissingError: There is none.
            ClusterError: The cluster does not answer.
        """
        for _ in range(_MOST_RACES):
            state = read_state(cluster)
            if state is None:
                raise ClusterMissingError(
                    cluster.path,
                    f"the cluster holds nothing by the name {cluster.settings.name}; "
                    "`pinakes index` sends what the archive has",
                )
            for archive_id, feeder in state.feeders.items():
                if feeder.generation and feeder.analysis != fingerprint():
                    raise ClusterMissingError(
                        cluster.path,
                        f"archive {archive_id} sent its words as {feeder.analysis}, here they are "
                        f"{fingerprint()}; let all have the same version of Pinakes, and "
                        "`pinakes index` there",
                    )
            opened = cluster.request(
                "POST",
                f"/{state.articles}/_search/point_in_time",
                params={"keep_alive": _KEPT_ALIVE, "allow_partial_pit_creation": "false"},
                accepts="missing",
            )
            if opened is None:
                continue
            view = cls(cluster, state, opened["pit_id"])
            # Between the two, a writer may have deleted what this state needs.
            if view.is_latest():
                return view
            view.close()
        raise ClusterError(cluster.path, "changes faster than it can be read; try again")

    def is_latest(self) -> bool:
        """Return whether it is still the latest state."""
        state = read_state(self._cluster)
        return state is not None and state.is_same(self.state)

    def close(self) -> None:
        """Let the cluster forget the state."""
        # It forgets it by itself, after a while.
        self._cluster.try_once("DELETE", "/_search/point_in_time", {"pit_id": [self._point]})

    @cached_property
    def totals(self) -> Totals:
        """What the living articles are, all together."""
        return read_totals(self.search({"match_all": {}}, TOTALS))

    @cached_property
    def _visible(self) -> Clause:
        """The condition that an article is living in this state."""
        return {"bool": {"filter": [seen(self.state), *self._among]}}

    @property
    def records(self) -> RecordReader:
        """What reads its articles."""
        return RecordReader(self, self._records)

    def search(self, query: Clause, body: Mapping[str, Any]) -> Any:
        """Return the answer to a query of living articles; `body` says what of it is wanted."""
        return self._cluster.request("POST", "/_search", self._body(query, body), params=SEARCHED)

    def search_each(self, searches: Sequence[tuple[Clause, Mapping[str, Any]]]) -> list[Any]:
        """Return the answers to several queries, as `search` does, asked at once.

        What tells no hits is asked once for a state.
        """
        sent = [encode(self._body(query, body)) or b"" for query, body in searches]
        names = [sha256(body).digest() for body in sent]
        answers = {name: self._answers.get(name) for name in names}
        new = {
            name: (body, not asked.get("size") and ROWS not in asked.get("aggs", {}))
            for name, body, (_, asked) in zip(names, sent, searches, strict=True)
            if answers[name] is None
        }
        found = search_all(self._cluster, [body for body, _ in new.values()])
        for (name, (_, is_kept)), answer in zip(new.items(), found, strict=True):
            answers[name] = answer
            if is_kept:
                self._answers.put(name, answer, len(encode(answer) or b""))
        return [answers[name] for name in names]

    def _body(self, query: Clause, body: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "track_total_hits": False,
            **body,
            "query": {"bool": {"must": [query], "filter": [self._visible]}},
            "pit": {"id": self._point, "keep_alive": _KEPT_ALIVE},
        }

    def count(self, queries: Sequence[Clause]) -> list[int]:
        """Return how many living articles satisfy each of some queries."""
        return list(map(read_count, self.search_each([(query, COUNTED) for query in queries])))

    def count_of(self, number: int) -> int:
        """Return how many living articles a feeder has sent, those that others have too included.

        Raises:
            KeyError: No feeder has this number.
        """
        body = {
            "size": 0,
            "track_total_hits": True,
            "query": {"bool": {"filter": [living(self.state), {"term": {"feeder": number}}]}},
            "pit": {"id": self._point, "keep_alive": _KEPT_ALIVE},
        }
        (answer,) = search_all(self._cluster, [encode(body) or b""])
        return read_count(answer)

    def restricted(self, keys: Iterable[int]) -> ClusterView:
        """Return the state as it would be if only the articles with these keys were living.

        The keys are those of the store that feeds the archive.

        Raises:
            ClusterError: Several stores feed it.
        """
        numbers = [feeder.number for feeder in self.state.feeders.values()]
        if len(numbers) != 1:
            raise ClusterError(
                self.path, "several archives feed the cluster: none knows what is new in all"
            )
        view = ClusterView(self._cluster, self.state, self._point)
        among = with_keys({cluster_key(key, numbers[0]) for key in keys}) or [{"match_none": {}}]
        view._among = [{"bool": {"should": among, "minimum_should_match": 1}}]
        return view

    def count_in_passages(
        self, filters: Mapping[str, Clause], parts: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return by name of how many passages of living articles satisfy each of some queries.

        Each is a bucket with a `doc_count`, and with what `parts`, aggregations, make of it.
        """
        searches: list[tuple[Clause, dict[str, Any]]] = []
        rest = iter(filters.items())
        while some := dict(islice(rest, _ASKED_AT_ONCE)):
            each: dict[str, Any] = {"filters": {"filters": some}}
            if parts:
                each["aggs"] = dict(parts)
            aggregation = {"nested": {"path": PASSAGES}, "aggs": {"each": each}}
            searches.append(({"match_all": {}}, {"size": 0, "aggs": {"all": aggregation}}))
        buckets: dict[str, Any] = {}
        for first in range(0, len(searches), _MOST_AT_ONCE):
            for answer in self.search_each(searches[first : first + _MOST_AT_ONCE]):
                buckets |= answer["aggregations"]["all"]["each"]["buckets"]
        return buckets

    def rows_at_once(self, query: Clause, *names: str) -> NDArray[np.int64] | None:
        """Return fields, that are numbers, of all living articles that satisfy a query.

        A row for each, with its key before them, by ascending keys. None if they are too many for
        one answer.
        """
        wanted = ("key", *names)
        return read_rows(self.search(query, ask_rows(wanted)), wanted)

    def rows(self, query: Clause, *names: str) -> NDArray[np.int64]:
        """Return the same, however many they are."""
        found = self.rows_at_once(query, *names)
        if found is not None:
            return found
        rows = [
            [hit["sort"][0], *(hit["fields"][name][0] for name in names)]
            for hit in self.walk(query, {"sort": ["key"], "docvalue_fields": list(names)})
        ]
        return np.array(rows, np.int64).reshape(-1, 1 + len(names))

    def keys(self, query: Clause) -> list[int]:
        """Return the keys of living articles that satisfy a query, ascending."""
        keys: list[int] = self.rows(query)[:, 0].tolist()
        return keys

    def walk(self, query: Clause, body: Mapping[str, Any]) -> Iterator[Any]:
        """Yield hit after hit of a query, in the order that `body` asks for; no documents."""
        last: list[Any] = []
        while True:
            after = {"search_after": last} if last else {}
            hits = self.search(query, {**UNREAD, "size": MOST_HITS, **body, **after})["hits"][
                "hits"
            ]
            yield from hits
            if len(hits) < MOST_HITS:
                return
            last = hits[-1]["sort"]

    def terms(self, field: str, *queries: Clause) -> tuple[str, ...]:
        """Return the terms of a field, ascending by code points, that satisfy all queries.

        They are those of all articles there ever were.
        """
        return self._dictionary.terms(field, *queries)

    def look_up(self, field: str, queries: Sequence[Clause]) -> list[tuple[str, ...]]:
        """Return the same for each of several queries, asked at once."""
        return self._dictionary.look_up(field, queries)

    def unused_terms(self) -> Iterator[tuple[str, str]]:
        """Yield the terms, with their fields, that no living article has."""
        for field in ("word", "tag", "byline"):
            rest = self._dictionary.of_field(field)
            while some := list(islice(rest, _ASKED_AT_ONCE)):
                filters: dict[str, Clause] = {
                    str(number): {"term": {f"{PASSAGES}.{field}": term}}
                    for number, term in enumerate(some)
                }
                found = self.count_in_passages(filters)
                for number, term in enumerate(some):
                    if not found[str(number)]["doc_count"]:
                        yield field, term

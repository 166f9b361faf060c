"""The words, tags and authors of an archive on a cluster, in which patterns are looked up."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import Any

from pinakes.indexer.opensearch.connection import Cluster, encode
from pinakes.indexer.opensearch.searches import MOST_HITS, SEARCHED, UNREAD
from pinakes.indexer.opensearch.state import Clause

_MOST_KEPT = 1_000_000
"""So many terms that were asked for lately are kept."""


class Dictionary:
    """The terms of all articles there ever were; may be used by many threads.

    Those of a state and later ones: what was asked for is kept for as long as the state is.
    """

    def __init__(self, cluster: Cluster) -> None:
        """Ask a cluster."""
        self._cluster = cluster
        self._guard = Lock()
        self._kept: OrderedDict[bytes, tuple[str, ...]] = OrderedDict()

    def terms(self, field: str, *queries: Clause) -> tuple[str, ...]:
        """Return the terms of a field, ascending by code points, that satisfy all queries."""
        query = {"bool": {"filter": [{"term": {"field": field}}, *queries]}}
        name = encode(query) or b""
        with self._guard:
            kept = self._kept.get(name)
        if kept is not None:
            return kept
        found = tuple(self.each(query))
        with self._guard:
            self._kept[name] = found
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def of_field(self, field: str) -> Iterator[str]:
        """Yield all terms of a field, ascending by code points; none of them is kept."""
        return self.each({"bool": {"filter": [{"term": {"field": field}}]}})

    def each(self, query: Clause) -> Iterator[str]:
        """Yield the terms that satisfy a query, ascending; none of them is kept."""
        path = f"/{self._cluster.name('terms')}/_search"
        last: list[str] = []
        while True:
            body: dict[str, Any] = {
                **UNREAD,
                "size": MOST_HITS,
                "sort": ["term"],
                "query": query,
                "track_total_hits": False,
                **({"search_after": last} if last else {}),
            }
            hits = self._cluster.request("POST", path, body, params=SEARCHED)["hits"]["hits"]
            yield from (hit["sort"][0] for hit in hits)
            if len(hits) < MOST_HITS:
                return
            last = hits[-1]["sort"]

"""The words, tags and authors of an archive on a cluster, in which patterns are looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pinakes.indexer.opensearch.connection import Cluster, encode
from pinakes.indexer.opensearch.kept import Kept
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
        self._kept: Kept[bytes, tuple[str, ...]] = Kept(_MOST_KEPT, len)

    def terms(self, field: str, *queries: Clause) -> tuple[str, ...]:
        """Return the terms of a field, ascending by code points, that satisfy all queries."""
        query = {"bool": {"filter": [{"term": {"field": field}}, *queries]}}
        name = encode(query) or b""
        kept = self._kept.get(name)
        return self._kept.put(name, tuple(self.each(query))) if kept is None else kept

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

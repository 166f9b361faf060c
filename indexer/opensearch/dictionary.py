"""The words, tags and authors of an archive on a cluster, in which patterns are looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pinakes.indexer.opensearch.connection import Cluster, encode
from pinakes.indexer.opensearch.kept import Kept
from pinakes.indexer.opensearch.searches import MOST_HITS, SEARCHED, UNREAD, search_all
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
        self._kept: Kept[bytes, tuple[str, ...]] = Kept(_MOST_KEPT)

    def terms(self, field: str, *queries: Clause) -> tuple[str, ...]:
        """Return the terms of a field, ascending by code points, that satisfy all queries."""
        (found,) = self.look_up(field, [_all_of(queries)])
        return found

    def look_up(self, field: str, queries: Sequence[Clause]) -> list[tuple[str, ...]]:
        """Return the same for each of several queries, asked at once."""
        asked = [_all_of([{"term": {"field": field}}, query]) for query in queries]
        names = [encode(query) or b"" for query in asked]
        found = {name: self._kept.get(name) for name in names}
        new = {name: query for name, query in zip(names, asked, strict=True) if found[name] is None}
        for (name, query), some in zip(new.items(), self._first(list(new.values())), strict=True):
            # There may be more of those that fill a page.
            every = some if len(some) < MOST_HITS else tuple(self.each(query))
            # Where nothing is found, that is kept too.
            found[name] = self._kept.put(name, every, 1 + len(every))
        return [found[name] or () for name in names]

    def _first(self, queries: Sequence[Clause]) -> list[tuple[str, ...]]:
        bodies = [encode(_body(query)) or b"" for query in queries]
        answers = search_all(self._cluster, bodies, index=self._cluster.name("terms"))
        return [tuple(hit["sort"][0] for hit in each["hits"]["hits"]) for each in answers]

    def of_field(self, field: str) -> Iterator[str]:
        """Yield all terms of a field, ascending by code points; none of them is kept."""
        return self.each({"term": {"field": field}})

    def each(self, query: Clause) -> Iterator[str]:
        """Yield the terms that satisfy a query, ascending; none of them is kept."""
        path = f"/{self._cluster.name('terms')}/_search"
        last: list[str] = []
        while True:
            body = {**_body(query), **({"search_after": last} if last else {})}
            hits = self._cluster.request("POST", path, body, params=SEARCHED)["hits"]["hits"]
            yield from (hit["sort"][0] for hit in hits)
            if len(hits) < MOST_HITS:
                return
            last = hits[-1]["sort"]


def _all_of(queries: Sequence[Clause]) -> Clause:
    """Return what satisfies all of some queries."""
    return {"bool": {"filter": list(queries)}}


def _body(query: Clause) -> dict[str, Any]:
    return {
        **UNREAD, "size": MOST_HITS, "sort": ["term"], "query": query, "track_total_hits": False,
    }  # fmt: skip

"""What searches of the cluster have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pinakes.indexer.opensearch.connection import Cluster, encode_lines

SEARCHED = {"allow_partial_search_results": "false"}
"""With what every search is sent: an answer without some shards is none."""
MOST_HITS = 10_000
"""So many hits the cluster tells at once."""
UNREAD: dict[str, Any] = {"_source": False, "stored_fields": "_none_"}
"""Asked for where no document is needed: to read its id alone, all of it would be unpacked."""
_SENT_BYTES = 8 << 20
COUNTED: dict[str, Any] = {"size": 0, "track_total_hits": True}
"""Asked for where only the number of articles is needed."""


def read_count(answer: Any) -> int:
    """Return how many articles satisfy what was asked for as `COUNTED`."""
    count: int = answer["hits"]["total"]["value"]
    return count


def search_all(cluster: Cluster, bodies: Sequence[bytes], *, index: str = "") -> list[Any]:
    """Return the answers to several whole searches, encoded, made at once.

    They are of an index, or of the point in time that each names.
    """
    answers: list[Any] = []
    rest = list(bodies)
    while rest:
        count, size = 1, len(rest[0])
        while count < len(rest) and size + len(rest[count]) <= _SENT_BYTES:
            size += len(rest[count])
            count += 1
        answers += _search_some(cluster, rest[:count], index)
        del rest[:count]
    return answers


def _search_some(cluster: Cluster, bodies: Sequence[bytes], index: str) -> list[Any]:
    head = {"index": index, **SEARCHED} if index else SEARCHED
    lines = [line for body in bodies for line in (head, body)]
    answers: list[Any] = cluster.request("POST", "/_msearch", encode_lines(lines))["responses"]
    if all("error" not in answer and not answer["_shards"]["failed"] for answer in answers):
        return answers
    # Each by itself is tried again, or it is told what is wrong with it.
    path = f"/{index}/_search" if index else "/_search"
    return [cluster.request("POST", path, body, params=SEARCHED) for body in bodies]

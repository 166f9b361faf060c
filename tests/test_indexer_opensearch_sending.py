"""What is sent to a cluster and looked up there, answered by a stand-in where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pinakes.indexer.opensearch import ClusterError, bulk
from pinakes.indexer.opensearch.bulk import index_action, send
from pinakes.indexer.opensearch.errors import TooLargeError
from pinakes.indexer.opensearch.state import make_index

MADE = {"mappings": {"dynamic": "false"}}
STRAY = {"mappings": {"properties": {}}}


class StandIn:
    """Answers requests as a function of the test does."""

    path = Path("config.toml")

    def __init__(self, answer: Callable[[str, str, Any], Any]) -> None:
        self._answer = answer
        self.asked: list[tuple[str, str]] = []

    def request(self, method: str, path: str, body: Any = None, **how: Any) -> Any:
        self.asked.append((method, path))
        return self._answer(method, path, body)

    def name(self, part: str) -> str:
        return f"archive-{part}"


def carrying_out(*, most_bytes: int, told_bytes: int) -> Any:
    """Return a cluster that takes so many bytes, tells its limit, and what it took, in `asked`."""

    def answer(method: str, path: str, body: Any) -> Any:
        if path == "/_nodes/http":
            return {"nodes": {"a": {"http": {"max_content_length_in_bytes": told_bytes}}, "b": {}}}
        if len(body) > most_bytes:
            raise TooLargeError(StandIn.path, "the cluster answers 413")
        ids = [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
        taken.extend(ids)
        return {"items": [{"index": {"_id": id_, "status": 201}} for id_ in ids]}

    taken: list[str] = []
    cluster = StandIn(answer)
    cluster.taken = taken  # type: ignore[attr-defined]
    return cluster


def actions(*lengths: int) -> list[bulk.Action]:
    return [
        index_action("articles", str(number), "x" * length, name=f"article {number}")
        for number, length in enumerate(lengths)
    ]


def test_what_is_more_than_a_cluster_takes_at_once_is_sent_in_parts() -> None:
    cluster = carrying_out(most_bytes=3_000, told_bytes=3_000)
    assert send(cluster, actions(*[500] * 16)) == 16
    assert sorted(cluster.taken, key=int) == [str(number) for number in range(16)]


def test_an_article_that_alone_is_more_is_named() -> None:
    cluster = carrying_out(most_bytes=3_000, told_bytes=3_000)
    with pytest.raises(ClusterError, match="article 2 is too long for the cluster"):
        send(cluster, actions(500, 500, 5_000))


def test_what_a_node_would_close_the_connection_for_is_not_sent() -> None:
    limit = 6 << 20
    cluster = carrying_out(most_bytes=limit, told_bytes=limit)
    with pytest.raises(ClusterError, match="article 0 is too long"):
        send(cluster, actions(limit))
    assert ("POST", "/_bulk") not in cluster.asked
    send(cluster, actions(limit - 4_000))
    assert cluster.taken == ["0"]


def test_an_index_that_another_machine_makes_meanwhile_is_left_alone() -> None:
    indexes: dict[str, Any] = {}

    def answer(method: str, path: str, body: Any) -> Any:
        if method == "GET" and path not in indexes:
            # It comes just after it was looked for.
            indexes[path] = MADE
            return None
        if method == "GET":
            return {path: indexes[path]}
        if method == "DELETE":
            return indexes.pop(path, None)
        return {} if indexes.setdefault(path, body) is body else None

    cluster: Any = StandIn(answer)
    assert not make_index(cluster, "articles", dict(MADE))
    assert ("DELETE", "/articles") not in cluster.asked
    indexes["/articles"] = STRAY
    assert make_index(cluster, "articles", dict(MADE))
    assert indexes == {"/articles": MADE}

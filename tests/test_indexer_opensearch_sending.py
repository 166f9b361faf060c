"""What is sent to a cluster and looked up there, answered by a stand-in where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pinakes.indexer.opensearch import MOST_HITS, ClusterError, ClusterView, bulk, dictionary, view
from pinakes.indexer.opensearch.bulk import index_action, send
from pinakes.indexer.opensearch.dictionary import Dictionary
from pinakes.indexer.opensearch.errors import TooLargeError
from pinakes.indexer.opensearch.reading import KeptRecords, RecordReader
from pinakes.indexer.opensearch.state import ClusterState, make_index

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


def test_patterns_that_no_word_fits_are_kept_up_to_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dictionary, "_MOST_KEPT", 5)
    nothing = {"hits": {"hits": []}, "_shards": {"failed": 0}}
    cluster: Any = StandIn(lambda method, path, body: {"responses": [nothing]})
    words = Dictionary(cluster)
    for number in range(6):
        for _ in range(2):
            assert words.terms("word", {"term": {"term": str(number)}}) == ()
    assert len(cluster.asked) == 6
    words.terms("word", {"term": {"term": "0"}})
    assert len(cluster.asked) == 7


def test_answers_are_kept_up_to_their_length(monkeypatch: pytest.MonkeyPatch) -> None:
    total = {"value": 7, "padding": "x" * 1_000}
    answer = {"hits": {"total": total}, "_shards": {"failed": 0}}
    cluster: Any = StandIn(lambda method, path, body: {"responses": [answer]})
    monkeypatch.setattr(view, "_KEPT_BYTES", 2_500)
    state = ClusterView(cluster, ClusterState("articles", {}), "a point")
    for number, requests in ((0, 1), (1, 2), (2, 3), (1, 3), (2, 3), (0, 4)):
        assert state.count([{"term": {"key": number}}]) == [7]
        assert len(cluster.asked) == requests


class Watched(dict[int, bool]):
    """Takes down every state in which another thread may see it."""

    def __init__(self) -> None:
        self.seen: list[dict[int, bool]] = []

    def update(self, *told: Any, **named: Any) -> None:
        super().update(*told, **named)
        self.seen.append(dict(self))


def test_no_other_thread_sees_a_cluster_of_copies_taken_for_a_single_article() -> None:
    buckets = [{"key": 3, "doc_count": 2}, {"key": 4, "doc_count": 1}]
    state: Any = type("View", (), {})()
    state.search_each = lambda searches: [{"aggregations": {"sizes": {"buckets": buckets}}}]
    kept = KeptRecords()
    kept.shared = watched = Watched()
    expected = {3: True, 4: False, 5: False}
    assert RecordReader(state, kept).are_shared(list(expected)) == expected
    assert watched.seen == [expected]


def test_no_search_asks_for_more_clusters_of_copies_than_one_answer_tells() -> None:
    asked: list[int] = []

    def count(searches: Any) -> list[Any]:
        answers = []
        for query, body in searches:
            clusters = query["terms"]["cluster"]
            assert body["aggs"]["sizes"]["terms"]["size"] == len(clusters) <= MOST_HITS
            asked.extend(clusters)
            buckets = [{"key": each, "doc_count": 2 - each % 2} for each in clusters]
            answers.append({"aggregations": {"sizes": {"buckets": buckets}}})
        return answers

    state: Any = type("View", (), {})()
    state.search_each = count
    shared = RecordReader(state, KeptRecords()).are_shared(range(25_000))
    assert shared == {each: each % 2 == 0 for each in range(25_000)}
    assert asked == list(range(25_000))

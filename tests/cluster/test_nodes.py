"""The cluster that tests start is one, and does what tests ask of it."""

from __future__ import annotations

import time

import pytest

from tests.cluster.nodes import Cluster, ask


def test_a_killed_node_is_missed_and_comes_back_with_its_data(cluster: Cluster) -> None:
    first, _, third = cluster.urls
    index = f"/nodes-{time.time_ns()}"
    settings = {"number_of_shards": 3, "number_of_replicas": 1}
    ask(first, index, {"settings": settings}, method="PUT")
    cluster.wait("green")
    for number in range(20):
        ask(first, f"{index}/_doc/{number}", {"number": number}, method="PUT")

    cluster.stop_node(2)
    with pytest.raises(OSError, match=r"refused|reset"):
        ask(third, "/")
    cluster.wait("yellow", nodes=2)
    ask(first, f"{index}/_refresh", method="POST")
    assert ask(first, f"{index}/_count")["count"] == 20

    cluster.start_node(2)
    cluster.wait("green")
    assert ask(third, f"{index}/_count")["count"] == 20
    ask(first, index, method="DELETE")

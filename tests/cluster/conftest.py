"""The cluster that tests marked `cluster` run against."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.keeping import KeptCluster
from tests.cluster.nodes import Cluster, NoClusterError

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever stands in this folder, so that none is forgotten."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.cluster)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster | KeptCluster]:
    """Start three nodes for all tests of this run, or use the cluster that is kept for them."""
    kept = os.environ.get("PINAKES_CLUSTER")
    if kept:
        yield KeptCluster(Path(kept))
        return
    pytest.importorskip("opensearchpy", reason="needs pip install 'pinakes[cluster]'")
    try:
        started = Cluster()
    except NoClusterError as error:
        pytest.skip(f"no cluster here: {error}")
    try:
        yield started
    finally:
        started.stop()

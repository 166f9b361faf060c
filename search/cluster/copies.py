"""Copies and versions among all articles of an archive on a cluster."""

from __future__ import annotations

from collections.abc import Collection

from pinakes.indexer.opensearch import ClusterView


def find_shared(view: ClusterView, clusters: Collection[int]) -> dict[int, bool]:
    """Return of each cluster of copies whether more than one living article is of it."""
    wanted = sorted(clusters)
    counts = view.count([{"term": {"cluster": cluster}} for cluster in wanted])
    return {cluster: count > 1 for cluster, count in zip(wanted, counts, strict=True)}

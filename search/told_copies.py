"""Tells of the hits of a page for how many copies each stands."""

from __future__ import annotations

from collections.abc import Sequence

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.copies import Collapsed, article_rows
from pinakes.search.model import Copies


def tell_copies(
    keys: Sequence[int], snapshot: Snapshot, collapsed: Collapsed | None
) -> dict[int, Copies]:
    """Return by key what articles stand for, without those that have no copies."""
    rows = article_rows(snapshot)
    places = rows.places_of(keys)
    clusters = [int(rows.cluster[place]) for place in places]
    if snapshot.remote is None:
        are_shared = [bool(rows.shared[place]) for place in places]
    else:
        known = snapshot.remote.records.are_shared(set(clusters))
        are_shared = [known[cluster] for cluster in clusters]
    return {
        key: Copies(cluster=f"c{cluster}", count=collapsed.count_of(place) if collapsed else 1)
        for key, place, cluster, is_shared in zip(keys, places, clusters, are_shared, strict=True)
        if is_shared
    }

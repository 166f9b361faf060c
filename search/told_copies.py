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
    return {
        key: Copies(
            cluster=f"c{rows.cluster[place]}", count=collapsed.count_of(place) if collapsed else 1
        )
        for key, place in zip(keys, rows.places_of(keys), strict=True)
        if rows.shared[place]
    }

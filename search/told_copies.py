"""Tells of the hits of a page for how many copies each stands."""

from __future__ import annotations

from dataclasses import replace

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.copies import Collapsed, article_rows
from pinakes.search.model import Copies, Hit


def tell_copies(
    hits: tuple[Hit, ...], snapshot: Snapshot, collapsed: Collapsed | None
) -> tuple[Hit, ...]:
    """Return hits with what they stand for, those of articles that have copies."""
    rows = article_rows(snapshot)
    counts = collapsed.counts if collapsed else {}
    if snapshot.remote is None:
        are_shared = {}
    else:
        from pinakes.search.cluster.copies import find_shared

        clusters = {int(rows.cluster[rows.place_of(hit.article.key)]) for hit in hits}
        are_shared = find_shared(snapshot.remote, clusters)

    def tell(hit: Hit) -> Hit:
        place = rows.place_of(hit.article.key)
        if not are_shared.get(int(rows.cluster[place]), rows.shared[place]):
            return hit
        cluster = f"c{rows.cluster[place]}"
        return replace(hit, copies=Copies(cluster=cluster, count=counts.get(place, 1)))

    return tuple(map(tell, hits))

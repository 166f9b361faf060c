"""Which copy of an article stands for it, where a search shows one copy for all."""

from __future__ import annotations

from dataclasses import replace

from pinakes.corpus import Store
from pinakes.indexer import Snapshot
from pinakes.search.every_hit import every_hit
from pinakes.search.options import SearchOptions
from pinakes.search.query import Query


def find_stand_ins(
    query: Query, options: SearchOptions, snapshot: Snapshot, store: Store
) -> dict[str, str]:
    """Return, by ids of articles that satisfy a query and are not shown, what is shown for them.

    Raises:
        IndexDamagedError: As of `answer`.
    """
    bare = replace(options, snippets=1)
    shown = {
        hit.copies.cluster: hit.article.id
        for hit in every_hit(query, replace(bare, collapse=True), snapshot, store)
        if hit.copies
    }
    return {
        hit.article.id: shown[hit.copies.cluster]
        for hit in every_hit(query, replace(bare, collapse=False), snapshot, store)
        if hit.copies and shown.get(hit.copies.cluster, hit.article.id) != hit.article.id
    }

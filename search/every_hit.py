"""All hits of a query, in order, with the articles of a few in memory at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pinakes.corpus import Store
from pinakes.indexer import Snapshot
from pinakes.search.asking import answer
from pinakes.search.model import Hit
from pinakes.search.options import SearchOptions
from pinakes.search.query import Query

WINDOW = 500


def every_hit(
    query: Query,
    options: SearchOptions,
    snapshot: Snapshot,
    store: Store,
    *,
    window: int = WINDOW,
) -> Iterator[Hit]:
    """Yield every hit, of whatever page; of the options, what they say of pages does not count.

    Raises:
        IndexDamagedError: As of `answer`.
    """
    bare = replace(
        options, after="", limit=window, offset=0, totals=False,
        occurrences=False, facets=(), hints=False, explain=False,
    )  # fmt: skip
    while True:
        found = answer(query, bare, snapshot, store)
        yield from found
        if len(found) < window:
            return
        bare = replace(bare, offset=bare.offset + window)

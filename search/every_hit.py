"""All hits of a query, in order, with the articles of a few in memory at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pinakes.corpus import Store
from pinakes.indexer import Snapshot
from pinakes.search.asking import answer
from pinakes.search.model import Hit
from pinakes.search.options import SearchOptions
from pinakes.search.query import Diagnostic, Query
from pinakes.search.readable import is_about_damage

WINDOW = 500


def every_hit(
    query: Query,
    options: SearchOptions,
    snapshot: Snapshot,
    store: Store,
    *,
    window: int = WINDOW,
    on_damage: Callable[[Diagnostic], None] | None = None,
) -> Iterator[Hit]:
    """Yield every hit, of whatever page; of the options, what they say of pages does not count.

    Hits that are damaged are left out, and `on_damage` is told so.

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
        for finding in filter(is_about_damage, found.diagnostics):
            if on_damage:
                on_damage(finding)
        if not found.next:
            return
        bare = replace(bare, offset=bare.offset + window)

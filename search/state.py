"""Of which archive, and which state of it, an answer speaks."""

from __future__ import annotations

from pinakes.corpus import Store
from pinakes.indexer import Snapshot
from pinakes.search.model import ArchiveState


def state_of(store: Store, snapshot: Snapshot) -> ArchiveState:
    """Return the state that a snapshot and a store in that state are of."""
    counts = store.counts(snapshot.generation)
    return ArchiveState(
        id=store.archive_id,
        generation=snapshot.generation,
        articles=snapshot.live_articles,
        passages=snapshot.live_passages,
        files=counts.files,
        unsearchable=counts.unsearchable,
    )

"""Of which archive, and which state of it, an answer speaks."""

from __future__ import annotations

from pinakes.corpus import ArchiveFolder, Store
from pinakes.indexer import Snapshot
from pinakes.search.model import ArchiveState, ArchiveStatus


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


def describe_archive(folder: ArchiveFolder, snapshot: Snapshot, store: Store) -> ArchiveStatus:
    """Return what the archive in `folder` holds, and what it could not take in."""
    # Loaded with all taggers, which nobody else who asks for a state waits for.
    from pinakes.search.tagging.tag_state import read_state

    tags = read_state(folder)
    return ArchiveStatus(
        archive=state_of(store, snapshot),
        root=folder.root,
        store_generation=store.state().generation,
        by_status=store.counts(snapshot.generation).by_status,
        languages=tuple(sorted(snapshot.languages)),
        size_bytes=folder.size_bytes(),
        tag_level=tags.level,
        outdated_tags=tags.outdated(store.tags.counts()),
        tag_problems=tags.problems,
    )

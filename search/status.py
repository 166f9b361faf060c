"""What an archive holds, and what it could not take in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pinakes.corpus import ArchiveFolder, Status, Store
from pinakes.indexer import Snapshot
from pinakes.search.model import ArchiveState
from pinakes.search.state import state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStatus:
    """What an archive holds, and what it could not take in.

    Attributes:
        archive: The state that answers queries.
        root: The folder that holds `.pinakes/`.
        store_generation: Of the store; above the answering generation if a writer was stopped
            between the two, until the next one catches up.
        by_status: Files by what became of them.
        languages: ISO 639-1 codes of the living articles, in order.
        size_bytes: All of `.pinakes/`.
    """

    archive: ArchiveState
    root: Path
    store_generation: int
    by_status: Mapping[Status, int]
    languages: tuple[str, ...]
    size_bytes: int


def describe_archive(folder: ArchiveFolder, snapshot: Snapshot, store: Store) -> ArchiveStatus:
    """Return what the archive in `folder` holds, and what it could not take in."""
    return ArchiveStatus(
        archive=state_of(store, snapshot),
        root=folder.root,
        store_generation=store.state().generation,
        by_status=store.counts(snapshot.generation).by_status,
        languages=tuple(sorted(snapshot.languages)),
        size_bytes=folder.size_bytes(),
    )

"""What an archive holds, and what it could not take in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pinakes.corpus import ArchiveFolder, EngineSettings, Status, Store
from pinakes.indexer import Snapshot
from pinakes.search.model import ArchiveState
from pinakes.search.readable import count_left_out
from pinakes.search.state import state_of
from pinakes.search.thin_sites import ThinSite, find_thin_sites
from pinakes.search.writing import PURGE_MARK


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
        tag_level: What is looked for in passages: `none`, `basic` or `all`.
        outdated_tags: By rule, in how many articles its tags are of an older version, missing, or
            of a rule that is gone; `pinakes tag --rerun stale` brings them up to date.
        thin_sites: Those of which next to nothing was kept of many pages.
        purged: How many articles are kept out as they were purged.
        left_out: How many articles the index is without, as they were damaged when it was made.
        is_purge_unfinished: Whether a purge was stopped; the next writer finishes it.
        engine: Where queries are answered, for a person; empty if that is the archive's folder.
        tag_problems: By name, why a rule or tagger cannot be loaded, for a person.
    """

    archive: ArchiveState
    root: Path
    store_generation: int
    by_status: Mapping[Status, int]
    languages: tuple[str, ...]
    size_bytes: int
    tag_level: str
    outdated_tags: Mapping[str, int]
    tag_problems: Mapping[str, str]
    thin_sites: tuple[ThinSite, ...] = ()
    purged: int = 0
    left_out: int = 0
    is_purge_unfinished: bool = False
    engine: str = ""


def describe(engine: EngineSettings) -> str:
    """Return where queries are answered, for a person."""
    if engine.is_local:
        return "local"
    return f"opensearch at {', '.join(engine.urls)}, by the name {engine.name}"


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
        thin_sites=find_thin_sites(snapshot, store),
        purged=store.count_purged(),
        left_out=count_left_out(store, snapshot),
        engine="" if snapshot.remote is None else describe(folder.read_engine()),
        is_purge_unfinished=(folder.state_dir / PURGE_MARK).exists(),
    )

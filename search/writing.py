"""How an archive is written: under its lock, and with an index that follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from pinakes.corpus import ArchiveError, ArchiveFolder, Store, WriterLock, logger_of, spelled
from pinakes.indexer import IndexMissingError
from pinakes.search.reading import UNUSABLE, damage_told

if TYPE_CHECKING:
    from pinakes.corpus import EngineSettings
    from pinakes.indexer import Engine

_log = logger_of(__name__)

PURGE_MARK = "purge.json"
"""The file below `.pinakes` that says that a purge is under way, or was stopped."""


@contextmanager
def locked(folder: ArchiveFolder, *, wait_s: float) -> Iterator[Store]:
    """Hold the lock of the archive, with its store open for writing.

    Raises:
        ArchiveLockedError: Another process is still writing after `wait_s` seconds.
    """
    with WriterLock(folder, wait_s=wait_s):
        if (folder.state_dir / PURGE_MARK).exists():
            from pinakes.search.upkeep.erasing import finish

            _log.warning("%s: finishing a purge that was stopped", spelled(folder.root))
            finish(folder)
        with Store.open(folder.store_path, read_only=False) as store:
            yield store


@contextmanager
def writing(folder: ArchiveFolder, *, wait_s: float) -> Iterator[tuple[Store, Engine]]:
    """Do as `locked`, with an index that has caught up; at the end remove what nobody needs."""
    with locked(folder, wait_s=wait_s) as store, closing(open_index(folder)) as index:
        catch_up(index, store)
        with index.following(store):
            yield store, index
        store.prune(catch_up(index, store))
        store.checkpoint()


def open_index(folder: ArchiveFolder) -> Engine:
    """Return the index of an archive, whatever its state, to be written as is set for it."""
    if folder.may_be_elsewhere():
        return open_engine(folder, folder.read_engine())
    return open_engine(folder, None)


def open_engine(folder: ArchiveFolder, settings: EngineSettings | None) -> Engine:
    """Do as `open_index` with other settings for where it is; None for the local ones."""
    if settings is not None and not settings.is_local:
        from pinakes.indexer.opensearch import ClusterIndex, connect

        return ClusterIndex(connect(settings, folder.config_path))
    from pinakes.indexer import PassageIndex

    memory_bytes = folder.read_config().index.memory_mb << 20
    return PassageIndex(folder.index_path, memory_bytes=memory_bytes)


def catch_up(index: Engine, store: Store) -> int:
    """Bring the index to the store's generation, whatever its state; return that generation."""
    try:
        with damage_told(index.verify):
            return index.update(store)
    except UNUSABLE as error:
        return rebuild(index, store, error)


def rebuild(index: Engine, store: Store, reason: ArchiveError) -> int:
    """Make the index again from the store, and say so in the log; return its generation."""
    if not isinstance(reason, IndexMissingError) or store.state().generation:
        _log.warning("making the index again from the store: %s", spelled(reason))
    return index.rebuild(store)

"""How an archive is written: under its lock, and with an index that follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pinakes.corpus import ArchiveFolder, Store, WriterLock
from pinakes.search.reading import catch_up, open_index

if TYPE_CHECKING:
    from pinakes.indexer import PassageIndex


@contextmanager
def locked(folder: ArchiveFolder, *, wait_s: float) -> Iterator[Store]:
    """Hold the lock of the archive, with its store open for writing.

    Raises:
        ArchiveLockedError: Another process is still writing after `wait_s` seconds.
    """
    path = folder.store_path
    with WriterLock(folder, wait_s=wait_s), Store.open(path, read_only=False) as store:
        yield store


@contextmanager
def writing(folder: ArchiveFolder, *, wait_s: float) -> Iterator[tuple[Store, PassageIndex]]:
    """Do as `locked`, with an index that has caught up; at the end remove what nobody needs."""
    with locked(folder, wait_s=wait_s) as store:
        index = open_index(folder)
        catch_up(index, store)
        with index.following(store):
            yield store, index
        store.prune(catch_up(index, store))
        store.checkpoint()

"""What the threads of an application read an archive through: a snapshot, and stores."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pinakes.corpus import ArchiveError, ArchiveFolder, Store, WriterLock
from pinakes.indexer import (
    IndexDamagedError,
    IndexFormatError,
    IndexMissingError,
    PassageIndex,
    Snapshot,
    latest_generation,
)

_log = logging.getLogger(__name__)
_UNUSABLE = (IndexMissingError, IndexDamagedError, IndexFormatError)
_MAX_RACES = 50


class Reader:
    """Lends the latest snapshot of the index together with a store that still has its texts.

    A writer commits to the store first, then to the index; once the index is there, it may remove
    for good what only older indexes need. So a snapshot and a store belong together as long as the
    store has not been pruned beyond the snapshot.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        """Read the archive in `folder`; nothing is opened before it is needed."""
        self._folder = folder
        self._guard = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._idle_stores: list[Store] = []
        self._is_closed = False

    def close(self) -> None:
        """Let go of every file, those lent when they come back."""
        with self._guard:
            self._is_closed = True
            self._snapshot = None
            stores, self._idle_stores = self._idle_stores, []
        for store in stores:
            store.close()

    def snapshots(self) -> Iterator[Snapshot]:
        """Yield the latest snapshot, again and again, until `store_of` has its texts.

        Raises:
            ArchiveError: None could be used; the archive changes faster than it can be read.
        """
        for _ in range(_MAX_RACES):
            yield self._latest()
        raise ArchiveError(
            self._folder.index_path, "changes faster than it can be read; try again in a moment"
        )

    @contextmanager
    def store_of(self, snapshot: Snapshot) -> Iterator[Store | None]:
        """Lend a store, in one state, that has all texts of `snapshot`; None if some are gone."""
        with self.store() as store, store.snapshot():
            yield store if store.state().pruned <= snapshot.generation else None

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Lend a store that no other thread has in hand."""
        with self._guard:
            self._refuse_closed()
            store = self._idle_stores.pop() if self._idle_stores else None
        if store is None:
            store = Store.open(self._folder.store_path)
        try:
            yield store
        finally:
            with self._guard:
                is_kept = not self._is_closed
                if is_kept:
                    self._idle_stores.append(store)
            if not is_kept:
                store.close()

    def replace(self, damaged: Snapshot, reason: IndexDamagedError) -> None:
        """Make the index again, unless another thread has done so since `damaged` was lent."""
        with self._guard:
            if self._snapshot is damaged:
                self._snapshot = None
                self._rebuild(reason)

    def _latest(self) -> Snapshot:
        with self._guard:
            self._refuse_closed()
            try:
                newest = latest_generation(self._folder.index_path)
                if self._snapshot is None or self._snapshot.generation != newest:
                    self._snapshot = Snapshot.open(self._folder.index_path)
            except _UNUSABLE as error:
                self._rebuild(error)
                self._snapshot = Snapshot.open(self._folder.index_path)
            return self._snapshot

    def _rebuild(self, reason: ArchiveError) -> None:
        with WriterLock(self._folder), Store.open(self._folder.store_path) as store:
            rebuild(PassageIndex(self._folder.index_path), store, reason)

    def _refuse_closed(self) -> None:
        if self._is_closed:
            raise ArchiveError(self._folder.root, "this Archive was closed; open it again")


def catch_up(index: PassageIndex, store: Store) -> int:
    """Bring the index to the store's generation, whatever its state; return that generation."""
    try:
        return index.update(store)
    except _UNUSABLE as error:
        return rebuild(index, store, error)


def rebuild(index: PassageIndex, store: Store, reason: ArchiveError) -> int:
    """Make the index again from the store, and say so in the log; return its generation."""
    if not isinstance(reason, IndexMissingError) or store.state().generation:
        _log.warning("making the index again from the store: %s", reason)
    return index.rebuild(store)

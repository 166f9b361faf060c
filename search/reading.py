"""What the threads of an application read an archive through: a snapshot, and stores."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pinakes.corpus import ArchiveError, ArchiveFolder, ArchiveReadOnlyError, Store
from pinakes.indexer import LISTS_MB, IndexDamagedError, IndexFormatError, IndexMissingError

if TYPE_CHECKING:
    from pinakes.indexer import Snapshot
    from pinakes.search.lending import Lends

UNUSABLE = (IndexMissingError, IndexDamagedError, IndexFormatError)
"""What an index that has to be made again raises."""
_MAX_RACES = 50

Answer = TypeVar("Answer")


def reader_of(folder: ArchiveFolder, *, lists_mb: float) -> Lends:
    """Return what reads an archive: from its folder, or from the cluster that it is set to.

    `lists_mb` is as of `Reader`; a cluster keeps its own.
    """
    if folder.may_be_elsewhere():
        settings = folder.read_engine()
        if not settings.is_local:
            from pinakes.search.cluster import ClusterReader

            return ClusterReader(folder, settings)
    return Reader(folder, lists_mb=lists_mb)


class Stores:
    """Lends stores of one archive, each to one thread at a time, and keeps them open between.

    Attributes:
        is_closed: Whether it lends no more.
    """

    def __init__(self, folder: ArchiveFolder) -> None:
        """Lend what the archive in `folder` has; nothing is opened before it is needed."""
        self._folder = folder
        self._guard = threading.Lock()
        self._idle: list[Store] = []
        self.is_closed = False

    def close(self) -> None:
        """Close every store, those lent when they come back."""
        with self._guard:
            self.is_closed = True
        self.let_go()

    def let_go(self) -> None:
        """Close the stores that nobody has in hand, so that no file is held that was replaced."""
        with self._guard:
            stores, self._idle = self._idle, []
        for store in stores:
            store.close()

    def begin_anew(self) -> None:
        """Begin anew in a process that was forked from the one that held them.

        A lock that a thread had there would never be let go of here. A connection to SQLite must
        not be used: it would believe that this process holds the locks on files that that one
        does. Closing one that was only read through, and that nobody had in hand, harms nobody.
        """
        self._guard = threading.Lock()
        self.let_go()

    def refuse_closed(self) -> None:
        """Raise `ArchiveError` once all is closed."""
        if self.is_closed:
            raise ArchiveError(self._folder.root, "this Archive was closed; open it again")

    @contextmanager
    def lend(self) -> Iterator[Store]:
        """Lend a store that no other thread has in hand."""
        with self._guard:
            self.refuse_closed()
            store = self._idle.pop() if self._idle else None
        if store is not None and store.is_replaced():
            store.close()
            store = None
        if store is None:
            store = Store.open(self._folder.store_path)
        try:
            yield store
        finally:
            with self._guard:
                is_kept = not self.is_closed
                if is_kept:
                    self._idle.append(store)
            if not is_kept:
                store.close()


class Reader:
    """Lends the latest snapshot of the index together with a store that has all its texts.

    A writer commits to the store first, then to the index; once the index is there, it may remove
    for good what only older indexes need. So a snapshot and a store belong together as long as the
    store knows the snapshot's generation, by its token.
    """

    def __init__(self, folder: ArchiveFolder, *, lists_mb: float = LISTS_MB) -> None:
        """Read the archive in `folder`; nothing is opened before it is needed.

        `lists_mb` is that of the snapshots it lends.
        """
        self._folder = folder
        self._lists_mb = lists_mb
        self._guard = threading.Lock()
        self._making = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._stores = Stores(folder)
        self._process = os.getpid()

    def close(self) -> None:
        """Let go of every file, those lent when they come back."""
        self._be_in_own_process()
        self._stores.close()
        with self._guard:
            self._snapshot = None

    def let_go(self) -> None:
        """Let go of the files that nobody is asking, so that none is held that was replaced."""
        self._be_in_own_process()
        with self._guard:
            self._snapshot = None
        self._stores.let_go()

    def ask(self, question: Callable[[Snapshot, Store], Answer]) -> Answer:
        """Return what `question` answers from the latest snapshot and a store, in one state.

        An index that turns out to be of another history, or damaged, is made again, once, and the
        question is put to the new one.

        Raises:
            ArchiveError: The archive cannot be read, or changes faster than it can be read.
        """
        with self.lend(question) as (answer, _store):
            return answer

    @contextmanager
    def lend(self, question: Callable[[Snapshot, Store], Answer]) -> Iterator[tuple[Answer, Store]]:
        """Answer as `ask` does, and lend the store in that state for as long as the block lasts."""
        with ExitStack() as held:
            yield self._answer(question, held)

    def _answer(
        self, question: Callable[[Snapshot, Store], Answer], held: ExitStack
    ) -> tuple[Answer, Store]:
        """Return an answer and the store it is from, which `held` holds until it is closed."""
        made_again: Snapshot | None = None
        for _ in range(_MAX_RACES):
            snapshot = self._latest()
            try:
                store = held.enter_context(self.store())
                held.enter_context(store.snapshot())
                if store.token_of(snapshot.generation) == snapshot.token:
                    verifying = partial(_verify_snapshot, snapshot)
                    with damage_told(verifying):
                        answer = question(snapshot, store)
                    held.enter_context(damage_told(verifying))
                    return answer, store
                held.close()
                if not snapshot.is_latest(self._folder.index_path):
                    continue
                raise IndexDamagedError(
                    self._folder.index_path, "it is of another state of the store"
                )
            except UNUSABLE as error:
                held.close()
                if made_again is snapshot:
                    raise
                made_again = self._make_again(error, unfit=snapshot)
        raise ArchiveError(
            self._folder.index_path, "changes faster than it can be read; try again in a moment"
        )

    def store(self) -> AbstractContextManager[Store]:
        """Lend a store that no other thread has in hand."""
        self._be_in_own_process()
        return self._stores.lend()

    def _latest(self) -> Snapshot:
        self._be_in_own_process()
        self._stores.refuse_closed()
        with self._guard:
            held = self._snapshot
        try:
            if held is not None and held.is_latest(self._folder.index_path):
                return held
            # Not at the top: who only writes searches in no state of the index.
            from pinakes.indexer import Snapshot

            return self._hold(Snapshot.open(self._folder.index_path, before=held))
        except UNUSABLE as error:
            return self._make_again(error, unfit=held)

    def _hold(self, snapshot: Snapshot) -> Snapshot:
        snapshot.lists_mb = self._lists_mb
        with self._guard:
            if not self._stores.is_closed:
                self._snapshot = snapshot
        return snapshot

    def _make_again(self, reason: ArchiveError, *, unfit: Snapshot | None) -> Snapshot:
        """Make the index again, unless another thread or process has, and return its snapshot."""
        from pinakes.corpus import WriterLock
        from pinakes.indexer import Snapshot
        from pinakes.search.writing import open_index, rebuild

        if self._folder.may_be_elsewhere() and not self._folder.read_engine().is_local:
            what = "a cluster answers the archive's queries by now; open it again"
            raise ArchiveError(self._folder.root, what) from reason
        path = self._folder.index_path
        with self._making, _read_only_told(path, reason), WriterLock(self._folder):
            try:
                found = Snapshot.open(path)
            except UNUSABLE:
                found = None
            if found is None or (unfit is not None and found.toc == unfit.toc):
                with Store.open(self._folder.store_path) as store:
                    rebuild(open_index(self._folder), store, reason)
                found = Snapshot.open(path)
        return self._hold(found)

    def _be_in_own_process(self) -> None:
        """Begin anew in a process that was forked from the one that held this."""
        if self._process == os.getpid():
            return
        self._guard, self._making = threading.Lock(), threading.Lock()
        self._snapshot = None
        # Before other threads take it for done: what was inherited must be lent to none of them.
        self._stores.begin_anew()
        self._process = os.getpid()


def _verify_snapshot(snapshot: Snapshot) -> None:
    from pinakes.indexer import verify_snapshot

    verify_snapshot(snapshot)


@contextmanager
def _read_only_told(path: Path, reason: ArchiveError) -> Iterator[None]:
    """Say to who only wanted to read why something was to be written."""
    try:
        yield
    except ArchiveReadOnlyError as error:
        state = "missing" if isinstance(reason, IndexMissingError) else "damaged or outdated"
        raise ArchiveError(
            path, f"the index is {state} and cannot be made here: {error}"
        ) from reason


@contextmanager
def damage_told(check: Callable[[], None]) -> Iterator[None]:
    """Raise `IndexDamagedError` for what damaged arrays make Python and numpy raise.

    Large arrays are not compared with their checksums before they are used.
    """
    try:
        yield
    except (LookupError, ValueError, OverflowError):
        check()
        raise

"""Lends the state of an archive that is on a cluster, together with the archive's own store."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TypeVar

from pinakes.corpus import ArchiveFolder, EngineSettings, Store
from pinakes.indexer import Snapshot, snapshot_of_view
from pinakes.indexer.opensearch import (
    Cluster,
    ClusterArticles,
    ClusterView,
    StateLostError,
    connect,
)
from pinakes.search.reading import Stores

Answer = TypeVar("Answer")


class ClusterReader:
    """What `Reader` is for an archive that answers from its own folder; see there.

    Articles come from the cluster; saved searches, the ledger and the state of tags from the store
    in the archive's folder.
    """

    def __init__(self, folder: ArchiveFolder, settings: EngineSettings) -> None:
        """Read the archive in `folder`; nothing is opened before it is needed."""
        self._folder = folder
        self._settings = settings
        self._guard = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._lent: Counter[Snapshot] = Counter()
        self._cluster: Cluster | None = None
        self._stores = Stores(folder)
        self._process = os.getpid()

    def close(self) -> None:
        """Let go of every file and connection, those lent when they come back."""
        self._be_in_own_process()
        self._stores.close()
        self.let_go()
        with self._guard:
            cluster, self._cluster = self._cluster, None
        if cluster is not None:
            cluster.close()

    def let_go(self) -> None:
        """Let go of the files and the state that nobody is asking."""
        self._be_in_own_process()
        with self._guard:
            snapshot, self._snapshot = self._snapshot, None
        self._stores.let_go()
        self._let_go_of(snapshot)

    def ask(self, question: Callable[[Snapshot, Store], Answer]) -> Answer:
        """Return what `question` answers from the latest state, and a store.

        A state that is gone, as the nodes that kept it are, is asked for again.

        Raises:
            ArchiveError: The cluster, or the archive, cannot be read.
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
        pauses: Iterator[float] | None = None
        while True:
            snapshot = self._latest()
            held.callback(self._return, snapshot)
            cluster = self._cluster
            # `_latest` sees to both.
            assert snapshot.remote is not None and cluster is not None  # noqa: S101, PT018
            try:
                store = held.enter_context(self.store())
                held.enter_context(store.snapshot())
                held.enter_context(store.reading_from(ClusterArticles(snapshot.remote)))
                return question(snapshot, store), store
            except StateLostError:
                held.close()
                with self._guard:
                    if self._snapshot is snapshot:
                        self._snapshot = None
                self._let_go_of(snapshot)
                pauses = pauses or cluster.pauses()
                pause_s = next(pauses, None)
                if pause_s is None:
                    raise
                cluster.note_retry("the state that was asked is gone")
                time.sleep(pause_s)

    def store(self) -> AbstractContextManager[Store]:
        """Lend a store that no other thread has in hand."""
        self._be_in_own_process()
        return self._stores.lend()

    def _latest(self) -> Snapshot:
        self._be_in_own_process()
        self._stores.refuse_closed()
        cluster = self._connected()
        with self._guard:
            held = self._snapshot
        if held is not None and held.remote is not None and held.remote.is_latest():
            with self._guard:
                if self._snapshot is held:
                    self._lent[held] += 1
                    return held
        snapshot = snapshot_of_view(ClusterView.open(cluster))
        with self._guard:
            before = self._snapshot
            self._lent[snapshot] += 1
            if not self._stores.is_closed:
                self._snapshot = snapshot
        self._let_go_of(before)
        return snapshot

    def _connected(self) -> Cluster:
        """Return the connection; the first who asks makes it."""
        # To connect is to send nothing yet: nobody waits for long.
        with self._guard:
            self._stores.refuse_closed()
            if self._cluster is None:
                self._cluster = connect(self._settings, self._folder.config_path)
            return self._cluster

    def _return(self, snapshot: Snapshot) -> None:
        """Take back a state that was lent; one that is replaced is let go of."""
        with self._guard:
            self._lent[snapshot] -= 1
            is_kept = self._snapshot is snapshot
        if not is_kept:
            self._let_go_of(snapshot)

    def _let_go_of(self, snapshot: Snapshot | None) -> None:
        """Let the cluster forget a state that nobody is asking any more; it keeps but some."""
        if snapshot is None or snapshot.remote is None:
            return
        with self._guard:
            if self._lent[snapshot] > 0:
                return
            self._lent.pop(snapshot, None)
        snapshot.remote.close()

    def _be_in_own_process(self) -> None:
        """Begin anew in a process that was forked from the one that held this."""
        if self._process == os.getpid():
            return
        self._guard = threading.Lock()
        self._snapshot, self._cluster = None, None
        self._lent = Counter()
        self._stores.begin_anew()
        # The last of all: once it says so, no other thread looks again.
        self._process = os.getpid()

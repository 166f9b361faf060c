"""Reads files ahead of a run in processes of their own, within limits of time and memory.

Whoever asks takes what is in files in the order announced, and does nothing else about them. What
is ready and not taken is bounded, so that a slow run holds up the processes, not the memory.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial

from pinakes.corpus.child_process import core_count
from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.prepared import Prepared
from pinakes.corpus.ingestion.reading import Reading
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.walk import FoundFile
from pinakes.corpus.ingestion.worker_process import (
    ENTRY,
    ReadReply,
    ReadRequest,
    WorkerProcess,
)
from pinakes.corpus.ledger import Status
from pinakes.corpus.reading_limits import ReadingLimits

_CHECK_S = 0.05
_LONG_PAUSE_S = 1.0
_WAIT_S = 0.5
_IDLE_S = 2.0
_MOST_PROCESSES = 8
# Less work than this is done by one process before another one is ready.
_FILES_A_PROCESS = 50
_BYTES_A_PROCESS = 4_000_000
_MOST_AHEAD = 4096
_MOST_HELD_BYTES = 32_000_000


@dataclass(slots=True, kw_only=True, eq=False)
class _Job:
    request: ReadRequest
    is_next: bool = False
    reply: Future[ReadReply] = field(default_factory=Future)


class ReaderAhead:
    """Reads files in other processes, ahead of whoever opens them.

    A file that takes too long or too much memory costs its process, which is replaced, and is an
    error; the others go on.
    """

    def __init__(
        self,
        folder: ArchiveFolder,
        options: IngestOptions,
        limits: ReadingLimits,
        *,
        known: Mapping[int, Iterable[str]],
        entry: str = ENTRY,
    ) -> None:
        """Be ready to start processes.

        Args:
            folder: Of the archive.
            options: How files are read.
            limits: How many processes, and what a file may take.
            known: By size in bytes, SHA-256 of bytes in which it is not asked what there is.
            entry: What a process calls to find out what is in a file.
        """
        self._folder = folder
        self._known = known
        self._start = partial(WorkerProcess, options, limits, entry=entry)
        self._processes = limits.processes or min(_MOST_PROCESSES, core_count())
        self._rest: Iterator[FoundFile] = iter(())
        self._ahead: deque[tuple[FoundFile, _Job]] = deque()
        self._jobs: deque[_Job] = deque()
        self._held_bytes = 0
        self._workers: set[WorkerProcess] = set()
        self._threads: list[threading.Thread] = []
        self._is_closed = False
        self._is_all_asked = False
        self._turn = threading.Condition()
        self._closing = threading.Event()

    def announce(self, files: Iterable[FoundFile]) -> None:
        """Begin to read these files, in this order."""
        readable = [file for file in files if not file.failure]
        self._rest = iter(readable)
        by_size = sum(file.size for file in readable) // _BYTES_A_PROCESS
        wanted = 1 + max(len(readable) // _FILES_A_PROCESS, by_size)
        self._begin(min(self._processes, len(readable), wanted))
        self._fill()

    def open(self, file: FoundFile) -> Reading:
        """Return what came of reading a file; one that was not announced is read now."""
        if self._ahead and self._ahead[0][0] is file:
            job = self._ahead.popleft()[1]
        else:
            job = self._ask_now(self._request(file))
        reply = self._take(job)
        self._fill()
        if reply.failure:
            raise reply.failure
        return Reading(
            sha256=reply.sha256,
            size=reply.size,
            mtime_ns=reply.mtime_ns,
            prepare=partial(self._prepared, file, reply),
        )

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        with self._turn:
            self._is_closed = True
            self._closing.set()
            self._jobs.clear()
            self._turn.notify_all()
            workers = list(self._workers)
        for worker in workers:
            worker.kill()
        for thread in self._threads:
            thread.join()

    def _prepared(self, file: FoundFile, reply: ReadReply) -> Prepared:
        """Return what is in a file, which was not found out if its bytes seemed to be known."""
        if reply.prepared:
            return reply.prepared
        again = self._take(self._ask_now(replace(self._request(file), known=())))
        if again.failure or again.prepared is None:
            reason = f"cannot be read: {again.failure}"
            return Prepared(status=Status.ERROR, detail=reason, articles={})
        if again.sha256 != reply.sha256:
            reason = "changed while it was read; it is read again the next time"
            return Prepared(status=Status.ERROR, detail=reason, articles={})
        return again.prepared

    def _request(self, file: FoundFile) -> ReadRequest:
        return ReadRequest(
            path=self._folder.resolve(file.path),
            name=file.path,
            known=tuple(self._known.get(file.size, ())),
        )

    def _fill(self) -> None:
        """Let there be as many files ahead as may be."""
        with self._turn:
            while len(self._ahead) < _MOST_AHEAD:
                file = next(self._rest, None)
                self._is_all_asked = file is None
                if file is None:
                    break
                job = _Job(request=self._request(file))
                self._ahead.append((file, job))
                self._jobs.append(job)
            if self._ahead:
                self._ahead[0][1].is_next = True
            self._turn.notify_all()

    def _ask_now(self, request: ReadRequest) -> _Job:
        self._begin(1)
        job = _Job(request=request, is_next=True)
        with self._turn:
            self._jobs.appendleft(job)
            self._turn.notify_all()
        return job

    def _take(self, job: _Job) -> ReadReply:
        """Wait for the reply to a job; no longer count it as held."""
        while True:
            try:
                # On Windows, Ctrl-C does not interrupt a wait without end.
                reply = job.reply.result(timeout=_WAIT_S)
            except TimeoutError:
                continue
            break
        with self._turn:
            self._held_bytes -= reply.held_bytes
        return reply

    def _begin(self, count: int) -> None:
        """Have `count` processes, and the thread that watches over them."""
        for number in range(len(self._threads), count + 1 if count else 0):
            target = self._work if number else self._watch
            thread = threading.Thread(target=target, name=f"reading {number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _watch(self) -> None:
        looked_at = time.monotonic()
        while not self._closing.wait(_CHECK_S):
            # While this process was stopped, as by Ctrl-Z, no answer could have been taken.
            pause_s = time.monotonic() - looked_at
            looked_at += pause_s
            with self._turn:
                workers = list(self._workers)
            for worker in workers:
                worker.check(missed_s=pause_s if pause_s > _LONG_PAUSE_S else 0.0)

    def _work(self) -> None:
        """Do jobs in a process; runs in a thread of its own."""
        worker: WorkerProcess | None = None
        while not self._is_closed:
            job = self._next_job(is_ready=worker is not None)
            if job is None:
                self._drop(worker)
                worker = None
                continue
            try:
                if worker is None or not worker.is_fit:
                    worker = self._replace(worker, job.request.name)
                reply = worker.ask(job.request)
            except BaseException as error:  # noqa: BLE001 - whoever waits for the reply has it.
                job.reply.set_exception(error)
                continue
            with self._turn:
                self._held_bytes += reply.held_bytes
            job.reply.set_result(reply)
        self._drop(worker)

    def _next_job(self, *, is_ready: bool) -> _Job | None:
        """Wait for a job that may be done now: for the next one in any case.

        None if this is closed; or, where a process is ready, if there is nothing left for it: what
        a long file takes to be written need not have its memory to wait for.
        """
        with self._turn:
            while not self._is_closed:
                if self._jobs and (self._jobs[0].is_next or self._held_bytes < _MOST_HELD_BYTES):
                    return self._jobs.popleft()
                has_come = self._turn.wait(_IDLE_S if is_ready else None)
                if not has_come and self._is_all_asked and not self._jobs:
                    return None
        return None

    def _replace(self, worn: WorkerProcess | None, first: str) -> WorkerProcess:
        self._drop(worn)
        worker = self._start(first=first)
        with self._turn:
            self._workers.add(worker)
            is_late = self._is_closed
        if is_late:
            worker.kill()
        return worker

    def _drop(self, worker: WorkerProcess | None) -> None:
        if worker is not None:
            with self._turn:
                self._workers.discard(worker)
            worker.kill()

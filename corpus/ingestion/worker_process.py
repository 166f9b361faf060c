"""A process that reads files, as whoever started it sees it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from pinakes.corpus.child_process import start_python, streams_of
from pinakes.corpus.errors import PinakesError, SourceError, UnsupportedSourceError
from pinakes.corpus.framing import FrameError, read_frame, write_frame
from pinakes.corpus.ingestion.frames import articles_from, options_object, prepared_from
from pinakes.corpus.ingestion.prepared import Prepared
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.spooled import SpooledArticles, SpoolError
from pinakes.corpus.ledger import Status
from pinakes.corpus.loggers import logger_of
from pinakes.corpus.reading_limits import ReadingLimits
from pinakes.corpus.spelling_out import spelled

ENTRY = "pinakes.corpus.ingestion.preparing:prepare"
"""What a process calls to find out what is in the bytes of a file."""

_CODE = "from pinakes.corpus.ingestion.worker import serve; serve()"
_MB = 1_000_000
_START_S = 120
# What a process has kept of the files before; then another one takes its place.
_MOST_KEPT_BYTES = 200 * _MB


class WorkerStartError(PinakesError):
    """No process that reads files can be started."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"{sys.executable or 'Python'}: cannot be started to read files: {problem}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """A file to be read.

    Attributes:
        path: Where it is.
        name: As the archive knows it.
        known: SHA-256 of bytes in which it is not asked what there is.
    """

    path: Path
    name: str
    known: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReply:
    """What came of reading a file.

    Attributes:
        sha256: Of its bytes, hexadecimal.
        size: In bytes.
        mtime_ns: As `SourceBytes` has it.
        prepared: What is in it; None if its bytes were known.
        failure: Why it could not be opened; then there is nothing else.
    """

    sha256: str = ""
    size: int = 0
    mtime_ns: int = 0
    prepared: Prepared | None = None
    failure: OSError | SourceError | None = None

    @property
    def held_bytes(self) -> int:
        """How much memory it takes, about."""
        articles = self.prepared.articles if self.prepared else {}
        if isinstance(articles, SpooledArticles):
            return 1000 + articles.held_bytes
        return 1000 + sum(packed.size_bytes + 500 for packed in articles.values())


class WorkerProcess:
    """A process that reads one file after the other.

    One thread asks; another one may call `check` meanwhile, and anyone `kill`.
    """

    def __init__(
        self, options: IngestOptions, limits: ReadingLimits, *, entry: str, first: str
    ) -> None:
        """Start the process, and wait until it is ready for files such as that named `first`.

        Raises:
            WorkerStartError: It does not start.
        """
        self._limits = limits
        self._guard = threading.Lock()
        self._deadline: float | None = None
        self._killed_for = ""
        self._has_ended = False
        self._process = _start()
        self._requests, self._replies = streams_of(self._process)
        setup = {
            "entry": entry,
            "first": first,
            "options": options_object(options),
            "timeout_s": limits.timeout_s,
        }
        patience = threading.Timer(_START_S, self._process.kill)
        patience.daemon = True
        patience.start()
        try:
            write_frame(self._requests, setup)
            ready = read_frame(self._replies)
            self._usage = psutil.Process(self._process.pid)
            self._idle_bytes = self._first_bytes = self._resident_bytes()
        except (OSError, FrameError, psutil.Error) as error:
            self.kill()
            raise WorkerStartError(str(error)) from error
        except BaseException:
            self.kill()
            raise
        finally:
            patience.cancel()
        if ready is None:
            self.kill()
            raise WorkerStartError(f"it ended with status {self._process.wait()}")

    @property
    def is_fit(self) -> bool:
        """Whether it can read another file."""
        kept_bytes = self._idle_bytes - self._first_bytes
        return not self._has_ended and not self._killed_for and kept_bytes < _MOST_KEPT_BYTES

    def ask(self, request: ReadRequest) -> ReadReply:
        """Return what came of reading a file, if need be that it took too much."""
        facts: dict[str, Any] = {}
        prepared: Prepared | None = None
        spooled: SpooledArticles | None = None
        with self._guard:
            self._deadline = time.monotonic() + self._limits.timeout_s
        try:
            write_frame(
                self._requests,
                {
                    "path": os.fspath(request.path),
                    "name": request.name,
                    "known": list(request.known),
                },
            )
            for head, body in self._frames():
                match head["kind"]:
                    case "unsupported" | "unreadable":
                        return ReadReply(failure=_failure_of(head))
                    case "known" | "read":
                        facts = {key: head[key] for key in ("sha256", "size", "mtime_ns")}
                        if head["kind"] == "known":
                            break
                    case "part":
                        spooled = spooled or SpooledArticles()
                        spooled.add(articles_from(head, body))
                    case "prepared":
                        prepared = _with_spooled(prepared_from(head, body), spooled)
                        break
        except (OSError, FrameError, LookupError) as error:
            return self._failed(facts, error)
        finally:
            self._be_idle()
        return ReadReply(**facts, prepared=prepared)

    def check(self, *, missed_s: float = 0.0) -> None:
        """End the process if it has reached a limit; for `missed_s` nobody could have looked."""
        with self._guard:
            if self._deadline is None or self._killed_for:
                return
            self._deadline += missed_s
            if time.monotonic() > self._deadline:
                self._killed_for = f"took more than {self._limits.timeout_s:g} s"
            elif self._resident_bytes() - self._idle_bytes > self._limits.memory_mb * _MB:
                self._killed_for = f"needed more than {self._limits.memory_mb} MB"
            else:
                return
            self._process.kill()

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._requests, self._replies):
            try:
                stream.close()
            except OSError:
                # What had not been sent has nobody to go to.
                continue

    def _frames(self) -> Any:
        """Yield what the process sends, but for signs of life and what is logged."""
        while True:
            frame = read_frame(self._replies)
            if frame is None:
                raise FrameError("nothing more")
            if frame[0]["kind"] == "beat":
                with self._guard:
                    self._deadline = time.monotonic() + self._limits.timeout_s
            elif frame[0]["kind"] == "log":
                _log(frame[0])
            else:
                yield frame

    def _be_idle(self) -> None:
        with self._guard:
            self._deadline = None
            if not self._killed_for:
                self._idle_bytes = self._resident_bytes()

    def _resident_bytes(self) -> int:
        try:
            return int(self._usage.memory_info().rss)
        except psutil.Error:
            # It has ended, which whoever waits for its answer will see.
            return 0

    def _failed(self, facts: Mapping[str, Any], error: Exception) -> ReadReply:
        """Return the reply for a process that has ended without one, or has to."""
        self._has_ended = True
        reason = self._killed_for or (str(error) if isinstance(error, SpoolError) else "")
        self._process.kill()
        status = self._process.wait()
        if not reason:
            how = f"with signal {-status}" if status < 0 else f"with status {status}"
            reason = f"the process that read it ended {how} ({error})"
        if not facts:
            return ReadReply(failure=SourceError(reason))
        failed = Prepared(status=Status.ERROR, detail=reason, articles={})
        return ReadReply(**facts, prepared=failed)


def _with_spooled(prepared: Prepared, spooled: SpooledArticles | None) -> Prepared:
    """Return what is in a file, with what was sent before the rest."""
    if spooled is None or prepared.status is not Status.INDEXED:
        return prepared
    spooled.add(prepared.articles)
    return prepared._replace(articles=spooled)


def _start() -> subprocess.Popen[bytes]:
    try:
        return start_python(_CODE)
    except OSError as error:
        raise WorkerStartError(error.strerror or str(error)) from error


def _failure_of(head: Mapping[str, Any]) -> OSError | SourceError:
    if head["kind"] == "unsupported":
        return UnsupportedSourceError(str(head["reason"]))
    return OSError(head["errno"], str(head["reason"]))


def _log(head: Mapping[str, Any]) -> None:
    logger = logger_of(str(head["logger"]))
    # What a reader warns of may quote what it reads.
    logger.log(int(head["level"]), "%s", "\n".join(map(spelled, str(head["text"]).split("\n"))))

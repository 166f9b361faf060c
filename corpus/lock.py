"""One writer at a time, and who it is."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pinakes.corpus.errors import ArchiveReadOnlyError
from pinakes.corpus.file_lock import lock_file
from pinakes.corpus.folder import ArchiveFolder

if TYPE_CHECKING:
    from filelock import BaseFileLock

_UNKNOWN = "another process"
_CLOCKS_DIFFER_S = 5.0
"""The system works out when a process began; the note is of whole seconds."""


class WriterLock:
    """Keeps every other writer out of an archive, in a `with` statement.

    The operating system lets go of it when the process ends, however it does. It keeps out other
    locks of the same process too, and cannot be entered twice.
    """

    def __init__(self, folder: ArchiveFolder, *, wait_s: float = 10.0) -> None:
        """Prepare to wait for other writers for `wait_s` seconds; 0 does not wait."""
        self._path = folder.lock_path
        self._owner_path = folder.lock_path.with_name("lock.json")
        # The lock below takes a negative number for "for ever".
        self._wait_s = max(0.0, wait_s)
        self._lock: BaseFileLock | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            ArchiveLockedError: Another writer has not finished in time.
            ArchiveReadOnlyError: The archive's folder cannot be written.
            ArchiveError: The drive cannot lock files.
        """
        if not os.access(self._path.parent, os.W_OK):
            raise ArchiveReadOnlyError(self._path.parent, "permission denied")
        lock = lock_file(self._path, wait_s=self._wait_s, owner=self._read_owner)
        try:
            self._write_owner()
        except BaseException as error:
            lock.release()
            if isinstance(error, OSError):
                raise ArchiveReadOnlyError(self._path.parent, error) from error
            raise
        self._lock = lock
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lock is None:
            return
        try:
            # Before letting go: afterwards it may be another writer's. One that stays is told from
            # that of a writer by its process, which has ended.
            with suppress(OSError):
                self._owner_path.unlink(missing_ok=True)
        finally:
            self._lock.release()
            self._lock = None

    def _write_owner(self) -> None:
        owner = {
            "pid": os.getpid(),
            "host": _host(),
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        # Nobody else has the lock, so that a draft of this name is a leftover.
        draft = self._owner_path.with_suffix(".part")
        try:
            draft.write_text(json.dumps(owner), "utf-8")
            draft.replace(self._owner_path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def _read_owner(self) -> str:
        try:
            owner = json.loads(self._owner_path.read_text("utf-8"))
            pid, host, started = int(owner["pid"]), str(owner["host"]), str(owner["started"])
            if host == _host() and not _has_run_since(pid, started):
                return _UNKNOWN
            return f"process {pid} on {host} since {started}"
        except (OSError, ValueError, LookupError, TypeError):
            # It is written a moment after the lock is taken, and says nothing that is needed.
            return _UNKNOWN


def _host() -> str:
    """Return the name of this machine."""
    if sys.platform != "win32":
        return os.uname().nodename
    # Not at the top: the others need it for nothing.
    import socket

    return socket.gethostname()


def _has_run_since(pid: int, started: str) -> bool:
    """Return whether the process that noted itself then may still be there.

    What was killed leaves its note behind, and its number may be that of another process by now.
    """
    import psutil

    try:
        began_s = psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True
    return began_s <= datetime.fromisoformat(started).timestamp() + _CLOCKS_DIFFER_S

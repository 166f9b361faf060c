"""Puts another file in the place of the store, whole or not at all, while readers have it open.

SQLite keeps what was written last in a log beside the file, and finds the log by name: a new file
with the log of the old one would be taken for what it is not. So the new file first gets a name
that says what is under way; from then on it is the store, and whoever opens the store and finds
that name finishes what was begun, under a lock. Readers of the old file keep it, and its log, until
they close it; the system gives its room back then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pinakes.corpus.errors import ArchiveLockedError, ArchiveReadOnlyError
from pinakes.corpus.file_lock import lock_file
from pinakes.corpus.store.schema import pending_path
from pinakes.corpus.syncing import sync_file, sync_folder

_WAIT_S = 10.0
_SUFFIXES_OF_LOG = ("-wal", "-shm", "-journal")


def replace_store(path: Path, draft: Path) -> None:
    """Let the file `draft` be the store at `path` from now on; nobody may have it open.

    Whoever calls this keeps all others from writing the old one, and writes it no more.

    Raises:
        ArchiveLockedError: The system does not let go of the old file as long as a reader has it
            open (Windows); then nothing has happened.
    """
    sync_file(draft)
    with _swap_lock(path):
        draft.replace(pending_path(path))
        sync_folder(path.parent)
        _finish(path)


def finish_replacement(path: Path) -> None:
    """Finish what another process began with `replace_store`, and was stopped at."""
    if not os.access(path.parent, os.W_OK):
        raise ArchiveReadOnlyError(path.parent, "permission denied, and a purge is not finished")
    with _swap_lock(path):
        if pending_path(path).exists():
            _finish(path)


def _finish(path: Path) -> None:
    pending = pending_path(path)
    try:
        for suffix in _SUFFIXES_OF_LOG:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        # The log must be gone for good before another file may have its name beside it.
        sync_folder(path.parent)
        pending.replace(path)
    except PermissionError as error:
        if path.with_name(f"{path.name}-wal").exists():
            pending.unlink()
        raise ArchiveLockedError(path, owner="a reader that has it open") from error
    sync_folder(path.parent)


@contextmanager
def _swap_lock(path: Path) -> Iterator[None]:
    lock = lock_file(path.with_name("replace.lock"), wait_s=_WAIT_S, owner=lambda: "a purge")
    try:
        yield
    finally:
        lock.release()

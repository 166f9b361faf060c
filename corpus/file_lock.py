"""A lock on a file: the operating system lets go of it when the process ends, however it does."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pinakes.corpus.errors import ArchiveError, ArchiveLockedError, ArchiveReadOnlyError

if TYPE_CHECKING:
    from filelock import BaseFileLock

# What a drive says that cannot lock files, some network drives among them.
_CANNOT_LOCK = frozenset((errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP))


def lock_file(path: Path, *, wait_s: float, owner: Callable[[], str]) -> BaseFileLock:
    """Take the lock of a file, which is made if need be, and stays; `release()` lets go of it.

    It keeps out other locks of the same process too.

    Args:
        path: The file, in a folder that is there.
        wait_s: How long to wait for whoever has it, in seconds; 0 does not wait.
        owner: Says who that is, for the error.

    Raises:
        ArchiveLockedError: It was not given back in time.
        ArchiveReadOnlyError: The folder cannot be written.
        ArchiveError: The drive cannot lock files.
    """
    from filelock import FileLock, Timeout

    # No file of another kind in its place, which only this library would respect.
    lock = FileLock(path, mode=0o666, fallback_to_soft=False)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise ArchiveLockedError(path.parent, owner=owner()) from error
    except OSError as error:
        if error.errno in _CANNOT_LOCK:
            reason = "is on a drive that cannot lock files; move it to another"
            raise ArchiveError(path.parent, reason) from error
        raise ArchiveReadOnlyError(path.parent, error) from error
    return lock

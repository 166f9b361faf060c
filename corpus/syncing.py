"""Makes what was written survive a loss of power."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

_AT_ONCE = 16


def sync_file(path: Path) -> None:
    """Make what a file holds survive a loss of power, but not its name in the folder.

    Nobody may have it open as a database: its locks would go.

    Raises:
        OSError: It cannot be written.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_files(paths: Iterable[Path]) -> None:
    """Do as `sync_file` for many files at once, which takes a fraction of the time."""
    from concurrent.futures import ThreadPoolExecutor

    # A drive writes what several ask for together.
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(sync_file, paths):
            pass


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, that survive a loss of power; one may be there already.

    Raises:
        OSError: It cannot be made.
    """
    missing = list(takewhile(lambda each: not each.exists(), (path, *path.parents)))
    path.mkdir(parents=True, exist_ok=True)
    for each in missing:
        sync_folder(each.parent)


def sync_folder(path: Path) -> None:
    """Make names that were made, changed or removed in a folder survive a loss of power."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        # Windows opens no folders, and needs no such call.
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

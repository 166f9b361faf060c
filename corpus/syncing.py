"""Makes what was written survive a loss of power."""

from __future__ import annotations

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Make what a file holds survive a loss of power, but not its name in the folder.

    Nobody may have it open as a database: its locks would go.

    Raises:
        OSError: It cannot be written.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


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

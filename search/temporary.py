"""Archives that last as long as the object that holds them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from pinakes.corpus import ArchiveFolder

_MEMORY = Path("/dev/shm")  # noqa: S108 - a new folder in it, that nobody else can read.


def make_temporary() -> tuple[ArchiveFolder, Callable[[], object]]:
    """Make an empty archive in a new folder; return it with what deletes that folder.

    What deletes it does nothing in processes that are forked from this one.
    """
    parent = _MEMORY if os.access(_MEMORY, os.W_OK | os.X_OK) else None
    root = Path(tempfile.mkdtemp(prefix="pinakes-", dir=parent))
    process = os.getpid()

    def delete() -> None:
        if os.getpid() == process:
            shutil.rmtree(root, ignore_errors=True)

    try:
        folder = ArchiveFolder.create(root)
    except BaseException:
        delete()
        raise
    return folder, delete

"""Writes a file in the place of another: whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Lend a file that takes the place of `path` when the block is left, unless by an exception.

    What is there and is no regular file, as a pipe or a terminal, is written to as it comes.

    Raises:
        OSError: It cannot be written.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    # Not the link itself is replaced, but what it leads to.
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".pinakes-{os.urandom(6).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)

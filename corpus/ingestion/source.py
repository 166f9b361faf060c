"""The bytes of a file on the disk, and what is remembered of them."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pinakes.corpus.errors import UnsupportedSourceError

# A file changed again within one tick of its clock keeps its time. Linux ticks every 10 ms at the
# slowest; FAT and some network drives count in whole seconds, or two.
_FINE_TICK_NS = 50_000_000
_COARSE_TICK_NS = 2_000_000_000
_SECOND_NS = 1_000_000_000
_CHUNK_BYTES = 1 << 20


class SourceBytes(NamedTuple):
    """The bytes of a file as they were at one time.

    Attributes:
        data: All of them, or the path of a file that is too large to be held.
        mtime_ns: When it was last changed, or 0 if a change might follow that keeps that time.
        file_time_ns: When it was last changed.
    """

    data: bytes | Path
    sha256: str
    size: int
    mtime_ns: int
    file_time_ns: int = 0


def read_source(path: Path, *, max_bytes: int) -> SourceBytes:
    """Read a file.

    Raises:
        OSError: It cannot be read, or is not a file.
        UnsupportedSourceError: It is larger than `max_bytes`, and must be read whole.
    """
    # Not at the top: a run with nothing to read needs no readers.
    from pinakes.corpus.readers.recognition import reads_in_pieces
    from pinakes.corpus.readers.sources import HEAD_BYTES, HELD_BYTES

    # Without O_NONBLOCK a pipe that has taken the file's place would be waited for.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with open(descriptor, "rb") as file:  # noqa: PTH123
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "not a file any more")
        is_streamed = before.st_size > HELD_BYTES and reads_in_pieces(
            file.peek(HEAD_BYTES), path.name
        )
        if before.st_size > max_bytes and not is_streamed:
            raise UnsupportedSourceError(
                f"of {before.st_size:,} bytes; files of up to {max_bytes:,} are read"
            )
        now_ns = time.time_ns()
        size, sha256, data = _take(file, path if is_streamed else None)
    is_coarse = before.st_mtime_ns % _SECOND_NS == 0
    tick_ns = _COARSE_TICK_NS if is_coarse else _FINE_TICK_NS
    is_settled = size == before.st_size and before.st_mtime_ns < now_ns - tick_ns
    return SourceBytes(
        data=data,
        sha256=sha256,
        size=size,
        mtime_ns=before.st_mtime_ns if is_settled else 0,
        file_time_ns=before.st_mtime_ns,
    )


def _take(file: BinaryIO, path: Path | None) -> tuple[int, str, bytes | Path]:
    """Return size and hash of a file, and its bytes, or its path if that is given."""
    digest = hashlib.sha256()
    if path is None:
        data = file.read()
        digest.update(data)
        return len(data), digest.hexdigest(), data
    size = 0
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest(), path

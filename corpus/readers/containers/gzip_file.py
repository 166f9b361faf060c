"""Inflates a gzip file: nothing but a wrapper around one other."""

from __future__ import annotations

import gzip
from pathlib import PurePosixPath
from typing import IO, cast

from pinakes.corpus.readers.sources import Items, Member, Reading, Source


def read_gzip(source: Source, reading: Reading) -> Items:
    """Yield what is in a gzip file, called as the file is without `.gz`."""
    packed = _Counted(source.stream)
    inflated = gzip.GzipFile(fileobj=cast("IO[bytes]", packed))
    stream = reading.budget.bound(cast("IO[bytes]", inflated), packed_bytes=lambda: packed.count)
    inner = Source(
        name=_inner_name(source.name),
        stream=stream,
        max_bytes=reading.budget.limits.max_member_bytes,
    )
    yield Member(source=inner)


def _inner_name(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".tgz":
        return f"{name[:-4]}.tar"
    return name[:-3] if suffix == ".gz" else name


class _Counted:
    """A file of which is known how much has been read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self.count += len(chunk)
        return chunk

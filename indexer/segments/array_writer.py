"""Writes a file of named arrays piece by piece, in bounded memory (`docs/index-format.md`)."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import BinaryIO

import numpy as np

from pinakes.indexer.segments.arrays import (
    ALIGNMENT,
    ENTRY,
    HEADER,
    MAGIC,
    UNDIVIDED_BYTES,
    VERSION,
    Array,
)
from pinakes.indexer.segments.blocks import SUFFIX, BlockSums

_IN_MEMORY = 1 << 18
_PIECE_BYTES = 1 << 22

# A name, and values of this little-endian type, piece by piece.
Section = tuple[str, np.dtype[np.generic], Iterable[Array]]


class _Spool:
    """The values of one section so far, in memory while they are few, else in a scratch file."""

    def __init__(self, path: Path) -> None:
        # Its name, where the system gives it one, is known for a leftover of the segment.
        self._file = SpooledTemporaryFile(  # noqa: SIM115 -- `close` closes it.
            _IN_MEMORY, dir=str(path.parent), prefix=f"{path.stem}.", suffix=".part"
        )
        self._pieces: list[tuple[np.dtype[np.generic], int]] = []
        self.dtype: np.dtype[np.generic] = np.dtype("u1")
        self.length = 0

    def append(self, values: Array) -> None:
        values = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        self.dtype = values.dtype if not self.length else max(self.dtype, values.dtype, key=_size)
        self.length += len(values)
        self._pieces.append((values.dtype, values.nbytes))
        self._file.write(values.data)

    def contents(self) -> Iterator[Array]:
        self._file.seek(0)
        for dtype, size in self._pieces:
            for begin in range(0, size, _PIECE_BYTES):
                read = self._file.read(min(_PIECE_BYTES, size - begin))
                yield np.frombuffer(read, dtype).astype(self.dtype, copy=False)

    def close(self) -> None:
        self._file.close()


def _size(dtype: np.dtype[np.generic]) -> int:
    return dtype.itemsize


class ArrayWriter:
    """Collects the sections of a file, each in any number of pieces; `finish` writes it.

    A section takes the widest type of its pieces, so narrow them for the narrowest.
    """

    def __init__(self, path: Path, *, passages: int, articles: int) -> None:
        """Be about to write the file at `path`; nothing is there before `finish`."""
        self.path = path
        self._passages = passages
        self._articles = articles
        self._spools: dict[str, _Spool] = {}

    def append(self, name: str, values: Array) -> None:
        """Add values to a section."""
        spool = self._spools.get(name)
        if spool is None:
            spool = self._spools[name] = _Spool(self.path)
        spool.append(values)

    def length(self, name: str) -> int:
        """Return how many values a section has so far."""
        return self._spools[name].length if name in self._spools else 0

    def discard(self, name: str) -> None:
        """Forget a section, if there is one."""
        if name in self._spools:
            self._spools.pop(name).close()

    def finish(self, *, durable: bool = True) -> int:
        """Write the file; return its size in bytes.

        If it is to be `durable`, it is on the disk when this returns, but its name in the folder is
        not: sync the folder.
        """
        sections = list(self._sections())
        with self.path.open("wb") as file:
            size = write_sections(file, sections, passages=self._passages, articles=self._articles)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        self.close()
        return size

    def _sections(self) -> Iterator[Section]:
        """Yield the sections, and last the checksums of the blocks of those that are long."""
        long: list[Section] = []
        for name, spool in self._spools.items():
            pieces: Iterable[Array] = spool.contents()
            if spool.length * spool.dtype.itemsize > UNDIVIDED_BYTES:
                blocks = BlockSums()
                pieces = blocks.passed_on(pieces)
                long.append((f"{name}{SUFFIX}", np.dtype("<u4"), blocks.sums()))
            yield name, spool.dtype, pieces
        yield from long

    def close(self) -> None:
        """Let go of what was collected."""
        for spool in self._spools.values():
            spool.close()
        self._spools.clear()

    def __enter__(self) -> ArrayWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def write_sections(
    file: BinaryIO, sections: Sequence[Section], *, passages: int, articles: int
) -> int:
    """Write sections into a new file that is open; return its size in bytes."""
    file.write(bytes(_aligned(HEADER.size + len(sections) * ENTRY.size)))
    table = b"".join(_copy(section, file) for section in sections)
    size = file.tell()
    head = HEADER.pack(
        MAGIC,
        VERSION,
        len(sections),
        size,
        zlib.crc32(table),
        passages,
        articles,
        0,
        bytes(20),
        0,
    )[:-4]
    file.seek(0)
    file.write(head + struct.pack("<I", zlib.crc32(head)) + table)
    return size


def _copy(section: Section, file: BinaryIO) -> bytes:
    """Write a section, and return its entry in the table."""
    name, dtype, pieces = section
    offset = file.tell()
    checksum = 0
    for values in pieces:
        checksum = zlib.crc32(values.data, checksum)
        file.write(values.data)
    length = file.tell() - offset
    file.write(bytes(-length % ALIGNMENT))
    code = dtype.str[1:]
    return ENTRY.pack(name.encode("ascii"), code.encode("ascii"), offset, length, checksum, 0)


def _aligned(offset: int) -> int:
    return offset + -offset % ALIGNMENT

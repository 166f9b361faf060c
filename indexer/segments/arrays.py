"""Files of named arrays: mapped into memory and read in place; `array_writer` writes them.

`docs/index-format.md` has the layout byte by byte. Opening reads the header and the section table
only; `verify` reads everything.
"""

from __future__ import annotations

import mmap
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from pinakes.indexer.errors import IndexDamagedError, IndexFormatError, reading
from pinakes.indexer.segments.blocks import BLOCK_BYTES, SUFFIX, Guard, unguarded

# As `numpy.typing.NDArray`, which takes longer to load than to write.
Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]

MAGIC = b"PINAKSEG"
VERSION = 5
ALIGNMENT = 64
HEADER = struct.Struct("<8sIIQIIII20sI")
ENTRY = struct.Struct("<36s4sQQII")
_TYPES = {code: np.dtype(f"<{code}") for code in ("u1", "u2", "u4", "u8", "i4", "i8", "f4", "f8")}
_MAX_SECTIONS = 4096
UNDIVIDED_BYTES = 1 << 16
"""A section of up to so many bytes is compared with its checksum as a whole; a longer one has
checksums of its blocks too."""
_TYPES_BY_CODE = {code.encode().ljust(4, b"\0"): dtype for code, dtype in _TYPES.items()}


class _Section(NamedTuple):
    dtype: np.dtype[Any]
    offset: int
    length: int
    checksum: int


def narrow(values: Array) -> Array:
    """Return unsigned `values` in the smallest of 1, 2, 4 or 8 bytes that holds them all."""
    top = int(values.max()) if len(values) else 0
    for code in ("u1", "u2", "u4"):
        if top <= np.iinfo(_TYPES[code]).max:
            return values.astype(_TYPES[code], copy=False)
    return values.astype(_TYPES["u8"], copy=False)


def _map_file(path: Path) -> mmap.mmap | bytes:
    with reading(path), path.open("rb") as file:
        # What is empty cannot be mapped.
        if not os.fstat(file.fileno()).st_size:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class ArrayFile:
    """A file of named arrays, mapped into memory; safe to read from many threads.

    The mapping stays valid for as long as an array of it is held, also after the file's name is
    gone (on POSIX systems).

    Attributes:
        path: The file.
        passages: How many passages the header promises.
        articles: How many articles the header promises.
    """

    def __init__(self, path: Path, content: bytes | None = None) -> None:
        """Open the file at `path`; `content` is what it holds if that is in memory already.

        Raises:
            IndexDamagedError: It is not such a file, or its header or section table is damaged.
            IndexFormatError: Another version wrote it.
            OSError: It cannot be opened, or is not there.
        """
        self.path = path
        self._map = _map_file(path) if content is None else content
        size = len(self._map)
        if size < HEADER.size:
            raise IndexDamagedError(path, "too short")
        count, table_crc = self._read_header(size)
        self._sections = self._read_table(count, table_crc, size)

    def _read_header(self, size: int) -> tuple[int, int]:
        head = self._map[: HEADER.size]
        magic, version, count, length, table_crc, passages, articles, _, _, crc = HEADER.unpack(
            head
        )
        if magic != MAGIC:
            raise IndexDamagedError(self.path, "not a segment")
        if version != VERSION:
            raise IndexFormatError(self.path, found=f"format {version}", supported=f"{VERSION}")
        if zlib.crc32(head[:-4]) != crc:
            raise IndexDamagedError(self.path, "header checksum")
        if length != size:
            raise IndexDamagedError(self.path, f"{size} bytes instead of {length}")
        if count > _MAX_SECTIONS or HEADER.size + count * ENTRY.size > size:
            raise IndexDamagedError(self.path, "section table")
        self.passages, self.articles = int(passages), int(articles)
        return count, table_crc

    def _read_table(self, count: int, table_crc: int, size: int) -> dict[str, _Section]:
        table = self._map[HEADER.size : HEADER.size + count * ENTRY.size]
        if zlib.crc32(table) != table_crc:
            raise IndexDamagedError(self.path, "section table checksum")
        sections: dict[str, _Section] = {}
        end = HEADER.size + len(table)
        for raw_name, code, offset, length, checksum, _ in ENTRY.iter_unpack(table):
            name = raw_name.rstrip(b"\0").decode("ascii", "replace")
            dtype = _TYPES_BY_CODE.get(code)
            if dtype is None or length % dtype.itemsize or offset % ALIGNMENT:
                raise IndexDamagedError(self.path, f"section {name}")
            # Sections in order and apart, so that none can reach outside the file.
            if not end <= offset <= offset + length <= size or name in sections:
                raise IndexDamagedError(self.path, f"section {name}")
            end = offset + length
            sections[name] = _Section(dtype, offset, length, checksum)
        return sections

    def __contains__(self, name: str) -> bool:
        """Return whether there is an array of that name."""
        return name in self._sections

    def names(self) -> tuple[str, ...]:
        """Return the names of the arrays, in the order of the file."""
        return tuple(self._sections)

    def array(self, name: str, *, count: int | None = None) -> Array:
        """Return an array without copying it, read-only.

        One of up to 64 kB is compared with its checksum first, a larger one is left to `guard`, by
        parts, or to `checked`.

        Raises:
            IndexDamagedError: There is none of that name, it does not hold `count` values, or it is
                not what was written.
        """
        section = self._sections.get(name)
        if section is None:
            raise IndexDamagedError(self.path, f"section {name} is missing")
        found = section.length // section.dtype.itemsize
        if count is not None and found != count:
            raise IndexDamagedError(self.path, f"section {name} has {found} values, not {count}")
        if section.length <= UNDIVIDED_BYTES:
            self._check(name, section)
        return np.frombuffer(self._map, section.dtype, found, section.offset)

    def guard(self, name: str) -> Callable[[int, int], None]:
        """Return what compares parts of an array with their checksums, before they are used.

        It is `unguarded` if there is nothing left to compare.
        """
        section = self._sections.get(name)
        if section is None or section.length <= UNDIVIDED_BYTES:
            return unguarded
        sums = np.zeros(0, np.uint32)
        if f"{name}{SUFFIX}" in self._sections:
            sums = self.checked(f"{name}{SUFFIX}", count=-(-section.length // BLOCK_BYTES))

        def check(block: int | None) -> None:
            if block is None:
                self._check(name, section)
                return
            begin = section.offset + block * BLOCK_BYTES
            end = min(begin + BLOCK_BYTES, section.offset + section.length)
            with memoryview(self._map) as view:
                if zlib.crc32(view[begin:end]) != sums[block]:
                    raise IndexDamagedError(self.path, f"checksum of section {name}, a part")

        return Guard(check, len(sums), section.dtype.itemsize)

    def checked(self, name: str, *, count: int | None = None) -> Array:
        """Return an array as `array` does, compared with its checksum however large it is."""
        values = self.array(name, count=count)
        section = self._sections[name]
        if section.length > UNDIVIDED_BYTES:
            self._check(name, section)
        return values

    def starts(self, name: str, *, count: int | None = None, total: int | None = None) -> Array:
        """Return an array of places as `array` does: from 0, to `total` where that is known.

        Raises:
            IndexDamagedError: As `array`, or it begins or ends elsewhere.
        """
        values = self.array(name, count=count)
        if not len(values) or values[0] != 0 or (total is not None and int(values[-1]) != total):
            raise IndexDamagedError(self.path, f"section {name} does not add up")
        return values

    def optional(self, name: str, *, like: str) -> Array:
        """Return an array as `array` does, or an empty one of the type `like` if it is missing."""
        return self.array(name) if name in self else np.zeros(0, like)

    def optional_checked(self, name: str, *, like: str, count: int | None = None) -> Array:
        """Return an array as `checked` does, or an empty one of type `like` if it is missing."""
        return self.checked(name, count=count) if name in self else np.zeros(0, like)

    def length(self, name: str) -> int:
        """Return how many values an array has; 0 if there is none of that name."""
        section = self._sections.get(name)
        return section.length // section.dtype.itemsize if section else 0

    def span(self, name: str) -> tuple[int, int]:
        """Return where in the file an array is, half-open, in bytes."""
        section = self._sections[name]
        return section.offset, section.offset + section.length

    def verify(self) -> None:
        """Read every array and compare it with its checksum, and what is between them with zero.

        No more of the file stays in this process's memory than one array at a time.

        Raises:
            IndexDamagedError: Something differs.
        """
        end = HEADER.size + len(self._sections) * ENTRY.size
        for name, section in self._sections.items():
            self._check(name, section)
            self._check_padding(end, section.offset)
            self.release()
            end = section.offset + section.length
        self._check_padding(end, len(self._map))

    def release(self) -> None:
        """Give back the memory of what was read so far; the system reads it again when needed."""
        if isinstance(self._map, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _check_padding(self, start: int, end: int) -> None:
        if self._map[start:end].strip(b"\0"):
            raise IndexDamagedError(self.path, f"what is between sections, after byte {start}")

    def _check(self, name: str, section: _Section) -> None:
        with memoryview(self._map) as view:
            content = view[section.offset : section.offset + section.length]
            if zlib.crc32(content) != section.checksum:
                raise IndexDamagedError(self.path, f"checksum of section {name}")

"""Which articles of a segment are deleted: a small file beside it, another one at each change."""

from __future__ import annotations

import os
import struct
import zlib
from functools import cached_property
from pathlib import Path

import numpy as np

from pinakes.indexer.errors import IndexDamagedError, IndexFormatError, reading
from pinakes.indexer.segments.arrays import Array

MAGIC = b"PINAKDEL"
VERSION = 5
_HEADER = struct.Struct("<8sIII")
_CHECKSUM = struct.Struct("<I")


class Deletions:
    """The deleted articles of one segment.

    Attributes:
        articles: How many articles the segment holds, deleted or not.
        deleted: How many of them are deleted.
        bits: One bit an article, the lowest bit of the first byte for the first; set if deleted.
    """

    def __init__(self, articles: int, deleted: int, bits: bytes) -> None:
        """Take what a deletions file holds."""
        self.articles = articles
        self.deleted = deleted
        self.bits = bits

    @cached_property
    def live(self) -> Array:
        """`bool`: which articles are not deleted."""
        bits = np.frombuffer(self.bits, np.uint8)
        live: Array = np.unpackbits(bits, count=self.articles, bitorder="little") == 0
        return live


def deletions_of(live: Array) -> Deletions:
    """Return the deletions that leave the articles of a mask."""
    bits = np.packbits(~live, bitorder="little").tobytes()
    return Deletions(len(live), int(len(live) - np.count_nonzero(live)), bits)


def write_deletions(path: Path, deletions: Deletions) -> None:
    """Write a deletions file, durably but for its name in the folder.

    Raises:
        FileExistsError: There is a file of this name, which may be in use.
    """
    head = _HEADER.pack(MAGIC, VERSION, deletions.articles, deletions.deleted)
    content = head + deletions.bits
    with path.open("xb") as file:
        file.write(content + _CHECKSUM.pack(zlib.crc32(content)))
        file.flush()
        os.fsync(file.fileno())


def read_deletions(path: Path) -> Deletions:
    """Read a deletions file.

    Raises:
        IndexDamagedError: It is not one, or fails its checksum.
        IndexFormatError: Another version wrote it.
        OSError: It cannot be opened, or is not there.
    """
    with reading(path):
        data = path.read_bytes()
    if len(data) < _HEADER.size + _CHECKSUM.size:
        raise IndexDamagedError(path, "too short")
    magic, version, articles, deleted = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise IndexDamagedError(path, "not a deletions file")
    if version != VERSION:
        raise IndexFormatError(path, found=f"format {version}", supported=f"{VERSION}")
    content, checksum = data[: -_CHECKSUM.size], data[-_CHECKSUM.size :]
    if _CHECKSUM.unpack(checksum)[0] != zlib.crc32(content):
        raise IndexDamagedError(path, "checksum")
    bits = content[_HEADER.size :]
    if len(bits) != (articles + 7) // 8:
        raise IndexDamagedError(path, "length")
    if int.from_bytes(bits, "little").bit_count() != deleted:
        raise IndexDamagedError(path, "number of deletions")
    return Deletions(articles, deleted, bits)

"""Writes a ZIP file whose bytes depend on nothing but its members, and their order."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import IO, NamedTuple

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that ZIP knows: of a member, only its content matters."""
_MODE = 0o100644 << 16
_UNIX = 3
_CHUNK_BYTES = 1 << 20


class Member(NamedTuple):
    """A member of a ZIP file.

    Attributes:
        sha256: Of its content, hexadecimal.
        size: Of its content, in bytes.
    """

    sha256: str
    size: int


class ZipWriter:
    """Writes members into a ZIP file, each name once.

    Attributes:
        members: Those written, by name, in order.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Write to a file that is open for it."""
        self._zip = zipfile.ZipFile(file, "w")
        self.members: dict[str, Member] = {}

    def close(self) -> None:
        """Write the directory of the ZIP file."""
        self._zip.close()

    def add(self, name: str, content: bytes) -> None:
        """Write a member."""
        self._zip.writestr(_entry(name, len(content)), content)
        self.members[name] = Member(hashlib.sha256(content).hexdigest(), len(content))

    def add_file(self, name: str, path: Path) -> Member:
        """Write a member from a file, a piece at a time.

        Raises:
            OSError: The file cannot be read.
        """
        digest = hashlib.sha256()
        size = 0
        with (
            path.open("rb") as source,
            self._zip.open(_entry(name, path.stat().st_size), "w") as target,
        ):
            while chunk := source.read(_CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.members[name] = Member(digest.hexdigest(), size)
        return self.members[name]


def _entry(name: str, size: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    # Tells whether the entry needs the larger fields that few readers needed to know once.
    entry.file_size = size
    return entry

"""How a run gets at what is in files: see `DirectReader` and `ReaderAhead`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from pinakes.corpus.ingestion.prepared import Prepared
from pinakes.corpus.ingestion.walk import FoundFile


class Reading(NamedTuple):
    """A file as it was when it was read.

    Attributes:
        sha256: Of its bytes, hexadecimal.
        size: In bytes.
        mtime_ns: When it was last changed, or 0 if a change might follow that keeps that time.
        prepare: Returns what is in it.
    """

    sha256: str
    size: int
    mtime_ns: int
    prepare: Callable[[], Prepared]


class FileReader(Protocol):
    """Opens files, one after the other."""

    def announce(self, files: Iterable[FoundFile]) -> None:
        """Say which files are going to be opened, in this order."""

    def open(self, file: FoundFile) -> Reading:
        """Read a file.

        Raises:
            OSError: It cannot be read, or is not a file.
            SourceError: It is not to be read, or could not be within the limits.
        """

    def close(self) -> None:
        """Let go of what is ready and not asked for."""

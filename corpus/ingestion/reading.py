"""How a run gets at what is in files: in this process, or ahead of time in others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.source import Prepared, prepare, read_source
from pinakes.corpus.ingestion.walk import FoundFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
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


class DirectReader:
    """Reads files in this process, without limits of time and memory."""

    def __init__(self, folder: ArchiveFolder, options: IngestOptions) -> None:
        """Read files of the archive in `folder`."""
        self._folder = folder
        self._options = options

    def announce(self, files: Iterable[FoundFile]) -> None:
        """Do nothing: each is read when it is opened."""

    def open(self, file: FoundFile) -> Reading:
        """Read a file; what is in it is found out when it is asked for."""
        path = self._folder.resolve(file.path)
        source = read_source(path, max_bytes=self._options.max_file_bytes)
        return Reading(
            sha256=source.sha256,
            size=source.size,
            mtime_ns=source.mtime_ns,
            prepare=partial(
                prepare,
                source.data,
                name=file.path,
                options=self._options,
                file_time_ns=source.file_time_ns,
            ),
        )

    def close(self) -> None:
        """Do nothing: nothing is held."""

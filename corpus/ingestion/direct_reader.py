"""Reads files in the process that takes them in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from pinakes.corpus.folder import ArchiveFolder
from pinakes.corpus.ingestion.reading import Reading
from pinakes.corpus.ingestion.report import IngestOptions
from pinakes.corpus.ingestion.source import read_source
from pinakes.corpus.ingestion.walk import FoundFile


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
        # Not at the top: a run with nothing to read needs no readers.
        from pinakes.corpus.ingestion.preparing import prepare

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

"""Whoosh's index and writer, with a table of contents that is JSON, durable and ours.

Whoosh's own is a pickle: opening an index from a stranger would run his code.
"""

# ruff: noqa: ARG003 -- the signatures are Whoosh's.

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pinakes.indexer.changes import merge_due, merge_entries
from pinakes.indexer.errors import IndexMissingError
from pinakes.indexer.toc import (
    FORMAT,
    INDEX_NAME,
    SegmentEntry,
    Toc,
    current_toc,
    fingerprint,
    latest_toc,
    leftover_files,
    write_toc,
)
from pinakes.indexer.whoosh_index.adapter import (
    FileIndex,
    FileStorage,
    MultiReader,
    SegmentReader,
    SegmentWriter,
    reading,
)
from pinakes.indexer.whoosh_index.codec import ArrayCodec
from pinakes.indexer.whoosh_index.schema import make_schema
from pinakes.indexer.whoosh_index.segment import WhooshSegment

_log = logging.getLogger(__name__)


class WhooshToc(NamedTuple):
    """A table of contents under the names that Whoosh reads.

    Attributes:
        schema: Whoosh's schema.
        segments: Whoosh's segments.
        generation: What Whoosh calls so: it counts commits, not generations of the store.
        toc: The table itself.
        version: Of the format.
        release: Of the program; not told.
    """

    schema: Any
    segments: list[WhooshSegment]
    generation: int
    toc: Toc
    version: int = FORMAT
    release: tuple[int, int, int] = (0, 0, 0)


class ArchiveIndex(FileIndex):  # type: ignore[misc]
    """The index in a folder, to Whoosh: `searcher()` runs its queries on what we wrote."""

    def __init__(self, folder: Path, *, start_over: bool = False) -> None:
        """Open the index in `folder`; `start_over` takes it as empty, whatever is there."""
        self.storage = FileStorage(str(folder))
        self.indexname = INDEX_NAME
        self._schema = make_schema()
        self._folder = folder
        self._start_over = start_over
        self._read_toc()

    def _read_toc(self) -> WhooshToc:
        if self._start_over:
            toc = Toc(number=_latest_or_zero(self._folder), generation=0, analysis=fingerprint())
        else:
            toc = current_toc(self._folder)
        codec = ArrayCodec()
        segments = [WhooshSegment(self._folder, codec=codec, entry=entry) for entry in toc.segments]
        return WhooshToc(self._schema, segments, toc.number, toc)

    @classmethod
    def _reader(
        cls, storage: Any, schema: Any, segments: list[Any], generation: int, reuse: Any = None
    ) -> Any:
        # One release of Whoosh answers from deleted segments when readers are reused: never do.
        readers = [SegmentReader(storage, schema, each, generation=generation) for each in segments]
        if not readers:
            return reading.EmptyReader(schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers, generation=generation)

    def writer(self, *, timeout: float = 0.0, **options: Any) -> ArchiveWriter:
        """Return a writer; waits up to `timeout` seconds for the lock, then raises `LockError`."""
        return ArchiveWriter(self, codec=ArrayCodec(), timeout=timeout, **options)


def _latest_or_zero(folder: Path) -> int:
    try:
        return latest_toc(folder)
    except IndexMissingError:
        return 0


class ArchiveWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer: its lock and its steps of a commit, with our merging and our table."""

    def __init__(self, index: ArchiveIndex, **options: Any) -> None:
        """Take the lock."""
        super().__init__(index, **options)
        self._folder = Path(index.storage.folder)
        self._codec = ArrayCodec()
        toc = index._read_toc().toc
        self._toc: Toc = toc

    def publish(self, entries: Iterable[SegmentEntry], *, generation: int, token: str) -> None:
        """Commit these segments as the whole index, made from this generation of the store."""
        self._toc = Toc(number=0, generation=generation, analysis=fingerprint(), token=token)
        segments = [self._wrap(entry) for entry in entries]
        self.commit(mergetype=lambda *_: segments)

    def abandon(self) -> None:
        """Give the lock back without a commit; does nothing after one."""
        if not self.is_closed:
            self.cancel()

    def _wrap(self, entry: SegmentEntry) -> WhooshSegment:
        return WhooshSegment(self._folder, codec=self._codec, entry=entry)

    def _merge_segments(
        self, mergetype: Callable[..., Any] | None, optimize: bool | None, merge: bool | None
    ) -> list[WhooshSegment]:
        for segment in self.segments:
            segment.settle(self.generation)
        if mergetype is not None:
            return list(mergetype(self, self.segments))
        entries = [segment.entry for segment in self.segments if segment.entry is not None]
        if optimize and any(entry.live_articles for entry in entries):
            entries = [merge_entries(self._folder, entries)]
        elif merge is not False:
            entries = merge_due(self._folder, entries)
        return [self._wrap(entry) for entry in entries]

    def _commit_toc(self, segments: list[WhooshSegment]) -> None:
        entries = tuple(segment.entry for segment in segments if segment.entry is not None)
        toc = self._toc._replace(number=self.generation, segments=entries)
        write_toc(self._folder, toc)
        remove_leftovers(self._folder, toc)


def remove_leftovers(folder: Path, toc: Toc) -> None:
    """Remove the files of the index that `toc` does not use."""
    for path in leftover_files(folder, toc):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            # Windows keeps files that a reader has open: the next commit tries.
            _log.info("a leftover stays: %s", error)

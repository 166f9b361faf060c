"""Whoosh's index and writer, with a table of contents that is JSON, durable and ours.

Whoosh's own is a pickle: opening an index from a stranger would run his code.
"""

# ruff: noqa: ARG003 -- the signatures are Whoosh's.

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from pinakes.indexer.changes import merge_due, merge_entries
from pinakes.indexer.index_writer import remove_leftovers
from pinakes.indexer.toc import FORMAT, INDEX_NAME, SegmentEntry, Toc, current_toc, write_toc
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

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`."""
        self.storage = FileStorage(str(folder))
        self.indexname = INDEX_NAME
        self._schema = make_schema()
        self._folder = folder
        self._read_toc()

    def _read_toc(self) -> WhooshToc:
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


class ArchiveWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer: its lock and its steps of a commit, with our merging and our table."""

    def __init__(self, index: ArchiveIndex, **options: Any) -> None:
        """Take the lock."""
        super().__init__(index, **options)
        self._folder = Path(index.storage.folder)
        self._codec = ArrayCodec()
        toc = index._read_toc().toc
        self._toc: Toc = toc

    def _wrap(self, entry: SegmentEntry) -> WhooshSegment:
        return WhooshSegment(self._folder, codec=self._codec, entry=entry)

    def _merge_segments(
        self, mergetype: Callable[..., Any] | None, optimize: bool | None, merge: bool | None
    ) -> list[WhooshSegment]:
        for segment in self.segments:
            segment.settle()
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

"""Columns of a segment for any schema: Whoosh's own column classes write and read their bytes."""

from __future__ import annotations

import io
from typing import Any

from pinakes.indexer.segments.arrays import ArrayFile
from pinakes.indexer.whoosh_index.adapter import BufferFile, StructFile
from pinakes.indexer.whoosh_index.any_schema.ragged import Ragged, read_numbers
from pinakes.indexer.whoosh_index.any_schema.segment import SchemaSegment


def added_column(segment: SchemaSegment, fieldname: str) -> str:
    """Return the file of a column that Whoosh adds to a segment after it was written."""
    return str(segment.make_filename(f".{fieldname}.column"))


class ColumnDraft:
    """A column to be written."""

    def __init__(self, column: Any) -> None:
        """Begin a column of this class of Whoosh's."""
        self._content = io.BytesIO()
        self._writer = column.writer(StructFile(self._content))

    def add(self, document: int, value: Any) -> None:
        """Add the value of a document; documents ascend."""
        self._writer.add(document, value)

    def finish(self, count: int) -> bytes:
        """Return the column of `count` documents."""
        self._writer.finish(count)
        return self._content.getvalue()


class Columns:
    """The columns of a segment: those it was written with, and those in files of their own."""

    def __init__(self, storage: Any, segment: SchemaSegment, file: ArrayFile) -> None:
        """Map the arrays of `file`, the segment's file of documents."""
        self._storage = storage
        self._segment = segment
        self._contents = Ragged(file, "columns")
        self._numbers = read_numbers(file, "column_fields", count=len(self._contents))
        self._files: dict[str, bytes] = {}

    def __contains__(self, fieldname: str) -> bool:
        """Return whether any document came with a value of this column, or it was added later."""
        return fieldname in self._numbers or self._is_added(fieldname)

    def _is_added(self, fieldname: str) -> bool:
        return bool(self._storage.file_exists(added_column(self._segment, fieldname)))

    def names(self) -> list[str]:
        """Return the fields whose columns the segment was written with."""
        return list(self._numbers)

    def reader(self, fieldname: str, column: Any, count: int) -> Any:
        """Return Whoosh's own reader of a column of `count` documents."""
        content = self._files.get(fieldname)
        if content is None:
            content = self._files[fieldname] = self._content(fieldname)
        return column.reader(BufferFile(content), 0, len(content), count)

    def _content(self, fieldname: str) -> bytes:
        if self._is_added(fieldname):
            with self._storage.open_file(added_column(self._segment, fieldname)) as file:
                return bytes(file.read())
        return self._contents[self._numbers[fieldname]]

"""A segment for any schema, as Whoosh's index and writer carry it around."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pinakes.indexer.whoosh_index.adapter import codec_base


class SchemaSegment(codec_base.Segment):  # type: ignore[misc]
    """How many documents a segment has, and which are deleted.

    Whoosh keeps this object in its own table of contents, which is a pickle.
    """

    def __init__(self, codec: Any, indexname: str) -> None:
        """Describe a segment that is not written yet."""
        super().__init__(indexname)
        self._codec = codec
        self._document_count = 0
        self._deleted: set[int] = set()

    def codec(self) -> Any:
        """Return the codec that reads the segment."""
        return self._codec

    def should_assemble(self) -> bool:
        """Return False: there are two files only, and their arrays must stay aligned."""
        return False

    def set_doc_count(self, count: int) -> None:
        """Take the number of documents."""
        self._document_count = count

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        return self._document_count

    def deleted_count(self) -> int:
        """Return the number of deleted documents."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Return the deleted documents, ascending."""
        return iter(sorted(self._deleted))

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document is deleted."""
        return docnum in self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document, or take that back."""
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

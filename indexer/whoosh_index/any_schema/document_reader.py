"""What belongs to a document as a whole, in a segment for any schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.whoosh_index.adapter import ListMatcher, codec_base
from pinakes.indexer.whoosh_index.any_schema.columns import Columns
from pinakes.indexer.whoosh_index.any_schema.document_writer import no_documents
from pinakes.indexer.whoosh_index.any_schema.files import DOCUMENTS, open_file
from pinakes.indexer.whoosh_index.any_schema.ragged import Ragged, read_numbers
from pinakes.indexer.whoosh_index.any_schema.segment import SchemaSegment
from pinakes.indexer.whoosh_index.any_schema.values import decode


class DocumentReader(codec_base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, stored values, columns and vectors, each read when it is asked for."""

    def __init__(self, storage: Any, segment: SchemaSegment) -> None:
        """Open the file of `segment`.

        Raises:
            IndexDamagedError: It does not add up.
        """
        self._segment = segment
        name = segment.make_filename(DOCUMENTS)
        if segment.doc_count_all() or storage.file_exists(name):
            file = open_file(storage, name)
        else:
            file = no_documents(name)
        self._path: Path = file.path
        self._count = file.passages
        self._stored = Ragged(file, "stored", count=self._count)
        self._lengths = FieldLengths(file)
        self._columns = Columns(storage, segment, file)
        self._vectors = Vectors(file)

    def doc_count(self) -> int:
        """Return the number of living documents."""
        return self._count - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        return self._count

    def has_deletions(self) -> bool:
        """Return whether any document is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Return the deleted documents, ascending."""
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        """Return True."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Return whether there is such a column."""
        return fieldname in self._columns

    def list_columns(self) -> list[str]:
        """Return the fields that have a column."""
        return self._columns.names()

    def column_reader(self, fieldname: str, column: Any) -> Any:
        """Return Whoosh's own reader of a column."""
        return self._columns.reader(fieldname, column, self._count)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the words of a field of a document; `default` if it has none there."""
        return self._lengths.by_document(fieldname, self._count)[docnum] or default

    def field_length(self, fieldname: str) -> int:
        """Return the words of a field of all documents."""
        return int(self._lengths.known(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """Return the words of the shortest document; 0 if one has none."""
        return min(self._lengths.by_document(fieldname, self._count), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """Return the words of the longest document."""
        return max(self._lengths.by_document(fieldname, self._count), default=0)

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Return whether there is a vector of a field of a document."""
        return self._vectors.number(docnum, fieldname) is not None

    def vector(self, docnum: int, fieldname: str, format_: Any) -> Any:
        """Return a matcher that walks the terms of a field of a document.

        Raises:
            KeyError: There is no such vector.
        """
        number = self._vectors.number(docnum, fieldname)
        if number is None:
            raise KeyError(f"no vector of {fieldname!r} in document {docnum}")
        texts, weights, values = self._vectors.items(number)
        return ListMatcher(texts, weights, values, format_)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored values of a document.

        Raises:
            IndexDamagedError: They are not what was written.
        """
        content = self._stored[docnum]
        if not content:
            return {}
        try:
            stored = decode(content)
        except ValueError as error:
            raise IndexDamagedError(self._path, f"stored values: {error}") from error
        if not isinstance(stored, dict):
            raise IndexDamagedError(self._path, "stored values: not by field")
        return stored


class FieldLengths:
    """How many words each field of each document has."""

    def __init__(self, file: ArrayFile) -> None:
        """Map the arrays."""
        self._documents = file.array("length_documents")
        self._lengths = file.array("lengths", count=len(self._documents))
        self._starts = file.starts("lengths_at", total=len(self._documents))
        self._numbers = read_numbers(file, "length_fields", count=len(self._starts) - 1)
        # Whoosh asks document by document, where a list is several times as fast as an array.
        self._spread: dict[str, list[int]] = {}

    def _span(self, fieldname: str) -> slice:
        number = self._numbers.get(fieldname)
        if number is None:
            return slice(0)
        return slice(int(self._starts[number]), int(self._starts[number + 1]))

    def known(self, fieldname: str) -> Array:
        """Return the lengths of the documents that have the field."""
        return self._lengths[self._span(fieldname)]

    def by_document(self, fieldname: str, count: int) -> list[int]:
        """Return the lengths of all `count` documents, 0 where there are no words."""
        found = self._spread.get(fieldname)
        if found is None:
            lengths = np.zeros(count, np.uint32)
            lengths[self._documents[self._span(fieldname)]] = self.known(fieldname)
            found = self._spread[fieldname] = lengths.tolist()
        return found


class Vectors:
    """Which terms each vectored field of each document has."""

    def __init__(self, file: ArrayFile) -> None:
        """Map the arrays."""
        self._documents = file.array("vector_documents")
        self._starts = file.starts("vectors_at", total=len(self._documents))
        self._numbers = read_numbers(file, "vector_fields", count=len(self._starts) - 1)
        self._terms = Ragged(file, "item_terms")
        count = len(self._terms)
        self._items_at = file.starts("items_at", count=len(self._documents) + 1, total=count)
        self._weights = file.array("item_weights", count=count)
        self._values = Ragged(file, "item_values", count=count)

    def number(self, document: int, fieldname: str) -> int | None:
        """Return the number of a vector; None if there is none."""
        field = self._numbers.get(fieldname)
        if field is None:
            return None
        first, last = int(self._starts[field]), int(self._starts[field + 1])
        number = first + int(np.searchsorted(self._documents[first:last], document))
        return number if number < last and int(self._documents[number]) == document else None

    def items(self, number: int) -> tuple[list[str], list[float], list[bytes]]:
        """Return terms, weights and values of a vector."""
        items = range(int(self._items_at[number]), int(self._items_at[number + 1]))
        texts = [self._terms[item].decode() for item in items]
        weights: list[float] = self._weights[items.start : items.stop].tolist()
        return texts, weights, [self._values[item] for item in items]

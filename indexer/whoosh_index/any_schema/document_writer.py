"""Takes from Whoosh's writer what belongs to a document as a whole, and writes it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np

from pinakes.indexer.segments.arrays import Array, ArrayFile, narrow
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.whoosh_index.adapter import codec_base
from pinakes.indexer.whoosh_index.any_schema.columns import ColumnDraft
from pinakes.indexer.whoosh_index.any_schema.files import DOCUMENTS, hold_file, write_file
from pinakes.indexer.whoosh_index.any_schema.ragged import RaggedDraft
from pinakes.indexer.whoosh_index.any_schema.segment import SchemaSegment
from pinakes.indexer.whoosh_index.any_schema.values import encode, encode_mapping

VectorItem = tuple[str, float, bytes]
# Documents, ascending, and how many words each has.
Lengths: TypeAlias = "tuple[array[int], array[int]]"


class DocumentWriter(codec_base.PerDocumentWriter):  # type: ignore[misc]
    """Collects lengths, stored values, columns and vectors; closing it writes the file.

    What comes for a document is taken over when the document is finished, or not at all.
    """

    def __init__(self, storage: Any, segment: SchemaSegment) -> None:
        """Write the documents of `segment`."""
        self._storage = storage
        self._name = segment.make_filename(DOCUMENTS)
        self._count = 0
        self._is_open = False
        self._stored = RaggedDraft()
        self._lengths: dict[str, Lengths] = {}
        self._columns: dict[str, ColumnDraft] = {}
        self._vectors: dict[str, _VectorDraft] = {}
        self._document: list[tuple[str, Any, int]] = []
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a document.

        Raises:
            ValueError: The one before was not finished, or the number is not the next one.
        """
        if self._is_open:
            raise ValueError("the document before was not finished")
        if docnum != self._count:
            raise ValueError(f"document {docnum} comes where {self._count} should")
        self._is_open = True
        self._values: list[tuple[str, bytes]] = []
        self._document_lengths: list[tuple[str, int]] = []
        self._column_values: list[tuple[str, Any, Any]] = []
        self._document_vectors: list[tuple[str, list[VectorItem]]] = []

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int | None) -> None:  # noqa: ARG002
        """Take the value to be stored of a field, None for none, and its length in words.

        Raises:
            TypeError: A value of such a type cannot be stored.
        """
        if value is not None:
            try:
                self._values.append((fieldname, encode(value)))
            except TypeError as error:
                raise TypeError(f"field {fieldname!r}: {error}") from error
        if length:
            self._document_lengths.append((fieldname, length))

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """Take the value of a column."""
        self._column_values.append((fieldname, columnobj, value))

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Iterable[VectorItem]) -> None:  # noqa: ARG002
        """Take the `(text, weight, value)` of a field's vector; none of them is no vector."""
        vector = list(items)
        if vector:
            self._document_vectors.append((fieldname, vector))

    def finish_doc(self) -> None:
        """End a document."""
        self._stored.append(encode_mapping(self._values) if self._values else b"")
        for name, length in self._document_lengths:
            documents, lengths = self._lengths.setdefault(name, (array("I"), array("I")))
            documents.append(self._count)
            lengths.append(length)
        for name, column, value in self._column_values:
            if name not in self._columns:
                self._columns[name] = ColumnDraft(column)
            self._columns[name].add(self._count, value)
        for name, items in self._document_vectors:
            self._vectors.setdefault(name, _VectorDraft()).add(self._count, items)
        self._count += 1
        self._is_open = False

    def cancel_doc(self) -> None:
        """Forget the document that was begun."""
        self._is_open = False

    def close(self) -> None:
        """Write the file, unless no document came; one that was not finished is left out."""
        self.is_closed = True
        if self._count:
            write_file(self._storage, self._name, self._sections(), documents=self._count)

    def _sections(self) -> dict[str, Array]:
        columns = {name: draft.finish(self._count) for name, draft in self._columns.items()}
        return _sections(self._stored, self._lengths, columns, self._vectors)


def no_documents(name: str) -> ArrayFile:
    """Return a file of no documents, which nobody writes."""
    return hold_file(name, _sections(RaggedDraft(), {}, {}, {}))


class _VectorDraft:
    """The vectors of a field."""

    def __init__(self) -> None:
        self.documents = array("I")
        self.item_counts = array("I")
        self.terms = RaggedDraft()
        self.weights = array("f")
        self.values = RaggedDraft()

    def add(self, document: int, items: list[VectorItem]) -> None:
        self.documents.append(document)
        self.item_counts.append(len(items))
        for text, weight, value in items:
            self.terms.append(text.encode())
            self.weights.append(weight)
            self.values.append(value or b"")


def _sections(
    stored: RaggedDraft,
    lengths: dict[str, Lengths],
    columns: dict[str, bytes],
    vectors: dict[str, _VectorDraft],
) -> dict[str, Array]:
    return {
        **stored.sections("stored"),
        **_draft(name.encode() for name in lengths).sections("length_fields"),
        **_length_sections(list(lengths.values())),
        **_draft(name.encode() for name in columns).sections("column_fields"),
        **_draft(columns.values()).sections("columns"),
        **_draft(name.encode() for name in vectors).sections("vector_fields"),
        **_vector_sections(list(vectors.values())),
    }


def _draft(parts: Iterable[bytes]) -> RaggedDraft:
    draft = RaggedDraft()
    for part in parts:
        draft.append(part)
    return draft


def _joined(parts: list[array[Any]], dtype: type) -> Array:
    return np.concatenate([np.zeros(0, dtype), *(np.array(part, dtype) for part in parts)])


def _starts(parts: list[array[int]]) -> Array:
    return narrow(starts_of(np.array([len(part) for part in parts], np.int64)))


def _length_sections(fields: list[Lengths]) -> dict[str, Array]:
    documents = [documents for documents, _ in fields]
    return {
        "lengths_at": _starts(documents),
        "length_documents": narrow(_joined(documents, np.uint32)),
        "lengths": narrow(_joined([lengths for _, lengths in fields], np.uint32)),
    }


def _vector_sections(fields: list[_VectorDraft]) -> dict[str, Array]:
    terms, values = RaggedDraft(), RaggedDraft()
    for field in fields:
        terms.extend(field.terms)
        values.extend(field.values)
    items = _joined([field.item_counts for field in fields], np.int64)
    return {
        "vectors_at": _starts([field.documents for field in fields]),
        "vector_documents": narrow(_joined([field.documents for field in fields], np.uint32)),
        "items_at": narrow(starts_of(items)),
        **terms.sections("item_terms"),
        "item_weights": _joined([field.weights for field in fields], np.float32),
        **values.sections("item_values"),
    }

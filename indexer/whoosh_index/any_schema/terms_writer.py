"""Takes terms and postings from Whoosh's writer, and writes dictionary and lists."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np

from pinakes.indexer.segments.arrays import Array, narrow
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.whoosh_index.adapter import OutOfOrderError, codec_base
from pinakes.indexer.whoosh_index.any_schema.files import TERMS, write_file
from pinakes.indexer.whoosh_index.any_schema.ragged import RaggedDraft
from pinakes.indexer.whoosh_index.any_schema.segment import SchemaSegment


class TermsWriter(codec_base.FieldWriter):  # type: ignore[misc]
    """Collects the postings of a segment in compact arrays; closing it writes the file."""

    def __init__(self, storage: Any, segment: SchemaSegment, block_length: int) -> None:
        """Write the dictionary and the lists of `segment`."""
        self._storage = storage
        self._name = segment.make_filename(TERMS)
        self._block_length = block_length
        self._is_used = False
        self._fields: dict[str, int] = {}
        self._terms = RaggedDraft()
        self._field_terms = array("Q")
        self._list_postings = array("Q")
        self._documents = array("I")
        self._weights = array("f")
        self._lengths = array("I")
        self._values = RaggedDraft()
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        """Take `(field, term, document, weight, value)`, sorted."""
        self._is_used = True
        super().add_postings(schema, lengths, items)

    def start_field(self, fieldname: str, fieldobj: Any) -> None:  # noqa: ARG002
        """Begin a field.

        Raises:
            OutOfOrderError: It was there before.
        """
        if fieldname in self._fields:
            raise OutOfOrderError(f"field {fieldname} comes twice")
        self._is_used = True
        self._fields[fieldname] = len(self._fields)
        self._field_terms.append(0)

    def start_term(self, text: bytes) -> None:
        """Begin the list of a term; terms ascend within a field."""
        self._terms.append(text)
        self._field_terms[-1] += 1
        self._list_postings.append(0)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int | None) -> None:
        """Add a posting; documents ascend within a list."""
        self._documents.append(docnum)
        self._weights.append(weight)
        self._values.append(vbytes)
        # A length that is not known counts as 0: bounds of scores stay bounds.
        self._lengths.append(length or 0)
        self._list_postings[-1] += 1

    def finish_term(self) -> None:
        """End a list."""

    def close(self) -> None:
        """Write the file, unless nothing came.

        Raises:
            OutOfOrderError: The documents of a list do not ascend.
        """
        self.is_closed = True
        if self._is_used:
            write_file(self._storage, self._name, self._sections())

    def _sections(self) -> dict[str, Array]:
        fields = RaggedDraft()
        for name in self._fields:
            fields.append(name.encode())
        postings = np.array(self._list_postings, np.int64)
        documents = np.array(self._documents, np.uint32)
        weights = np.array(self._weights, np.float32)
        lists = np.repeat(np.arange(len(postings)), postings)
        if ((np.diff(documents.astype(np.int64)) < 0) & (np.diff(lists) == 0)).any():
            raise OutOfOrderError("the documents of a list do not ascend")
        return {
            **fields.sections("fields"),
            "field_terms_at": narrow(starts_of(np.array(self._field_terms, np.int64))),
            **self._terms.sections("terms"),
            "term_weights": np.bincount(lists, weights, len(postings)).astype(np.float64),
            "postings_at": narrow(starts_of(postings)),
            "documents": narrow(documents),
            "weights": weights,
            **self._values.sections("values"),
            **self._blocks(postings, weights),
        }

    def _blocks(self, postings: Array, weights: Array) -> dict[str, Array]:
        blocks = -(-postings // self._block_length)
        blocks_at = starts_of(blocks)
        in_list = np.arange(blocks_at[-1]) - np.repeat(blocks_at[:-1], blocks)
        first = np.repeat(starts_of(postings)[:-1], blocks) + in_list * self._block_length
        lengths = np.array(self._lengths, np.uint32)
        return {
            "block_length": np.array([self._block_length], np.uint32),
            "blocks_at": narrow(blocks_at),
            "block_weights": _reduce(np.maximum, weights, first),
            "block_shortest": narrow(_reduce(np.minimum, lengths, first)),
            "block_longest": narrow(_reduce(np.maximum, lengths, first)),
        }


def _reduce(operation: np.ufunc, values: Array, first: Array) -> Array:
    if not len(first):
        return values[:0]
    reduced: Array = operation.reduceat(values, first)
    return reduced

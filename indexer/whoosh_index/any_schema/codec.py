"""Whoosh's codec for any schema: flat arrays, no pickle."""

from __future__ import annotations

from typing import Any

from pinakes.indexer.whoosh_index.adapter import codec_base
from pinakes.indexer.whoosh_index.any_schema.columns import added_column
from pinakes.indexer.whoosh_index.any_schema.document_reader import DocumentReader
from pinakes.indexer.whoosh_index.any_schema.document_writer import DocumentWriter
from pinakes.indexer.whoosh_index.any_schema.segment import SchemaSegment
from pinakes.indexer.whoosh_index.any_schema.terms_reader import TermsReader
from pinakes.indexer.whoosh_index.any_schema.terms_writer import TermsWriter


class SchemaCodec(codec_base.Codec):  # type: ignore[misc]
    """Reads and writes segments of any schema for Whoosh: `index.writer(codec=SchemaCodec())`."""

    def __init__(self, blocklimit: int = 128) -> None:
        """Keep bounds of weights and lengths for every `blocklimit` postings of a list."""
        self._block_length = blocklimit

    def new_segment(self, storage: Any, indexname: str) -> SchemaSegment:  # noqa: ARG002
        """Return a segment to be written."""
        return SchemaSegment(self, indexname)

    def per_document_writer(self, storage: Any, segment: SchemaSegment) -> DocumentWriter:
        """Return a writer for what belongs to a document as a whole."""
        return DocumentWriter(storage, segment)

    def field_writer(self, storage: Any, segment: SchemaSegment) -> TermsWriter:
        """Return a writer for dictionary and lists."""
        return TermsWriter(storage, segment, self._block_length)

    def column_filename(self, segment: SchemaSegment, fieldname: str) -> str:
        """Return the file of a column that Whoosh adds to a segment after it was written."""
        return added_column(segment, fieldname)

    def terms_reader(self, storage: Any, segment: SchemaSegment) -> TermsReader:
        """Return a reader for dictionary and lists."""
        return TermsReader(storage, segment)

    def per_document_reader(self, storage: Any, segment: SchemaSegment) -> DocumentReader:
        """Return a reader for what belongs to a document as a whole."""
        return DocumentReader(storage, segment)

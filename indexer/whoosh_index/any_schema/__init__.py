"""Segments for any Whoosh schema, written by Whoosh's own writer, kept as flat arrays.

`docs/whoosh-codec.md` has the two files of a segment, section by section. Nothing here writes or
reads a pickle; some of Whoosh's own formats and columns do, inside the bytes that they hand over.
"""

from __future__ import annotations

from pinakes.indexer.whoosh_index.any_schema.codec import SchemaCodec

__all__ = ["SchemaCodec"]

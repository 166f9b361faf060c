"""Gives a packed article other tags: its text and metadata stay byte for byte what they were."""

from __future__ import annotations

from pinakes.corpus.passage_table import PassageTable
from pinakes.corpus.store.packing import PackedArticle, pack_columns, pack_notes
from pinakes.corpus.store.unpacking import HEADER, Parts


def repack(
    packed: PackedArticle, passages: PassageTable, *, stamps: tuple[str, ...]
) -> PackedArticle:
    """Return an article with the tags of `passages`, which are its own but for these."""
    return packed._replace(content=with_passages(packed.content, passages), stamps=stamps)


def with_passages(content: bytes, passages: PassageTable) -> bytes:
    """Return what is packed with other passages of the same text."""
    text_bytes, metadata_bytes, _, _ = HEADER.unpack_from(content)
    notes = pack_notes(passages.sections, passages.tag_lists)
    header = HEADER.pack(text_bytes, metadata_bytes, len(notes), len(passages))
    kept = content[HEADER.size : HEADER.size + text_bytes + metadata_bytes]
    return b"".join((header, kept, notes, pack_columns(passages)))


def passages_of(content: bytes) -> PassageTable:
    """Return the passages that are packed; what is packed wrong may raise as `unpacking.unpack`."""
    parts = Parts.of(content)
    text = parts.text.decode()
    return PassageTable(text=text, **parts.columns(len(text)))

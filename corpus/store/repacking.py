"""Gives a packed article other tags: its text and metadata stay byte for byte what they were."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from pinakes.corpus.passage_table import PassageTable
from pinakes.corpus.store.packing import PackedArticle, encode_rows, pack_columns, pack_notes
from pinakes.corpus.store.unpacking import HEADER, Parts

TagRowLists = Sequence[Sequence[tuple[object, ...]]]
"""Tag lists, each tag as the head of `packing` says."""


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


def with_tag_rows(
    content: bytes, sections: Sequence[Sequence[str]], lists: TagRowLists, list_of: Sequence[int]
) -> bytes:
    """Return what is packed with other tags.

    Args:
        content: What is packed.
        sections: Its sections.
        lists: Its different tag lists, as the head of `packing` says.
        list_of: Position in `lists` of that of each passage.
    """
    text_bytes, metadata_bytes, notes_bytes, count = HEADER.unpack_from(content)
    notes = encode_rows(sections, lists)
    notes_at = HEADER.size + text_bytes + metadata_bytes
    # A kind and a section stand before the number of a passage's tags, two numbers behind it.
    tags_at = notes_at + notes_bytes + 5 * count
    return b"".join(
        (
            HEADER.pack(text_bytes, metadata_bytes, len(notes), count),
            content[HEADER.size : notes_at],
            notes,
            content[notes_at + notes_bytes : tags_at],
            struct.pack(f"<{count}I", *list_of),
            content[tags_at + 4 * count :],
        )
    )


def passages_of(content: bytes) -> PassageTable:
    """Return the passages that are packed; what is packed wrong may raise as `unpacking.unpack`."""
    parts = Parts.of(content)
    text = parts.text.decode()
    return PassageTable(text=text, **parts.columns(len(text)))

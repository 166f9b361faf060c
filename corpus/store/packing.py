"""How an article's text, metadata and passages are packed into one string of bytes.

Little-endian and without gaps; `unpacking` reads it:

| type | what |
|---|---|
| u4 | T, M, N and P: bytes of the text, of the metadata and of the notes; passages |
| T bytes | the text in UTF-8 |
| M bytes | the metadata: JSON in UTF-8, an array of values |
| N bytes | the notes: JSON in UTF-8, an array of two, the different sections and tag lists |
| u1, P times | the kind of each passage, as its position in `tuple(Kind)` |
| u4, P times | its section, as the position of that in the notes |
| u4, P times | its tags, as the position of the list in the notes |
| u4, 2 P times | code points from the end of the one before it to its start, and its length |

A metadata value is `[field, value, origin]`, with a 0 behind if it is not chosen. A section is an
array of headings. A tag list is an array of `[type, value, rule]`, with start and end behind,
counted from the start of the passage, unless the tag is on the whole passage.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from functools import lru_cache
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from pinakes.corpus.model import EXTRACTION_VERSION, MetadataValue, Passage
from pinakes.corpus.passage_table import PassageTable, TagPattern
from pinakes.corpus.store.unpacking import HEADER

if TYPE_CHECKING:
    from pinakes.corpus.extract import Extract

MAX_PACKED_BYTES = 900_000_000
"""SQLite takes rows of up to a thousand million bytes; what cannot be compressed grows a little."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_FEW_NOTES = 8


class PackedArticle(NamedTuple):
    """What extraction and splitting made of an article, ready for its row.

    Attributes:
        digest: Equal for equal text, metadata and passages, whatever taggers found in them.
        text_sha256: Of the text in UTF-8.
        content: All of it, as this module's head says; it is compressed when it is written.
        extraction: Which `EXTRACTION_VERSION` read it.
        stamps: Of the taggers that it went through, in order: see `tagging.registry.stamp_of`.
        sketch: By which copies of it are looked for, see `shingles.sketch`; None if none are.
    """

    digest: bytes
    text_sha256: bytes
    content: bytes
    passage_count: int
    stamps: tuple[str, ...] = ()
    extraction: int = EXTRACTION_VERSION
    sketch: bytes | None = None

    @property
    def text(self) -> str:
        """The text; what is packed wrong may raise any of `rows.DECODING_ERRORS`."""
        text_bytes, *_ = HEADER.unpack_from(self.content)
        return self.content[HEADER.size : HEADER.size + text_bytes].decode()

    @property
    def size_bytes(self) -> int:
        """How much room it takes at most; what is not in `content` is short."""
        return len(self.content)


def pack(extract: Extract, passages: Sequence[Passage]) -> PackedArticle:
    """Pack an article as it is before taggers have seen it: see `repacking.repack`.

    Raises:
        UnicodeEncodeError: The text or something else is not valid Unicode.
        ValueError: The passages are not in order, or overlap.
    """
    import hashlib

    table = PassageTable.of(passages, extract.text)
    text = extract.text.encode()
    metadata = _encode([_metadata_row(value) for value in extract.metadata]).encode()
    notes = pack_notes(table.sections, table.tag_lists)
    header = HEADER.pack(len(text), len(metadata), len(notes), len(table))
    rest = b"".join((metadata, notes, pack_columns(table)))
    text_sha256 = hashlib.sha256(text).digest()
    return PackedArticle(
        digest=hashlib.blake2b(header + text_sha256 + rest, digest_size=16).digest(),
        text_sha256=text_sha256,
        content=b"".join((header, text, rest)),
        passage_count=len(table),
    )


def pack_notes(
    sections: Sequence[tuple[str, ...]], tag_lists: Sequence[tuple[TagPattern, ...]]
) -> bytes:
    """Return the notes of an article: its different sections and tag lists."""
    # As when they are read: articles without headings have the same ones.
    is_short = len(sections) + len(tag_lists) <= _FEW_NOTES
    encode = _encode_few_notes if is_short else _encode_notes
    return encode(tuple(sections), tuple(tag_lists))


def _encode_notes(
    sections: tuple[tuple[str, ...], ...], tag_lists: tuple[tuple[TagPattern, ...], ...]
) -> bytes:
    rows = [
        [
            [type_, value, rule, *span] if span else [type_, value, rule]
            for type_, value, rule, span in tags
        ]
        for tags in tag_lists
    ]
    return encode_rows(sections, rows)


_encode_few_notes = lru_cache(maxsize=256)(_encode_notes)


def encode_rows(sections: Sequence[Sequence[str]], tag_lists: Sequence[Sequence[object]]) -> bytes:
    """Return the notes of an article, given its tag lists as this module's head says."""
    return _encode([sections, tag_lists]).encode()


def pack_columns(table: PassageTable) -> bytes:
    """Return the columns of passages; raises `ValueError` if they overlap or are out of order."""
    deltas = [0] * (2 * len(table))
    deltas[::2] = map(sub, table.starts, (0, *table.ends[:-1]))
    deltas[1::2] = map(sub, table.ends, table.starts)
    if deltas and min(deltas) < 0:
        raise ValueError("passages that are not in order, or overlap")
    numbers = struct.pack(f"<{4 * len(table)}I", *table.section_of, *table.tag_list_of, *deltas)
    return table.kinds + numbers


def _metadata_row(value: MetadataValue) -> list[object]:
    row: list[object] = [value.field, value.value, value.origin]
    return row if value.chosen else [*row, 0]

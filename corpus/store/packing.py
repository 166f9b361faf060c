"""How an article's text, metadata and passages are packed into one string of bytes.

Little-endian and without gaps:

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

import hashlib
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

from pinakes.corpus.model import (
    UNKNOWN_LANGUAGE,
    Article,
    Extract,
    Kind,
    MetadataValue,
    Passage,
)
from pinakes.corpus.passage_table import PassageTable, TagPattern

MAX_PACKED_BYTES = 900_000_000
"""SQLite takes rows of up to a thousand million bytes; what cannot be compressed grows a little."""

_HEADER = struct.Struct("<IIII")
_PASSAGE_BYTES = 1 + 4 * 4
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode_first = json.JSONDecoder().raw_decode

_LONG_NOTES = 1024
_Notes = tuple[tuple[tuple[str, ...], ...], tuple[tuple[TagPattern, ...], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedArticle:
    """What extraction and splitting made of an article, ready for its row.

    Attributes:
        digest: Equal for equal text, metadata and passages.
        text_sha256: Of the text in UTF-8.
        content: All three, as this module's head says; it is compressed when it is written.
    """

    digest: bytes
    text_sha256: bytes
    content: bytes
    passage_count: int

    @property
    def size_bytes(self) -> int:
        """How much room it takes at most; what is not in `content` is short."""
        return len(self.content)


def pack(extract: Extract, passages: Sequence[Passage]) -> PackedArticle:
    """Pack an article.

    Raises:
        UnicodeEncodeError: The text or something else is not valid Unicode.
        ValueError: The passages are not in order, or overlap.
    """
    table = PassageTable.of(passages, extract.text)
    text = extract.text.encode()
    metadata = _encode([_metadata_row(value) for value in extract.metadata]).encode()
    tag_lists = [[_tag_row(tag) for tag in tags] for tags in table.tag_lists]
    notes = _encode([table.sections, tag_lists]).encode()
    header = _HEADER.pack(len(text), len(metadata), len(notes), len(table))
    rest = b"".join((metadata, notes, _pack_columns(table)))
    text_sha256 = hashlib.sha256(text).digest()
    return PackedArticle(
        digest=hashlib.blake2b(header + text_sha256 + rest, digest_size=16).digest(),
        text_sha256=text_sha256,
        content=b"".join((header, text, rest)),
        passage_count=len(table),
    )


def unpack(row: Sequence[Any], paths: Sequence[str]) -> Article:
    """Return the article of a row: key, id, record, sha256, text_sha256, content.

    What `content` holds wrong may raise any of `rows.DECODING_ERRORS`.
    """
    key, article_id, record, sha256, text_sha256, content = row
    metadata, passages = _unpack_content(content)
    chosen: dict[str, list[str]] = {}
    for value in metadata:
        if value.chosen:
            chosen.setdefault(value.field, []).append(value.value)

    def first(field: str, default: str = "") -> str:
        return chosen[field][0] if field in chosen else default

    return Article(
        id=article_id,
        key=key,
        title=first("title"),
        text=passages.text,
        authors=tuple(chosen.get("author", ())),
        source=first("source"),
        url=first("url"),
        published=first("published"),
        language=first("language", UNKNOWN_LANGUAGE),
        paths=tuple(paths),
        record=record,
        sha256=sha256.hex(),
        text_sha256=text_sha256.hex(),
        metadata=metadata,
        passages=passages,
    )


def _pack_columns(table: PassageTable) -> bytes:
    deltas: list[int] = []
    last = 0
    for start, end in zip(table.starts, table.ends, strict=True):
        deltas += (start - last, end - start)
        last = end
    if deltas and min(deltas) < 0:
        raise ValueError("passages that are not in order, or overlap")
    numbers = struct.pack(f"<{4 * len(table)}I", *table.section_of, *table.tag_list_of, *deltas)
    return table.kinds + numbers


def _unpack_content(content: bytes) -> tuple[tuple[MetadataValue, ...], PassageTable]:
    """Check everything that building a passage would stumble over."""
    text_bytes, metadata_bytes, notes_bytes, count = _HEADER.unpack_from(content)
    metadata_at = _HEADER.size + text_bytes
    notes_at = metadata_at + metadata_bytes
    columns_at = notes_at + notes_bytes
    if len(content) != columns_at + _PASSAGE_BYTES * count:
        raise ValueError("sizes that do not add up")
    text = content[_HEADER.size : metadata_at].decode()
    kinds = content[columns_at : columns_at + count]
    numbers = struct.unpack_from(f"<{4 * count}I", content, columns_at + count)
    cuts = tuple(accumulate(numbers[2 * count :]))
    notes = content[notes_at:columns_at]
    sections, tag_lists = _read_notes(notes) if len(notes) > _LONG_NOTES else _remember_notes(notes)
    table = PassageTable(
        text=text,
        starts=cuts[::2],
        ends=cuts[1::2],
        kinds=kinds,
        sections=sections,
        section_of=numbers[:count],
        tag_lists=tag_lists,
        tag_list_of=numbers[count : 2 * count],
    )
    if count and not (
        cuts[-1] <= len(text)
        and max(kinds) < len(Kind)
        and max(table.section_of) < len(sections)
        and max(table.tag_list_of) < len(tag_lists)
    ):
        raise ValueError("a passage of what is not there")
    metadata = _decode(content[metadata_at:notes_at])
    return tuple([_metadata_value(*value) for value in metadata]), table


def _read_notes(notes: bytes) -> _Notes:
    sections, tag_lists = _decode(notes)
    return (
        tuple([tuple(map(_text, section)) for section in sections]),
        tuple([tuple([_tag_pattern(*tag) for tag in tags]) for tags in tag_lists]),
    )


# Articles without headings have the same notes, and most of the time of a short one goes to them.
_remember_notes = lru_cache(maxsize=256)(_read_notes)


def _metadata_row(value: MetadataValue) -> list[object]:
    row: list[object] = [value.field, value.value, value.origin]
    return row if value.chosen else [*row, 0]


def _metadata_value(field: object, value: object, origin: object, chosen: int = 1) -> MetadataValue:
    return MetadataValue(
        field=_text(field), value=_text(value), origin=_text(origin), chosen=bool(chosen)
    )


def _tag_row(tag: TagPattern) -> list[object]:
    return [tag.type, tag.value, tag.rule, *(tag.span or ())]


def _tag_pattern(type_: object, value: object, rule: object, *span: int) -> TagPattern:
    if span:
        start, end = span
        if not (type(start) is type(end) is int and 0 <= start <= end):
            raise ValueError("a tag outside its passage")
    return TagPattern(
        type=_text(type_),
        value=_text(value),
        rule=_text(rule),
        span=(start, end) if span else None,
    )


def _decode(packed: bytes) -> Any:
    text = packed.decode()
    value, end = _decode_first(text)
    if end != len(text):
        raise ValueError("more than one value in JSON")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where text should be")
    return value

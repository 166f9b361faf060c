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

import json
import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING, Any, NamedTuple

from pinakes.corpus.model import (
    EXTRACTION_VERSION,
    UNKNOWN_LANGUAGE,
    Article,
    Kind,
    MetadataValue,
    Passage,
)
from pinakes.corpus.passage_table import PassageTable, TagPattern

if TYPE_CHECKING:
    from pinakes.corpus.article_columns import ArticleColumns
    from pinakes.corpus.extract import Extract

MAX_PACKED_BYTES = 900_000_000
"""SQLite takes rows of up to a thousand million bytes; what cannot be compressed grows a little."""

HEADER = struct.Struct("<IIII")
_PASSAGE_BYTES = 1 + 4 * 4
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode_first = json.JSONDecoder().raw_decode

_LONG_NOTES = 1024
_FEW_NOTES = 8
_Notes = tuple[tuple[tuple[str, ...], ...], tuple[tuple[TagPattern, ...], ...]]


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


def unpack(row: Sequence[Any], paths: Sequence[str]) -> Article:
    """Return the article of a row: key, id, record, sha256, text_sha256, extraction, content.

    What `content` holds wrong may raise any of `rows.DECODING_ERRORS`.
    """
    key, article_id, record, sha256, text_sha256, extraction, content = row
    parts = Parts.of(content)
    text = parts.text.decode()
    passages = PassageTable(text=text, **parts.columns(len(text)))
    metadata = tuple([_metadata_value(*value) for value in _decode(parts.metadata)])
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
        text=text,
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
        extraction=extraction,
    )


def unpack_columns(row: Sequence[Any], paths: Sequence[str]) -> ArticleColumns:
    """Return what an index keeps of the article of a row: key, id, cluster, content.

    Raises as `unpack`.
    """
    from pinakes.corpus.article_columns import ArticleColumns

    key, article_id, cluster, content = row
    parts = Parts.of(content)
    text = parts.text
    chosen: dict[str, list[str]] = {}
    for field, value, _origin, *rest in _decode(parts.metadata):
        if not rest or rest[0]:
            chosen.setdefault(field, []).append(_text(value))
    nothing = ("",)
    return ArticleColumns(
        key=key,
        id=article_id,
        cluster=cluster,
        paths=tuple(paths),
        authors=tuple(chosen.get("author", ())),
        source=chosen.get("source", nothing)[0],
        url=chosen.get("url", nothing)[0],
        published=chosen.get("published", nothing)[0],
        saved=chosen.get("saved", nothing)[0],
        language=chosen.get("language", (UNKNOWN_LANGUAGE,))[0],
        text=text,
        **parts.columns(len(text) if text.isascii() else len(text.decode())),
    )


def pack_notes(
    sections: Sequence[tuple[str, ...]], tag_lists: Sequence[tuple[TagPattern, ...]]
) -> bytes:
    """Return the notes of an article: its different sections and tag lists."""
    # As with `_remember_notes`: articles without headings have the same ones.
    is_short = len(sections) + len(tag_lists) <= _FEW_NOTES
    encode = _encode_few_notes if is_short else _encode_notes
    return encode(tuple(sections), tuple(tag_lists))


def _encode_notes(
    sections: tuple[tuple[str, ...], ...], tag_lists: tuple[tuple[TagPattern, ...], ...]
) -> bytes:
    rows = [[_tag_row(tag) for tag in tags] for tags in tag_lists]
    return _encode([sections, rows]).encode()


_encode_few_notes = lru_cache(maxsize=256)(_encode_notes)


def pack_columns(table: PassageTable) -> bytes:
    """Return the columns of passages; raises `ValueError` if they overlap or are out of order."""
    deltas = [0] * (2 * len(table))
    deltas[::2] = map(sub, table.starts, (0, *table.ends[:-1]))
    deltas[1::2] = map(sub, table.ends, table.starts)
    if deltas and min(deltas) < 0:
        raise ValueError("passages that are not in order, or overlap")
    numbers = struct.pack(f"<{4 * len(table)}I", *table.section_of, *table.tag_list_of, *deltas)
    return table.kinds + numbers


class Parts(NamedTuple):
    """What `content` consists of, after a check of its sizes."""

    text: bytes
    metadata: bytes
    notes: bytes
    kinds: bytes
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, content: bytes) -> Parts:
        """Take apart what is packed; raises any of `rows.DECODING_ERRORS`."""
        text_bytes, metadata_bytes, notes_bytes, count = HEADER.unpack_from(content)
        metadata_at = HEADER.size + text_bytes
        notes_at = metadata_at + metadata_bytes
        columns_at = notes_at + notes_bytes
        if len(content) != columns_at + _PASSAGE_BYTES * count:
            raise ValueError("sizes that do not add up")
        return cls(
            content[HEADER.size : metadata_at],
            content[metadata_at:notes_at],
            content[notes_at:columns_at],
            content[columns_at : columns_at + count],
            struct.unpack_from(f"<{4 * count}I", content, columns_at + count),
        )

    def columns(self, text_chars: int) -> dict[str, Any]:
        """Return what `PassageTable` and `ArticleColumns` have alike.

        Everything is checked that building a passage would stumble over.
        """
        notes, numbers, count = self.notes, self.numbers, len(self.kinds)
        read = _read_notes if len(notes) > _LONG_NOTES else _remember_notes
        sections, tag_lists = read(notes)
        section_of, tag_list_of = numbers[:count], numbers[count : 2 * count]
        cuts = tuple(accumulate(numbers[2 * count :]))
        if count and not (
            cuts[-1] <= text_chars
            and max(self.kinds) < len(Kind)
            and max(section_of) < len(sections)
            and max(tag_list_of) < len(tag_lists)
        ):
            raise ValueError("a passage of what is not there")
        return {
            "starts": cuts[::2],
            "ends": cuts[1::2],
            "kinds": self.kinds,
            "sections": sections,
            "section_of": section_of,
            "tag_lists": tag_lists,
            "tag_list_of": tag_list_of,
        }


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

"""How an article's text, metadata and passages are packed into the columns of a row."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from pinakes.corpus.model import (
    UNKNOWN_LANGUAGE,
    Article,
    Extract,
    Kind,
    MetadataValue,
    Passage,
    Tag,
)
from pinakes.corpus.store.rows import decoding

MAX_PACKED_BYTES = 900_000_000
"""SQLite takes rows of up to a thousand million bytes."""

_KINDS = {kind.value: kind for kind in Kind}

Column = str | bytes
"""Text as it is, or compressed where that is smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedArticle:
    """What extraction and splitting made of an article, ready for its row.

    Attributes:
        digest: Equal for equal text, metadata and passages.
        text_sha256: Of the text in UTF-8.
    """

    digest: bytes
    text_sha256: bytes
    text: Column
    metadata: Column
    passages: Column
    passage_count: int

    @property
    def size_bytes(self) -> int:
        """How much room its row takes; what is not compressed is short."""
        return len(self.text) + len(self.metadata) + len(self.passages)


def pack(extract: Extract, passages: Sequence[Passage]) -> PackedArticle:
    """Pack an article. Raises `UnicodeEncodeError` for a text that is not valid Unicode."""
    text = extract.text.encode()
    metadata = _dump([_metadata_row(value) for value in extract.metadata])
    table = _dump(_passage_table(passages))
    digest = hashlib.blake2b(digest_size=16)
    for part in (text, metadata, table):
        digest.update(len(part).to_bytes(8, "little") + part)
    return PackedArticle(
        digest=digest.digest(),
        text_sha256=hashlib.sha256(text).digest(),
        text=_deflate(text),
        metadata=_deflate(metadata),
        passages=_deflate(table),
        passage_count=len(passages),
    )


def unpack(row: Sequence[Any], paths: Sequence[str]) -> Article:
    """Return the article of a row: key, id, record, sha256, text_sha256, text, metadata, passages.

    Raises:
        DamagedRowError: The row does not hold what it should.
    """
    key, article_id, record, sha256, text_sha256, packed_text, packed_metadata, packed = row
    with decoding(f"article {article_id}"):
        text = _inflate(packed_text)
        metadata = tuple(_metadata_value(*each) for each in json.loads(_inflate(packed_metadata)))
        passages = _Passages(json.loads(_inflate(packed)), text)
    chosen: dict[str, list[str]] = {}
    for value in metadata:
        if value.chosen:
            chosen.setdefault(value.field, []).append(value.value)

    def first(field: str, default: str = "") -> str:
        return chosen.get(field, [default])[0]

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
    )


def _metadata_row(value: MetadataValue) -> list[object]:
    row: list[object] = [value.field, value.value, value.origin]
    return row if value.chosen else [*row, 0]


def _metadata_value(field: str, value: str, origin: str, chosen: int = 1) -> MetadataValue:
    if not (isinstance(field, str) and isinstance(value, str) and isinstance(origin, str)):
        raise TypeError("metadata that is not text")
    return MetadataValue(field=field, value=value, origin=origin, chosen=bool(chosen))


def _passage_table(passages: Sequence[Passage]) -> list[object]:
    """Return sections, rules and passages; the last two name the first by number.

    A passage is `[kind, section, start, end, tag, ...]`, a tag `[type, value, rule]`, followed by
    start and end unless it is on the whole passage.
    """
    sections: dict[tuple[str, ...], int] = {}
    rules: dict[str, int] = {}
    rows: list[object] = []
    for passage in passages:
        row: list[object] = [
            passage.kind.value,
            sections.setdefault(passage.section, len(sections)),
            passage.start,
            passage.end,
        ]
        for tag in passage.tags:
            packed: list[object] = [tag.type, tag.value, rules.setdefault(tag.rule, len(rules))]
            if (tag.start, tag.end) != (passage.start, passage.end):
                packed += (tag.start, tag.end)
            row.append(packed)
        rows.append(row)
    return [list(sections), list(rules), rows]


class _Passages(Sequence[Passage]):
    """The passages of a table, each built whenever it is looked at; equal to a tuple of them.

    A search looks at one or two passages of an article that may have hundreds, and to build one
    takes seven times as long as to check it. Nothing changes after construction, so threads may
    share an object.
    """

    __slots__ = ("_rows", "_rules", "_sections", "_text")

    def __init__(self, table: list[Any], text: str) -> None:
        """Check everything about the table that building a passage would stumble over."""
        self._sections = [tuple(section) for section in table[0]]
        self._rules, self._rows = table[1], table[2]
        self._text = text
        for kind, section, start, end, *tags in self._rows:
            _ = _KINDS[kind], self._sections[section], text[start:end]
            for _type, _value, rule, *span in tags:
                _ = self._rules[rule]
                if span:
                    tag_start, tag_end = span
                    _ = text[tag_start:tag_end]

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int, /) -> Passage: ...
    @overload
    def __getitem__(self, place: slice, /) -> tuple[Passage, ...]: ...
    def __getitem__(self, place: int | slice, /) -> Passage | tuple[Passage, ...]:
        numbers = range(len(self._rows))[place]
        if isinstance(numbers, int):
            return self._build(numbers)
        return tuple(map(self._build, numbers))

    def __iter__(self) -> Iterator[Passage]:
        return map(self._build, range(len(self._rows)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple | _Passages):
            return len(self) == len(other) and tuple(self) == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        # A pickle that another version reads must not name a class of this file.
        return tuple, (tuple(self),)

    def _build(self, number: int) -> Passage:
        kind, section, start, end, *tags = self._rows[number]
        return Passage(
            number=number,
            kind=_KINDS[kind],
            section=self._sections[section],
            start=start,
            end=end,
            text=self._text[start:end],
            tags=tuple([_tag_of(tag, self._rules, start, end) for tag in tags]),
        )


def _tag_of(packed: list[Any], rules: list[str], start: int, end: int) -> Tag:
    type_, value, rule, *span = packed
    start, end = span or (start, end)
    return Tag(type=type_, value=value, start=start, end=end, rule=rules[rule])


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _deflate(plain: bytes) -> Column:
    packed = zlib.compress(plain)
    return packed if len(packed) < len(plain) else plain.decode()


def _inflate(column: Column) -> str:
    return column if isinstance(column, str) else zlib.decompress(column).decode()

"""Reads what `packing` has made of an article: its text, metadata and passages."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from pinakes.corpus.model import UNKNOWN_LANGUAGE, Article, Kind, MetadataValue
from pinakes.corpus.passage_table import PassageTable, TagPattern

if TYPE_CHECKING:
    from pinakes.corpus.article_columns import ArticleColumns

HEADER = struct.Struct("<IIII")
_PASSAGE_BYTES = 1 + 4 * 4
_decode_first = json.JSONDecoder().raw_decode

# An article may have hundreds of tags, and the call of their class takes twice as long.
_pattern_of: Callable[[tuple[str, str, str, Any]], TagPattern] = partial(tuple.__new__, TagPattern)

_LONG_NOTES = 1024
_Notes = tuple[tuple[tuple[str, ...], ...], tuple[tuple[TagPattern, ...], ...]]


def unpack(row: Sequence[Any], paths: Sequence[str]) -> Article:
    """Return the article of a row: key, id, record, sha256, text_sha256, extraction, content.

    What `content` holds wrong may raise any of `rows.DECODING_ERRORS`.
    """
    key, article_id, record, sha256, text_sha256, extraction, content = row
    if not article_id.isprintable():
        # Ids are shown everywhere, and those that are made here are hexadecimal digits.
        raise ValueError("an id that cannot be shown")
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
    chosen = chosen_values(parts.metadata)
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


def chosen_values(metadata: bytes) -> dict[str, list[str]]:
    """Return by field the values that were chosen of packed metadata; raises as `unpack`."""
    chosen: dict[str, list[str]] = {}
    for field, value, _origin, *rest in _decode(metadata):
        if not rest or rest[0]:
            chosen.setdefault(field, []).append(_text(value))
    return chosen


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

    def columns(self, text_chars: int, notes: _Notes | None = None) -> dict[str, Any]:
        """Return what `PassageTable` and `ArticleColumns` have alike.

        Everything is checked that building a passage would stumble over. `notes` are its own, where
        not all tags are wanted.
        """
        numbers, count = self.numbers, len(self.kinds)
        if notes is None:
            read = _read_notes if len(self.notes) > _LONG_NOTES else _remember_notes
            notes = read(self.notes)
        sections, tag_lists = notes
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


def read_rows(notes: bytes) -> tuple[list[list[str]], list[list[list[Any]]]]:
    """Return sections and tag lists as they are packed, unchecked; raises as `unpack`."""
    sections, tag_lists = _decode(notes)
    return sections, tag_lists


def _read_notes(notes: bytes) -> _Notes:
    sections, tag_lists = _decode(notes)
    return (
        tuple([tuple(map(_text, section)) for section in sections]),
        tuple([_tag_patterns(tags) for tags in tag_lists]),
    )


# Articles without headings have the same notes, and most of the time of a short one goes to them.
_remember_notes = lru_cache(maxsize=256)(_read_notes)


def _metadata_value(field: object, value: object, origin: object, chosen: int = 1) -> MetadataValue:
    return MetadataValue(
        field=_text(field), value=_text(value), origin=_text(origin), chosen=bool(chosen)
    )


def _tag_patterns(tags: Iterable[Iterable[Any]]) -> tuple[TagPattern, ...]:
    found: list[TagPattern] = []
    for type_, value, rule, *rest in tags:
        span = None
        if rest:
            start, end = span = tuple(rest)
            if not (type(start) is type(end) is int and 0 <= start <= end):
                raise ValueError("a tag outside its passage")
        if not (type(type_) is type(value) is type(rule) is str):
            raise TypeError("a tag of something else than texts")
        found.append(_pattern_of((type_, value, rule, span)))
    return tuple(found)


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

"""What passes between who tags articles again and a process that does it too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, BinaryIO

from pinakes.corpus import (
    AheadArticle,
    RetaggedContent,
    TagDifference,
    TagPattern,
    write_frame,
)

# The call of their class takes twice as long.
_pattern_of: Callable[[tuple[Any, ...]], TagPattern] = partial(tuple.__new__, TagPattern)


def write_articles(stream: BinaryIO, articles: Sequence[AheadArticle]) -> None:
    """Ask for articles."""
    rows = [[each.key, each.work, each.dictionary, len(each.frame)] for each in articles]
    write_frame(stream, {"articles": rows}, tuple(each.frame for each in articles))


def read_articles(head: Mapping[str, Any], body: bytes) -> Iterator[AheadArticle]:
    """Yield the articles that are asked for."""
    at = 0
    for key, work, dictionary, length in head["articles"]:
        yield AheadArticle(key, work, dictionary, body[at : at + length])
        at += length


def write_reply(stream: BinaryIO, made: Mapping[int, RetaggedContent]) -> None:
    """Tell by key what has become of articles."""
    rows = [[key, dict(each.failed), *_packed(each)] for key, each in made.items()]
    bodies = [
        part
        for each in made.values()
        if each.difference
        for part in (each.difference.text, each.frame)
    ]
    write_frame(stream, {"made": rows}, tuple(bodies))


def _packed(made: RetaggedContent) -> list[Any]:
    if made.difference is None:
        return []
    passage_count, passages, text, lengths, types, tag_lists = made.difference
    return [
        [made.dictionary, len(text), len(made.frame), passage_count],
        [passages, lengths, [each if each is None else sorted(each) for each in types], tag_lists],
    ]


def read_reply(head: Mapping[str, Any], body: bytes) -> dict[int, RetaggedContent]:
    """Return by key what has become of articles.

    Raises:
        LookupError: It is no such reply; or `TypeError`, or `ValueError`.
    """
    made: dict[int, RetaggedContent] = {}
    at = 0
    for key, failed, *packed in head["made"]:
        if not packed:
            made[key] = RetaggedContent(None, failed=failed)
            continue
        (dictionary, text_bytes, frame_bytes, passage_count), columns = packed
        text = body[at : at + text_bytes]
        frame = body[at + text_bytes : at + text_bytes + frame_bytes]
        at += text_bytes + frame_bytes
        difference = _read_difference(passage_count, text, columns)
        made[key] = RetaggedContent(difference, frame=frame, dictionary=dictionary, failed=failed)
    return made


def _read_difference(passage_count: int, text: bytes, columns: Sequence[Any]) -> TagDifference:
    passages, lengths, types, tag_lists = columns
    known: dict[tuple[str, ...], frozenset[str]] = {}
    return TagDifference(
        passage_count,
        tuple(passages),
        text,
        tuple(lengths),
        tuple(
            [
                None if each is None else known.setdefault(tuple(each), frozenset(each))
                for each in types
            ]
        ),
        tuple(map(_read_tags, tag_lists)),
    )


def _read_tags(rows: Iterable[Sequence[Any]]) -> tuple[TagPattern, ...]:
    return tuple(
        [
            _pattern_of((type_, value, rule, tuple(span) if span else None))
            for type_, value, rule, span in rows
        ]
    )

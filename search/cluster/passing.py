"""Small segments, made for one question and gone with it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path

from pinakes.corpus import Article, ArticleColumns, ArticleRecord, TagPattern
from pinakes.indexer import Segment, build_passing_segment

ARTICLES = 2_000
"""So many articles come into one."""
_MEMORY = Path("/dev/shm")  # noqa: S108  # a new folder in it, that nobody else can read


def build_segments(records: Iterable[ArticleRecord]) -> list[Segment]:
    """Return segments of articles, whose keys ascend."""
    segments: list[Segment] = []
    some: list[ArticleColumns] = []
    for record in records:
        some.append(record.columns())
        if len(some) >= ARTICLES:
            segments.append(build(some))
            some = []
    if some:
        segments.append(build(some))
    return segments


def build(articles: Sequence[Article | ArticleColumns]) -> Segment:
    """Return a segment whose file goes with it."""
    parent = _MEMORY if _MEMORY.is_dir() else None
    folder = tempfile.mkdtemp(prefix="pinakes-", dir=parent)
    try:
        # Equal names would be taken for equal segments.
        segment = build_passing_segment(articles, Path(folder) / f"{Path(folder).name}.seg")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(segment, shutil.rmtree, folder, ignore_errors=True)
    return segment


def build_dictionary(words: Sequence[str] = (), tags: Sequence[str] = ()) -> Segment:
    """Return a segment of one article whose dictionaries hold these words, and these tags.

    Args:
        words: Folded.
        tags: As terms of the field `tag`: `type:value`, and types.
    """
    text = " ".join(words) or "."
    kinds, places = bytes([3]), [0]
    patterns = tuple(
        TagPattern(type=type_, value=value, rule="", span=None)
        for type_, _, value in (tag.partition(":") for tag in tags)
    )
    return build(
        [
            ArticleColumns(
                key=1, id="", cluster=1, paths=(), authors=(), source="", url="", published="",
                saved="", language="und", text=text.encode(), starts=[0], ends=[len(text)],
                kinds=kinds, sections=[()], section_of=places, tag_lists=[patterns],
                tag_list_of=places,
            )
        ]
    )  # fmt: skip

"""Small segments, made for one question and gone with it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.corpus import Article, ArticleColumns, ArticleRecord, TagPattern
from pinakes.indexer import Segment, build_passing_segment, restrict, snapshot_of
from pinakes.indexer.opensearch import Clause, ClusterView
from pinakes.search.evaluation.texts.held import Array

ARTICLES = 2_000
"""So many articles come into one."""
KEPT_BYTES = 256 << 20
"""So much of what was made of a state is kept, as it is asked for again."""
_MOST_WORDS_AT_ONCE = 20_000_000
"""Articles with more words together, some 64 MB as segments, are gone through and not kept."""
_SMALL = 500
_MOST_SMALL = 40
_MEMORY = Path("/dev/shm")  # noqa: S108  # a new folder in it, that nobody else can read
_LEAST_FREE_BYTES = 1 << 30
"""With less space there, as containers have, segments are made on the disk."""


def build_segments(records: Iterable[ArticleRecord]) -> list[Segment]:
    """Return segments of articles, whose keys ascend."""
    return list(_build_each(records))


def _build_each(records: Iterable[ArticleRecord]) -> Iterator[Segment]:
    some: list[ArticleColumns] = []
    for record in records:
        some.append(record.columns())
        if len(some) >= ARTICLES:
            yield build(some)
            some = []
    if some:
        yield build(some)


class KeptSegments:
    """Segments of articles that were asked for lately, of one state; safe for many threads."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._guard = Lock()
        self._kept: list[Segment] = []

    def fetch(self, view: ClusterView, query: Clause) -> list[Segment]:
        """Return segments in which just the living articles that satisfy a query are living."""
        with self._guard:
            is_empty = not self._kept
        if not is_empty:
            return self.fetch_keys(view, view.rows(query)[:, 0])
        segments = build_segments(view.records.each(query))
        self._keep(segments)
        return segments

    def fetch_keys(self, view: ClusterView, wanted: Array) -> list[Segment]:
        """Return segments in which just the articles with some keys are living."""
        with self._guard:
            kept = list(self._kept)
        held = [np.zeros(0, np.int64), *(segment.article_key for segment in kept)]
        missing = np.setdiff1d(wanted, np.concatenate(held), assume_unique=True)
        added = build_segments(_in_parts(view, missing.tolist()))
        self._keep(added)
        return list(restrict(snapshot_of(*kept, *added), wanted.tolist()).segments)

    def _keep(self, segments: Sequence[Segment]) -> None:
        """Keep segments, and let go of those that are too many: small ones first, then old ones."""
        with self._guard:
            for segment in segments:
                # Another thread may have fetched the same: an article must not be there twice.
                if not any(_share_articles(segment, other) for other in self._kept):
                    self._kept.append(segment)
            small = [segment for segment in self._kept if segment.article_count < _SMALL]
            for segment in small[:-_MOST_SMALL]:
                self._kept.remove(segment)
            while sum(segment.path.stat().st_size for segment in self._kept) > KEPT_BYTES:
                self._kept.pop(0)


def _share_articles(one: Segment, other: Segment) -> bool:
    return bool(np.isin(one.article_key, other.article_key).any())


_kept: WeakKeyDictionary[ClusterView, KeptSegments] = WeakKeyDictionary()


def fetch_segments(view: ClusterView, query: Clause) -> list[Segment]:
    """Return segments of the articles of a state that satisfy a query, in no certain order."""
    return _kept.setdefault(view, KeptSegments()).fetch(view, query)


def fetch_with_keys(view: ClusterView, keys: Sequence[int]) -> list[Segment]:
    """Return the same of the living articles of a state with some keys."""
    return _kept.setdefault(view, KeptSegments()).fetch_keys(view, np.array(keys, np.int64))


def each_segment(view: ClusterView, query: Clause) -> Iterator[Segment]:
    """Yield the same, of many articles one at a time, so that no more are there than are used."""
    if view.count_words(query) <= _MOST_WORDS_AT_ONCE:
        yield from fetch_segments(view, query)
    else:
        yield from _build_each(view.records.each(query))


def _in_parts(view: ClusterView, keys: Sequence[int]) -> Iterator[ArticleRecord]:
    """Yield articles by ascending keys, of which no more are held than come into a segment."""
    for first in range(0, len(keys), ARTICLES):
        yield from view.records.with_keys(keys[first : first + ARTICLES])


def build(articles: Sequence[Article | ArticleColumns]) -> Segment:
    """Return a segment whose file goes with it."""
    folder = tempfile.mkdtemp(prefix="pinakes-", dir=_choose_parent())
    try:
        # Equal names would be taken for equal segments.
        segment = build_passing_segment(articles, Path(folder) / f"{Path(folder).name}.seg")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(segment, shutil.rmtree, folder, ignore_errors=True)
    return segment


def _choose_parent() -> Path | None:
    """Return where to make folders that pass away: in memory, if there is enough of it."""
    try:
        has_space = shutil.disk_usage(_MEMORY).free >= _LEAST_FREE_BYTES
    except OSError:
        return None
    return _MEMORY if has_space else None


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

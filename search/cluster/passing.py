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

    def fetch_keys(self, view: ClusterView, keys: Array, words: Array | None) -> list[Segment]:
        """Return segments in which just the articles with some keys are living.

        `words` is how many each of them has, if that is known.
        """
        with self._guard:
            kept = list(self._kept)
        held = [np.zeros(0, np.int64), *(segment.article_key for segment in kept)]
        is_missing = np.isin(keys, np.concatenate(held), invert=True)
        parts = _in_parts(view, keys[is_missing], None if words is None else words[is_missing])
        added = build_segments(parts)
        self._keep(added)
        return list(restrict(snapshot_of(*kept, *added), keys.tolist()).segments)

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
    rows = view.rows(query, "words")
    return _kept_of(view).fetch_keys(view, rows[:, 0], rows[:, 1])


def fetch_with_keys(view: ClusterView, keys: Sequence[int]) -> list[Segment]:
    """Return the same of the living articles of a state with some keys."""
    return _kept_of(view).fetch_keys(view, np.array(keys, np.int64), None)


def each_segment(view: ClusterView, query: Clause) -> Iterator[Segment]:
    """Yield the same, of many articles one at a time, so that no more are there than are used."""
    rows = view.rows_at_once(query, "words")
    if rows is not None and rows[:, 1].sum() <= _MOST_WORDS_AT_ONCE:
        yield from _kept_of(view).fetch_keys(view, rows[:, 0], rows[:, 1])
    else:
        yield from _build_each(view.records.each(query))


def _kept_of(view: ClusterView) -> KeptSegments:
    return _kept.setdefault(view, KeptSegments())


def _in_parts(view: ClusterView, keys: Array, words: Array | None) -> Iterator[ArticleRecord]:
    """Yield articles by ascending keys, of which no more are held than come into a segment."""
    for first in range(0, len(keys), ARTICLES):
        last = first + ARTICLES
        count = 0 if words is None else int(words[first:last].sum())
        yield from view.records.with_keys(keys[first:last].tolist(), words=count)


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

"""Changes to the segments of an index, as new files and the entries that name them.

Nothing here touches a file that is in use: until a table of contents names the new ones, they are
leftovers. Whoever calls this holds the write lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pinakes.corpus import Article, ArticleColumns, RetaggedArticle, sync_file
from pinakes.indexer.intake import Intake, new_segment_path, segment_path
from pinakes.indexer.memory import MEMORY_BYTES
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.census import count_segment
from pinakes.indexer.segments.deletions import Deletions, deletions_of, write_deletions
from pinakes.indexer.segments.merge_policy import plan_merges
from pinakes.indexer.segments.merging import merge_segments
from pinakes.indexer.segments.retagged import Retagged, retagged_in
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.workers import Workers
from pinakes.indexer.snapshot import open_segment
from pinakes.indexer.toc import SegmentEntry

# To read a passage in a segment that is written anew takes about a fifth of the time that it takes
# to take one in from the store.
_MOST_TIMES = 5


def add_articles(
    folder: Path,
    articles: Iterable[Article | ArticleColumns],
    *,
    memory_bytes: int = MEMORY_BYTES,
) -> list[SegmentEntry]:
    """Write segments of articles, whose keys ascend; a loss of power may undo them.

    Until `make_durable`.
    """
    with Intake(folder, memory_bytes=memory_bytes) as intake:
        for article in articles:
            intake.add(article)
        return intake.finish()


def make_durable(folder: Path, entries: Iterable[SegmentEntry]) -> None:
    """Make what segments hold survive a loss of power, but not their names in the folder."""
    for entry in entries:
        sync_file(segment_path(folder, entry))


def delete_articles(
    folder: Path, entries: Iterable[SegmentEntry], keys: Sequence[int]
) -> list[SegmentEntry]:
    """Mark the articles with these keys as deleted, wherever they are living."""
    # np.unique loads masked arrays, which takes longer than all of this.
    wanted = np.array(sorted(set(keys)), np.int64)
    return [_delete_from(folder, entry, wanted) for entry in entries]


def _delete_from(folder: Path, entry: SegmentEntry, wanted: Array) -> SegmentEntry:
    segment = open_segment(folder, entry)
    keys = segment.article_key
    places = np.searchsorted(keys, wanted)
    found = places[places < len(keys)]
    found = found[keys[found] == wanted[places < len(keys)]]
    live = np.ones(len(keys), np.bool_) if segment.live is None else segment.live.copy()
    if not live[found].any():
        return entry
    live[found] = False
    deletions = deletions_of(live)
    name = _write_deletions(folder, entry, deletions)
    return count_segment(Segment(segment.path, deletions), deletions=name)


def _write_deletions(folder: Path, entry: SegmentEntry, deletions: Deletions) -> str:
    """Write deletions of a segment under a name that no table of contents has named; return it.

    The numbers of those that one names only ascend: no reader of an older state can take a new file
    for the one that it looks for.
    """
    last = entry.deletions.removesuffix(".del").rpartition(".")[2]
    number = int(last or 0)
    while True:
        number += 1
        name = f"{entry.name}.{number}.del"
        # Taken is what a process left that was killed; the next commit removes it.
        with suppress(FileExistsError):
            write_deletions(folder / name, deletions)
            return name


class _Changed(NamedTuple):
    """Articles with other tags that are to be written, as the merge policy looks at them."""

    source: Retagged
    articles: int
    live_articles: int
    live_passages: int
    live_words: Sequence[int]


def merge_due(
    folder: Path, entries: Sequence[SegmentEntry], retagged: Sequence[Retagged] = ()
) -> list[SegmentEntry]:
    """Merge what the policy says is due; segments with nothing living in them are dropped.

    Articles that have other tags are written in any case; they come after all others.
    """
    merged: list[SegmentEntry] = []
    done = 0
    living: list[SegmentEntry | _Changed] = [entry for entry in entries if entry.live_articles]
    living += map(_count, retagged)
    for first, last in plan_merges(living):
        merged += _written(folder, living[done:first])
        merged.append(_merge(folder, living[first:last]))
        done = last
    return merged + _written(folder, living[done:])


def _count(source: Retagged) -> _Changed:
    segment = source.segment
    words = segment.article_words[source.live].sum(axis=0, dtype=np.int64).tolist()
    passages = int(np.count_nonzero(source.live_passages))
    articles = int(np.count_nonzero(source.live))
    return _Changed(source, articles, articles, passages, words)


def _written(folder: Path, living: Iterable[SegmentEntry | _Changed]) -> list[SegmentEntry]:
    return [each if isinstance(each, SegmentEntry) else _merge(folder, [each]) for each in living]


def compacted(folder: Path, entries: Iterable[SegmentEntry]) -> Iterator[SegmentEntry]:
    """Yield the segments with something living in them, written anew if anything is deleted."""
    for entry in entries:
        if entry.live_articles:
            yield merge_entries(folder, [entry]) if entry.deletions else entry


def merge_entries(folder: Path, entries: Sequence[SegmentEntry]) -> SegmentEntry:
    """Write one segment with the living articles of several."""
    return _merge(folder, entries)


def _merge(folder: Path, living: Sequence[SegmentEntry | _Changed]) -> SegmentEntry:
    sources = [
        each.source if isinstance(each, _Changed) else open_segment(folder, each) for each in living
    ]
    segments = [each.segment if isinstance(each, Retagged) else each for each in sources]
    for segment in {segment.path: segment for segment in segments}.values():
        # Damage that is merged has a good checksum ever after.
        segment.verify()
    path = new_segment_path(folder)
    with Workers() as workers:
        merge_segments(sources, path, workers=workers)
    return count_segment(Segment(path))


def find_retagged(
    folder: Path, entries: Iterable[SegmentEntry], articles: Sequence[RetaggedArticle]
) -> list[Retagged] | None:
    """Return, segment by segment, articles that have other tags now, and are living there as yet.

    None if there are none, if they are not all there and as they are said to have been, or if all
    else in these segments is so much more that they are written anew for less by themselves.
    """
    old = np.array([each.old_key for each in articles], np.int64)
    if not len(old) or (old[1:] <= old[:-1]).any():
        return None
    runs: list[tuple[Segment, Sequence[RetaggedArticle]]] = []
    done = 0
    for segment in (open_segment(folder, entry) for entry in entries):
        last = int(np.searchsorted(old, segment.article_key[-1:].max(initial=-1), side="right"))
        if last > done:
            runs.append((segment, articles[done:last]))
            done = last
    looked_at = sum(segment.passage_count for segment, _ in runs)
    # Asked first: to read new tags takes its time.
    if done < len(old) or looked_at > _MOST_TIMES * sum(
        each.difference.passage_count for each in articles
    ):
        return None
    found: list[Retagged] = []
    for segment, part in runs:
        retagged = retagged_in(segment, part)
        if retagged is None:
            return None
        found.append(retagged)
    return found

"""Changes to the segments of an index, as new files and the entries that name them.

Nothing here touches a file that is in use: until a table of contents names the new ones, they are
leftovers. Whoever calls this holds the write lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from pinakes.corpus import Article, ArticleColumns, sync_file
from pinakes.indexer.intake import Intake, new_segment_path, segment_path
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.builder import MEMORY_BYTES
from pinakes.indexer.segments.census import count_segment
from pinakes.indexer.segments.deletions import deletions_of, write_deletions
from pinakes.indexer.segments.merge_policy import plan_merges
from pinakes.indexer.segments.merging import merge_segments
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.workers import Workers
from pinakes.indexer.snapshot import open_segment
from pinakes.indexer.toc import SegmentEntry


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
    folder: Path, entries: Iterable[SegmentEntry], keys: Sequence[int], *, commit: int
) -> list[SegmentEntry]:
    """Mark the articles with these keys as deleted, wherever they are living.

    `commit` is the number of the table of contents to be; it is part of the names of new files.
    """
    wanted = np.unique(np.asarray(keys, np.int64))
    return [_delete_from(folder, entry, wanted, commit) for entry in entries]


def _delete_from(folder: Path, entry: SegmentEntry, wanted: Array, commit: int) -> SegmentEntry:
    segment = open_segment(folder, entry)
    keys = segment.article_key
    places = np.searchsorted(keys, wanted)
    found = places[places < len(keys)]
    found = found[keys[found] == wanted[places < len(keys)]]
    live = np.ones(len(keys), np.bool_) if segment.live is None else segment.live.copy()
    if not live[found].any():
        return entry
    live[found] = False
    name = f"{entry.name}.{commit}.del"
    deletions = deletions_of(live)
    write_deletions(folder / name, deletions)
    return count_segment(Segment(segment.path, deletions), deletions=name)


def merge_due(folder: Path, entries: Sequence[SegmentEntry]) -> list[SegmentEntry]:
    """Merge what the policy says is due; segments with nothing living in them are dropped."""
    merged: list[SegmentEntry] = []
    done = 0
    living = [entry for entry in entries if entry.live_articles]
    for first, last in plan_merges(living):
        merged += living[done:first]
        merged.append(merge_entries(folder, living[first:last]))
        done = last
    return merged + living[done:]


def compacted(folder: Path, entries: Iterable[SegmentEntry]) -> Iterator[SegmentEntry]:
    """Yield the segments with something living in them, written anew if anything is deleted."""
    for entry in entries:
        if entry.live_articles:
            yield merge_entries(folder, [entry]) if entry.deletions else entry


def merge_entries(folder: Path, entries: Sequence[SegmentEntry]) -> SegmentEntry:
    """Write one segment with the living articles of several."""
    segments = [open_segment(folder, entry) for entry in entries]
    for segment in segments:
        # Damage that is merged has a good checksum ever after.
        segment.verify()
    path = new_segment_path(folder)
    with Workers() as workers:
        merge_segments(segments, path, workers=workers)
    return count_segment(Segment(path))

"""Changes to the segments of an index, as new files and the entries that name them.

Nothing here touches a file that is in use: until a table of contents names the new ones, they are
leftovers. Whoever calls this holds the write lock.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from pinakes.corpus import Article
from pinakes.indexer.segments.arrays import Array, sync_file
from pinakes.indexer.segments.builder import MEMORY_BYTES, SegmentBuilder
from pinakes.indexer.segments.census import count_segment
from pinakes.indexer.segments.deletions import deletions_of, write_deletions
from pinakes.indexer.segments.merge_policy import plan_merges
from pinakes.indexer.segments.merging import merge_segments
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.workers import Workers
from pinakes.indexer.snapshot import open_segment
from pinakes.indexer.toc import INDEX_NAME, SegmentEntry


def add_articles(
    folder: Path,
    articles: Iterable[Article],
    *,
    memory_bytes: int = MEMORY_BYTES,
    durable: bool = True,
) -> list[SegmentEntry]:
    """Write segments of articles, whose keys ascend: a new one whenever the builder is full.

    If they are not `durable`, a loss of power may undo them until `make_durable`.
    """
    entries: list[SegmentEntry] = []
    with Workers() as workers:
        builder = SegmentBuilder(workers, memory_bytes=memory_bytes)
        for article in articles:
            builder.add(article)
            if builder.is_full:
                entries.append(_build(folder, builder, durable=durable))
                builder = SegmentBuilder(workers, memory_bytes=memory_bytes)
        if len(builder):
            entries.append(_build(folder, builder, durable=durable))
    return entries


def make_durable(folder: Path, entries: Iterable[SegmentEntry]) -> None:
    """Make what segments hold survive a loss of power, but not their names in the folder."""
    for entry in entries:
        sync_file(folder / f"{entry.name}.seg")


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


def merge_entries(folder: Path, entries: Sequence[SegmentEntry]) -> SegmentEntry:
    """Write one segment with the living articles of several."""
    segments = [open_segment(folder, entry) for entry in entries]
    for segment in segments:
        # Damage that is merged has a good checksum ever after.
        segment.verify()
    path = _new_path(folder)
    with Workers() as workers:
        merge_segments(segments, path, workers=workers)
    return count_segment(Segment(path))


def _build(folder: Path, builder: SegmentBuilder, *, durable: bool) -> SegmentEntry:
    path = _new_path(folder)
    builder.write(path, durable=durable)
    return count_segment(Segment(path))


def _new_path(folder: Path) -> Path:
    return folder / f"{INDEX_NAME}_{secrets.token_hex(8)}.seg"

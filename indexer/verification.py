"""Whether an index is whole: every byte against its checksum, every array against the others."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import KINDS, FieldColumns, starts_of
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.snapshot import Snapshot


def verify(path: Path) -> None:
    """Read the whole index in the folder `path`, and check it.

    Raises:
        IndexMissingError: There is none.
        IndexDamagedError: Something is not as it was written, or does not add up.
        IndexFormatError: Another version wrote it.
    """
    with Snapshot.open(path) as snapshot:
        verify_snapshot(snapshot)


def verify_snapshot(snapshot: Snapshot) -> None:
    """Read all segments of the snapshot, and check them; raises as `verify`."""
    for segment in snapshot.segments:
        verify_segment(segment)


def verify_segment(segment: Segment) -> None:
    """Read the whole segment, and check it; raises as `verify`."""
    segment.verify()
    first = segment.article_first.astype(np.int64)
    articles = np.repeat(np.arange(segment.article_count), _lengths(segment, first))
    _expect(segment, np.array_equal(segment.passage_article, articles), "passage_article")
    _expect(segment, _ascends(segment.article_key), "article_key")
    _expect(segment, bool((segment.passage_kind < len(KINDS)).all()), "passage_kind")
    for name in segment.field_names:
        _verify_field(segment, name, segment.field(name).columns())


def _verify_field(segment: Segment, name: str, columns: FieldColumns) -> None:
    _lengths(segment, columns.terms_at)
    sizes = _lengths(segment, columns.postings_at)
    lists = segment.field(name)
    terms = [lists.term_bytes(number) for number in range(lists.term_count)]
    _expect(segment, all(a < b for a, b in itertools.pairwise(terms)), f"{name}.terms")
    _expect(segment, bool((columns.passages < segment.passage_count).all()), f"{name}.passages")
    keys = np.repeat(np.arange(len(sizes)), sizes) << 32 | columns.passages.astype(np.int64)
    _expect(segment, _ascends(keys), f"{name}.passages")
    if columns.positions_at is not None and columns.counts is not None:
        begins = starts_of(columns.counts.astype(np.int64))
        expected = begins[columns.postings_at.astype(np.int64)]
        _expect(segment, np.array_equal(expected, columns.positions_at), f"{name}.positions_at")


def _lengths(segment: Segment, starts: Array) -> Array:
    lengths: Array = np.diff(starts.astype(np.int64))
    _expect(segment, bool((lengths >= 0).all()) and int(starts[0]) == 0, "offsets")
    return lengths


def _ascends(values: Array) -> bool:
    return bool((values[1:] > values[:-1]).all())


def _expect(segment: Segment, holds: bool, what: str) -> None:
    if not holds:
        raise IndexDamagedError(segment.path, f"{what} does not add up")

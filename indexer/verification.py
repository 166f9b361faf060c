"""Whether an index is whole: every byte against its checksum, every array against the others."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.census import count_segment
from pinakes.indexer.segments.codes import classes_of, length_classes
from pinakes.indexer.segments.columns import FIELDS, KINDS, FieldColumns
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.slicing import cut_runs
from pinakes.indexer.segments.tag_spans import TagSpans
from pinakes.indexer.snapshot import Snapshot
from pinakes.indexer.toc import toc_path

_ITEMS_AT_ONCE = 1 << 21


def verify(path: Path | str) -> None:
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
    for number in range(len(snapshot.segments)):
        verify_part(snapshot, number)


def verify_part(snapshot: Snapshot, number: int) -> None:
    """Read a segment of the snapshot, check it, and what is said of it; raises as `verify`."""
    segment, entry = snapshot.segments[number], snapshot.toc.segments[number]
    verify_segment(segment)
    counted = count_segment(segment, deletions=entry.deletions)
    if counted != entry:
        wrong = ", ".join(
            name
            for name, found, told in zip(entry._fields, counted, entry, strict=True)
            if found != told
        )
        path = toc_path(segment.path.parent, snapshot.toc.number)
        raise IndexDamagedError(path, f"{wrong} of {entry.name} does not add up")


def verify_segment(segment: Segment) -> None:
    """Read the whole segment, and check it; raises as `verify`."""
    segment.verify()
    first = segment.article_first.astype(np.int64)
    spans = np.diff(first)
    _expect(segment, bool((spans >= 0).all()) and int(first[0]) == 0, "article_first")
    articles = np.repeat(np.arange(segment.article_count), spans)
    _expect(segment, np.array_equal(segment.passage_article, articles), "passage_article")
    _expect(segment, _ascends(segment.article_key), "article_key")
    _expect(segment, bool((segment.passage_kind < len(KINDS)).all()), "passage_kind")
    for name in FIELDS:
        _verify_terms(segment, name)
        segment.verify_places(name)
        for begin, end in cut_runs(segment.item_starts(name), _ITEMS_AT_ONCE):
            columns = segment.read_slice(name, begin, end)
            if name == "stem":
                _verify_stems(segment, columns, begin)
            if columns.spans is not None:
                _verify_spans(segment, columns, columns.spans)
    _verify_words(segment)


def _verify_terms(segment: Segment, name: str) -> None:
    lists = segment.field(name)
    terms = [lists.term_bytes(number) for number in range(lists.term_count)]
    _expect(segment, all(a < b for a, b in itertools.pairwise(terms)), f"{name}.terms")


def _verify_stems(segment: Segment, columns: FieldColumns, begin: int) -> None:
    """Hold what is said beside the lists of stems, from number `begin`, against these."""
    if columns.counts is None or columns.positions is None:
        return
    stems = segment.stems
    words = segment.passage_words[columns.units]
    classes = length_classes(words, stems.length_floor)
    starts = columns.postings_at.tolist()
    codes = [stems.codes(begin + number) for number in range(columns.term_count)]
    found = classes_of(np.concatenate([np.zeros(0, np.uint8), *codes]))
    _expect(segment, np.array_equal(found, classes), "stem.codes")
    articles = segment.passage_article[columns.units]
    for number in range(columns.term_count):
        of_list = articles[starts[number] : starts[number + 1]]
        count = 1 + int(np.count_nonzero(of_list[1:] != of_list[:-1]))
        _expect(segment, stems.article_count(begin + number) == count, "stem.article_counts")
    last = columns.positions[np.cumsum(columns.counts) - 1]
    _expect(segment, bool((last < words).all()), "stem.positions")
    _expect(segment, _positions_ascend(columns.positions, columns.counts), "stem.positions")


def _verify_spans(segment: Segment, columns: FieldColumns, spans: TagSpans) -> None:
    """Hold the words that tags cover against the words of their passages."""
    owners = np.repeat(np.arange(len(columns.units)), spans.counts)
    firsts, lengths = spans.firsts.astype(np.int64), spans.lengths.astype(np.int64)
    words = segment.passage_words[columns.units[owners]]
    _expect(segment, bool((firsts + lengths <= words).all()), "tag.lengths")
    is_empty = lengths == 0
    alone = (spans.counts[owners] == 1) & (firsts == 0)
    _expect(segment, bool(alone[is_empty].all()), "tag.lengths")
    follows = owners[1:] == owners[:-1]
    is_later = (firsts[1:] > firsts[:-1]) | (
        (firsts[1:] == firsts[:-1]) & (lengths[1:] > lengths[:-1])
    )
    _expect(segment, bool(is_later[follows].all()), "tag.firsts")


def _positions_ascend(positions: Array, counts: Array) -> bool:
    descends = positions[1:] <= positions[:-1]
    descends[np.cumsum(counts)[:-1] - 1] = False
    return not descends.any()


def _verify_words(segment: Segment) -> None:
    """Hold what ties words to stems against what ties stems to words."""
    stems, words = segment.stems, segment.words
    numbers = [stems.words(number) for number in range(stems.dictionary.term_count)]
    _expect(segment, all(map(_ascends, numbers)), "stem.words")
    of_stems = np.concatenate([np.zeros(0, np.int64), *numbers])
    pairs = [words.pairs(number) for number in range(words.dictionary.term_count)]
    _expect(segment, all(map(_ascends, pairs)), "word.pairs")
    expected = np.repeat(np.arange(len(pairs)), [len(each) for each in pairs])
    places = np.concatenate([np.zeros(0, np.int64), *pairs])
    all_places = np.arange(len(of_stems))
    _expect(segment, np.array_equal(np.sort(places), all_places), "word.pairs")
    _expect(segment, np.array_equal(of_stems[places], expected), "word.pairs")


def _ascends(values: Array) -> bool:
    return bool((values[1:] > values[:-1]).all())


def _expect(segment: Segment, holds: bool, what: str) -> None:
    if not holds:
        raise IndexDamagedError(segment.path, f"{what} does not add up")

"""Segments in, one segment out, without their deleted articles: slice by slice, and no sort.

The articles of a segment come before those of the next, so a merged list is the lists of its term
laid end to end, with new numbers. Lists are read, merged and written a slice of terms at a time.
Only new tags of articles that a segment holds are to be put in their places among the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import (
    ARTICLE_FIELDS,
    FIELDS,
    FieldColumns,
    SegmentColumns,
    starts_of,
    without_lists,
)
from pinakes.indexer.segments.encoding import EncodedLists
from pinakes.indexer.segments.merged_lists import (
    Renumbering,
    merge_lists,
    merge_terms,
    sort_lists,
)
from pinakes.indexer.segments.retagged import Retagged
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.segment_writer import SegmentWriter, add_article_arrays
from pinakes.indexer.segments.slicing import Terms, cut_together
from pinakes.indexer.segments.tag_spans import FIELD as TAG
from pinakes.indexer.segments.workers import Workers

OCCURRENCES_PER_SLICE = 1 << 18
"""About how many occurrences are merged at once; a term that has more is not cut.

Four times as many take 15 MB more at the most, and no less time.
"""

Runs = list[tuple[int, int]]
"""From which term on and up to before which, in the lists of each segment."""

Source = Segment | Retagged
"""What to merge: what is living in a segment, or those of its articles that have other tags now."""


class _Part(NamedTuple):
    """One of the segments, and what becomes of it."""

    segment: Segment
    article_key: Array
    articles: Renumbering
    passages: Renumbering
    retagged: Retagged | None

    @classmethod
    def of(cls, source: Source, *, articles: int, passages: int) -> _Part:
        """Return that of a source before which there are so many articles and passages."""
        retagged = source if isinstance(source, Retagged) else None
        segment = source.segment if isinstance(source, Retagged) else source
        return cls(
            segment,
            source.article_key,
            Renumbering.of(source.live, segment.article_count, first=articles),
            Renumbering.of(source.live_passages, segment.passage_count, first=passages),
            retagged,
        )


class _Lists(NamedTuple):
    """Lists of a field, and what becomes of their units.

    Attributes:
        dictionary: Their terms.
        starts: Where what each term holds begins, and the end.
        read: Returns the terms from a number to before another, with their lists.
        units: What becomes of the articles or passages in them.
        file: Of the segment, if they are as they are there.
    """

    dictionary: Terms
    starts: Array
    read: Callable[[int, int], FieldColumns]
    units: Renumbering
    file: Path | None


def merge_segments(
    segments: Sequence[Source],
    path: Path,
    *,
    workers: Workers,
    occurrences_per_slice: int = OCCURRENCES_PER_SLICE,
) -> int:
    """Write one segment with the living articles of several, in their order; return its size.

    Raises:
        ValueError: The keys of the living articles do not ascend from one segment to the next.
        IndexDamagedError: Something in a segment does not add up.
    """
    parts = list(_parts(segments))
    columns = _article_columns(parts)
    if (columns.article_key[1:] <= columns.article_key[:-1]).any():
        raise ValueError("article keys do not ascend")
    first, lengths = columns.article_first, columns.passage_words
    with SegmentWriter(path, article_first=first, passage_words=lengths) as writer:
        add_article_arrays(writer, columns)
        merger = _Merger(parts, occurrences_per_slice)
        for name in FIELDS:
            if name != "word":
                merge = merger.merging(name, writer)
                for encoded in workers.map(merge, merger.cut(name)):
                    writer.append(encoded)
        for words in merger.living_words():
            writer.add_lists("word", words)
        return writer.finish(merger.word_numbers())


def _parts(sources: Sequence[Source]) -> Iterator[_Part]:
    articles = passages = 0
    for source in sources:
        part = _Part.of(source, articles=articles, passages=passages)
        articles += part.articles.kept_count()
        passages += part.passages.kept_count()
        yield part


def _article_columns(parts: Sequence[_Part]) -> SegmentColumns:
    def of_articles(read: Callable[[Segment], Array]) -> Array:
        return np.concatenate([part.articles.keep(read(part.segment)) for part in parts])

    def of_passages(read: Callable[[Segment], Array]) -> Array:
        return np.concatenate([part.passages.keep(read(part.segment)) for part in parts])

    spans = of_articles(lambda segment: np.diff(segment.article_first.astype(np.int64)))
    return SegmentColumns(
        article_key=np.concatenate([part.articles.keep(part.article_key) for part in parts]),
        article_first=starts_of(spans),
        article_words=of_articles(lambda segment: segment.article_words),
        article_cluster=of_articles(lambda segment: segment.article_cluster),
        article_digest=of_articles(lambda segment: segment.article_digest),
        article_saved=of_articles(lambda segment: segment.article_saved),
        article_files=of_articles(lambda segment: segment.article_files),
        published=of_articles(lambda segment: segment.published),
        passage_kind=of_passages(lambda segment: segment.passage_kind),
        passage_words=of_passages(lambda segment: segment.passage_words),
        fields={},
    )


class _Merger:
    """Merges the lists of several segments a slice at a time, or several slices at once."""

    def __init__(self, parts: Sequence[_Part], occurrences: int) -> None:
        self._parts = parts
        self._occurrences = occurrences
        self._long_list = Lock()
        # Words are numbered before it is known which of them no living article has.
        self._word_maps = [np.zeros(part.segment.term_count("word"), np.uint32) for part in parts]
        count = 0
        lists = self._lists("word")
        for runs in self.cut("word"):
            merged = merge_terms(_read(lists, runs))
            for numbers, (first, last), own in zip(
                self._word_maps, runs, merged.places, strict=True
            ):
                numbers[first:last] = own + count
            count += merged.term_count
        self._is_living_word = np.zeros(count, np.bool_)

    def _lists(self, name: str) -> list[_Lists]:
        """Return the lists of a field: of each part, and then those of new tags."""
        lists = []
        new = []
        for part in self._parts:
            segment = part.segment
            units = part.articles if name in ARTICLE_FIELDS else part.passages
            read: Callable[[int, int], FieldColumns] = partial(segment.read_slice, name)
            file: Path | None = segment.path
            if name == TAG and part.retagged is not None:
                tags = part.retagged.tags
                numbers = Renumbering(None, units.numbers[part.retagged.changed])
                new.append(_Lists(tags, tags.item_starts, tags.read_slice, numbers, None))
                read, file = part.retagged.read_kept, None
            lists.append(
                _Lists(segment.field(name).dictionary, segment.item_starts(name), read, units, file)
            )
        return lists + new

    def cut(self, name: str) -> Iterator[Runs]:
        """Return runs of terms of each of the lists that span the same terms, in order."""
        lists = self._lists(name)
        dictionaries = [each.dictionary for each in lists]
        return cut_together(dictionaries, [each.starts for each in lists], self._occurrences)

    def merging(self, name: str, writer: SegmentWriter) -> Callable[[Runs], EncodedLists]:
        """Return a function that merges and encodes the lists of some terms of a field."""
        lists = self._lists(name)
        renumberings = [each.units for each in lists]

        def merge(runs: Runs) -> EncodedLists:
            with self._room_for(lists, runs):
                slices = _read(lists, runs)
                if name == "stem":
                    slices = list(map(_renumber_words, slices, self._word_maps))
                merged = merge_lists(slices, renumberings)
                del slices
                if len(lists) > len(self._parts):
                    merged = sort_lists(merged)
                if merged.words is not None:
                    self._is_living_word[merged.words] = True
                encoded = writer.encode(name, merged)
            for part in self._parts:
                part.segment.release()
            return encoded

        return merge

    def _room_for(self, lists: Sequence[_Lists], runs: Runs) -> AbstractContextManager[object]:
        """Return what to hold while so much is merged: long lists come one at a time."""
        items = sum(
            int(each.starts[last] - each.starts[first])
            for each, (first, last) in zip(lists, runs, strict=True)
        )
        return self._long_list if items > 2 * self._occurrences else nullcontext()

    def living_words(self) -> Iterator[FieldColumns]:
        """Return the words of living articles; all stems must be merged by then."""
        done = 0
        lists = self._lists("word")
        for runs in self.cut("word"):
            merged = merge_terms(_read(lists, runs))
            yield without_lists(*merged.only(self._is_living_word[done : done + merged.term_count]))
            done += merged.term_count

    def word_numbers(self) -> Array:
        """Return the number of each word among those of living articles."""
        numbers: Array = np.cumsum(self._is_living_word) - 1
        return numbers


def _read(lists: Sequence[_Lists], runs: Runs) -> list[FieldColumns]:
    """Return the terms of each run; what is wanted of a file twice is read once."""
    known: dict[tuple[Path, tuple[int, int]], FieldColumns] = {}
    slices = []
    for each, run in zip(lists, runs, strict=True):
        found = known.get((each.file, run)) if each.file else None
        if found is None:
            found = each.read(*run)
            if each.file:
                known[each.file, run] = found
        slices.append(found)
    return slices


def _renumber_words(columns: FieldColumns, numbers: Array) -> FieldColumns:
    return columns if columns.words is None else columns._replace(words=numbers[columns.words])

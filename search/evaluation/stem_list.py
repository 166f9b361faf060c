"""The lists of stems and words of one segment, unpacked, those in demand kept."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.indexer import Segment
from pinakes.search.evaluation.held import Array, Flags, Ordinals
from pinakes.search.evaluation.kept import Kept
from pinakes.search.evaluation.posting_codes import PostingCodes

POSITION_BITS = 32
_DEFAULT_BYTES = 16 << 20
_OBJECT_BYTES = 600


class StemList:
    """The passages of a segment that hold a stem, deleted ones included; never changes.

    Attributes:
        passages: uint32[n], ascending.
        postings: The passages with their codes.
        many_rows: Rows whose code is open upwards.
        many_counts: How often the passages of these hold the stem.
    """

    def __init__(self, segment: Segment, number: int) -> None:
        """Unpack the list of the stem with this number."""
        self._lists = segment.stems
        self._number = number
        self.passages = self._lists.passages(number).astype(np.uint32)
        codes = self._lists.codes(number)
        self.postings = PostingCodes(self.passages, codes, segment.passage_count)
        self.many_rows, self.many_counts = self._lists.many(number)

    @cached_property
    def _starts(self) -> Array:
        """uint32[n + 1]: where the occurrences of each posting begin in those of the list."""
        starts = np.zeros(len(self.passages) + 1, np.uint32)
        np.cumsum(self._lists.counts(self._number), out=starts[1:])
        return starts

    @property
    def size_bytes(self) -> int:
        """How much memory it takes, once everything is made."""
        return self.postings.size_bytes + 4 * len(self.passages) + _OBJECT_BYTES

    def are_held(self, passages: Ordinals) -> Flags:
        """Return for each of `passages`, ascending, whether it holds the stem."""
        flags: Flags = self.postings.codes_in(passages).astype(np.bool_)
        return flags

    def places_in(self, passages: Ordinals, words: Array | None) -> Ordinals:
        """Return the places of the stem in `passages`, all of which hold it; ascending.

        Args:
            passages: Ascending.
            words: Numbers of words: only these; None for all.
        """
        rows = self.passages.searchsorted(passages.astype(np.uint32))
        begins = self._starts.take(rows).astype(np.int64)
        counts = self._starts.take(rows + 1) - begins
        ends = counts.cumsum()
        occurrences = np.arange(int(ends[-1]) if len(ends) else 0)
        occurrences += np.repeat(begins - (ends - counts), counts)
        places = np.repeat(passages << POSITION_BITS, counts)
        places += self._lists.positions_at(self._number, occurrences)
        if words is None:
            return places
        return places[self._lists.are_of(self._number, occurrences, words)]


class WordPlaces:
    """Where a word stands in a segment.

    Attributes:
        places: int64, ascending; `passage << POSITION_BITS | position`.
    """

    def __init__(self, segment: Segment, number: int) -> None:
        """Unpack the occurrences of the word with this number."""
        found = segment.words.positions(number)
        self.places = np.repeat(found.passages.astype(np.int64) << POSITION_BITS, found.counts)
        self.places += found.words

    @property
    def size_bytes(self) -> int:
        """How much memory it takes."""
        return self.places.nbytes + _OBJECT_BYTES


class SegmentLists:
    """Unpacks the lists of one segment; safe for many threads."""

    def __init__(self, max_bytes: int) -> None:
        """Keep lists of up to `max_bytes`, and places of words of up to half of it."""
        # The segment itself is not held: its life ends when nothing else uses it.
        self._stems = Kept[int, StemList](max_bytes)
        self._words = Kept[int, WordPlaces](max_bytes // 2)
        self._asked: set[int] = set()
        self._stems_of_words: dict[int, tuple[int, ...]] = {}

    def stem(self, segment: Segment, number: int) -> StemList:
        """Return the list of a stem."""
        return self._stems.get(number, lambda: StemList(segment, number))

    def stems_of(self, segment: Segment, words: Sequence[int]) -> list[StemList]:
        """Return the lists of the stems of some words, each once."""
        numbers: dict[int, None] = {}
        for word in words:
            if word not in self._stems_of_words:
                self._stems_of_words[word] = tuple(segment.words.stems(word))
            numbers.update(dict.fromkeys(self._stems_of_words[word]))
        return [self.stem(segment, number) for number in numbers]

    def has_places(self, word: int) -> bool:
        """Return whether all places of a word are at hand."""
        return word in self._words

    def places(self, segment: Segment, word: int, passages: Ordinals) -> Ordinals:
        """Return where a word stands: in `passages`, or everywhere if that is at hand.

        When a word is asked for the second time, all its places are unpacked, and kept.
        """
        if word in self._words or word in self._asked:
            return self._words.get(word, lambda: WordPlaces(segment, word)).places
        self._asked.add(word)
        wanted = np.array([word])
        every: list[Ordinals] = []
        for stem in segment.words.stems(word):
            found = self.stem(segment, stem)
            every.append(found.places_in(passages[found.are_held(passages)], wanted))
        return every[0] if len(every) == 1 else np.sort(np.concatenate(every))


_of_segments: WeakKeyDictionary[Segment, SegmentLists] = WeakKeyDictionary()
_guard = threading.Lock()


def lists_of_segment(segment: Segment) -> SegmentLists:
    """Return the lists of a segment, the same as long as the segment is in use."""
    with _guard:
        lists = _of_segments.get(segment)
        if lists is None:
            lists = _of_segments[segment] = SegmentLists(_DEFAULT_BYTES)
        return lists


def share_memory(segments: Sequence[Segment], max_bytes: int) -> None:
    """Let the lists that are kept of `segments` take up to `max_bytes` together."""
    passages = sum(segment.passage_count for segment in segments)
    with _guard:
        for segment in segments:
            share = max_bytes * segment.passage_count // max(1, passages)
            if segment not in _of_segments:
                _of_segments[segment] = SegmentLists(share)

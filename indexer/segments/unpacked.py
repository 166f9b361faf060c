"""The lists of stems and words of one segment, unpacked, those in demand kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from pinakes.corpus import check_time
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.segments.kept import Kept
from pinakes.indexer.segments.posting_codes import PostingCodes
from pinakes.indexer.segments.stems import StemLists
from pinakes.indexer.segments.words import WordLists

POSITION_BITS = 32
"""A place is `passage << POSITION_BITS | position`."""
_DEFAULT_BYTES = 16 << 20
_OBJECT_BYTES = 600
_MOST_WORDS = 4096
"""Of so many words the stems are remembered."""


class StemList:
    """The passages of a segment that hold a stem, deleted ones included; never changes.

    Attributes:
        passages: uint32[n], ascending.
        postings: The passages with their codes.
        many: Rows whose code is open upwards, and how often their passages hold the stem.
    """

    def __init__(self, lists: StemLists, number: int, passage_count: int) -> None:
        """Unpack the list of the stem with this number."""
        self._lists = lists
        self._number = number
        self.passages = self._lists.passages(number).astype(np.uint32)
        codes = self._lists.codes(number)
        self.postings = PostingCodes(self.passages, codes, passage_count)
        self.many = self._lists.many(number)

    @cached_property
    def _starts(self) -> Array:
        """uint32[n + 1]: where the occurrences of each posting begin in those of the list."""
        starts = starts_of(self._lists.counts(self._number))
        self._lists.expect_occurrences(self._number, int(starts[-1]))
        return starts.astype(np.uint32)

    @property
    def size_bytes(self) -> int:
        """How much memory it takes, once everything is made."""
        return self.postings.size_bytes + 4 * len(self.passages) + _OBJECT_BYTES

    def are_held(self, passages: Array) -> Array:
        """Return for each of `passages`, ascending, whether it holds the stem."""
        flags: Array = self.postings.codes_in(passages).astype(np.bool_)
        return flags

    def places_in(self, passages: Array, words: Array | None) -> Array:
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


class UnpackedLists:
    """Unpacks the lists of one segment; safe for many threads.

    Attributes:
        stems: The lists as the file has them.
        words: Likewise.
    """

    def __init__(self, file: ArrayFile) -> None:
        """Unpack lists of the segment in `file`, none of them yet."""
        self.stems = StemLists(file)
        self.words = WordLists(file, self.stems)
        self._passage_count = file.passages
        self._stems = Kept[int, StemList](_DEFAULT_BYTES)
        self._stems_of_words: dict[int, tuple[int, ...]] = {}

    def limit_memory(self, max_bytes: int) -> None:
        """Keep lists of up to `max_bytes` from now on."""
        self._stems.max_bytes = max_bytes

    def stem(self, number: int) -> StemList:
        """Return the list of a stem."""
        check_time()
        return self._stems.get(number, lambda: StemList(self.stems, number, self._passage_count))

    def stems_of(self, words: Sequence[int]) -> list[StemList]:
        """Return the lists of the stems of some words, each once."""
        numbers: dict[int, None] = {}
        for word in words:
            stems = self._stems_of_words.get(word)
            if stems is None:
                if len(self._stems_of_words) >= _MOST_WORDS:
                    self._stems_of_words.clear()
                stems = self._stems_of_words[word] = tuple(self.words.stems(word))
            numbers.update(dict.fromkeys(stems))
        return [self.stem(number) for number in numbers]

    def places(self, word: int, passages: Array) -> Array:
        """Return where a word stands in `passages`, which ascend; ascending int64s."""
        check_time()
        wanted = np.array([word])
        every = [
            found.places_in(passages[found.are_held(passages)], wanted)
            for found in self.stems_of([word])
        ]
        return every[0] if len(every) == 1 else np.sort(np.concatenate(every))

"""The lists of words: those of their stems, without the occurrences of other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.dictionary import Dictionary
from pinakes.indexer.segments.postings import Positions, Postings
from pinakes.indexer.segments.stems import StemLists

FIELD = "word"


class WordLists:
    """The lists of the field `word`, known by the number of the word; safe for many threads.

    Attributes:
        dictionary: The words.
    """

    def __init__(self, file: ArrayFile, stems: StemLists) -> None:
        """Map the dictionary, and what ties it to `stems`; reads their ends only.

        Raises:
            IndexDamagedError: They are not there, or do not fit one another.
        """
        self._path = file.path
        self._stems = stems
        self.dictionary = Dictionary(file, FIELD)
        self._pairs = file.array("word.pairs", count=stems.word_count)
        self._check_pairs, self._check_pairs_at = map(file.guard, ("word.pairs", "word.pairs_at"))
        self._pairs_at = file.starts(
            "word.pairs_at", count=self.dictionary.term_count + 1, total=len(self._pairs)
        )

    def pairs(self, number: int) -> Array:
        """Return the places of a word among the words of all stems, ascending."""
        self._check_pairs_at(number, number + 2)
        start, end = int(self._pairs_at[number]), int(self._pairs_at[number + 1])
        if not start < end <= len(self._pairs):
            raise IndexDamagedError(self._path, "pairs of words")
        self._check_pairs(start, end)
        return self._pairs[start:end]

    def stems(self, number: int) -> list[int]:
        """Return the numbers of the stems of a word, ascending."""
        return [self._stems.stem_of_pair(pair) for pair in self.pairs(number).tolist()]

    def stem_numbers(self, numbers: Array) -> Array:
        """Return the numbers of the stems of some words, which ascend: ascending, as int64.

        Raises:
            IndexDamagedError: What ties words to stems does not add up.
        """
        self._check_pairs_at(0, len(self._pairs_at))
        self._check_pairs(0, len(self._pairs))
        starts = self._pairs_at.take(numbers).astype(np.int64)
        ends = self._pairs_at.take(numbers + 1).astype(np.int64)
        # What is made for each pair must not be more than there is in the file.
        limits = np.append(starts[1:], len(self._pairs))[: len(ends)]
        if ((starts >= ends) | (ends > limits)).any():
            raise IndexDamagedError(self._path, "pairs of words")
        sizes = ends - starts
        begins = np.cumsum(sizes) - sizes
        places = np.arange(int(sizes.sum())) + np.repeat(starts - begins, sizes)
        return self._stems.stems_of_pairs(np.unique(self._pairs.take(places)))

    def stem_posting_counts(self) -> Array:
        """Return, by word, in how many passages its stems occur, deleted ones included, as int64.

        As often as any search for the word would find it, and no less often than the word itself.
        """
        return self._stems.posting_counts_by_word(self.dictionary.term_count)

    def posting_count(self, number: int) -> int:
        """Return in how many passages a word occurs, deleted ones included."""
        return len(self.postings(number).passages)

    def gather(self, numbers: Sequence[int]) -> tuple[Array, Array]:
        """Return the passages in which any of some words occur, and how often, as int64.

        In no order: a passage stands there as often as it holds stems of theirs.

        Args:
            numbers: Of the words, each once.
        """
        sizes = Counter(
            self._stems.stem_of_pair(pair)
            for number in numbers
            for pair in self.pairs(number).tolist()
        )
        wanted = np.sort(np.array(numbers, np.int64))
        whole: list[int] = []
        parts: list[tuple[Array, Array]] = []
        for stem, size in sizes.items():
            # A rare word is mostly all that its stem has.
            if size == len(self._stems.words(stem)):
                whole.append(stem)
            else:
                parts.append(self._stems.postings_of(stem, wanted))
        parts.append(self._stems.gather(whole))
        passages, counts = zip(*parts, strict=True)
        return np.concatenate(passages), np.concatenate(counts)

    def postings(self, number: int) -> Postings:
        """Return the list of a word."""
        found = self.positions(number)
        return Postings(found.passages, found.counts)

    def positions(self, number: int) -> Positions:
        """Return the list of a word with its positions."""
        lists = [self._stems.positions(stem, np.array([number])) for stem in self.stems(number)]
        return lists[0] if len(lists) == 1 else _merge(lists)


def _merge(lists: list[Positions]) -> Positions:
    """Return lists as one; each passage is in one of them, for its article is in one language."""
    passages = np.concatenate([each.passages for each in lists])
    order = np.argsort(passages, kind="stable")
    counts = np.concatenate([each.counts for each in lists])
    words = np.concatenate([each.words for each in lists])
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    merged = Positions(passages, counts, starts, words)
    return pick(merged, order)


def pick(positions: Positions, rows: Array) -> Positions:
    """Return the passages at some rows, in that order."""
    counts = positions.counts[rows]
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    places = np.arange(int(starts[-1])) + np.repeat(positions.starts[rows] - starts[:-1], counts)
    return Positions(positions.passages[rows], counts, starts, positions.words[places])

"""Where very many words stand in a segment, as a pattern may ask for.

A word has no list of its own, its occurrences are picked out of those of its stems. To do that list
by list takes its time for each, however short it is; here long runs of stems are read at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pinakes.corpus import check_time
from pinakes.indexer import POSITION_BITS, IndexDamagedError, Segment
from pinakes.search.evaluation.texts.held import Array, Flags, Ordinals, run_starts

_OCCURRENCES_AT_ONCE = 1 << 18
_MANY = 64
# As measured: a list takes as long as so many occurrences do that are read in a run, and each of
# its own as long as one more.
_OCCURRENCES_A_LIST = 3_000


class ManyWords:
    """Some words of a segment."""

    def __init__(self, segment: Segment, words: Ordinals) -> None:
        """Take words by their numbers in the field `word`, ascending."""
        self._segment = segment
        self._words = words
        self._stems: Ordinals = segment.words.stem_numbers(words)
        self._runs = list(_runs(segment.item_starts("stem"), self._stems))

    @classmethod
    def of(cls, segment: Segment, words: Sequence[int]) -> ManyWords | None:
        """Return the words of these numbers if they are so many that this way takes less."""
        if len(words) < _MANY:
            return None
        many = cls(segment, np.sort(np.asarray(words, np.int64)))
        starts = segment.item_starts("stem").astype(np.int64)
        read = sum(int(starts[last] - starts[first]) for first, last in many._runs)
        own = int((starts[many._stems + 1] - starts[many._stems]).sum())
        return many if read <= _OCCURRENCES_A_LIST * len(words) + own else None

    def count_passages(self) -> Ordinals:
        """Return in how many living passages each of the words occurs."""
        counts = np.zeros(self._segment.term_count("word"), np.int64)
        living = self._segment.live_passages
        for units, sizes, _, words in self._read():
            postings = np.repeat(np.arange(len(units)), sizes)
            found = _once_each(postings, words, None if living is None else living[units])
            counts += np.bincount(found, minlength=len(counts))
        return counts[self._words]

    def passages(self) -> Ordinals:
        """Return the passages that hold a stem of the words, ascending, deleted ones included."""
        held = np.zeros(self._segment.passage_count, np.bool_)
        are_wanted = _flags(self._stems, self._segment.term_count("stem"))
        for first, last in self._runs:
            check_time()
            stems = self._segment.read_units("stem", first, last)
            sizes = stems.postings_at[1:] - stems.postings_at[:-1]
            held[stems.units[np.repeat(are_wanted[first:last], sizes)]] = True
        return held.nonzero()[0]

    def places_in(self, passages: Ordinals) -> Ordinals:
        """Return where the words stand in `passages`; ascending."""
        are_wanted = _flags(self._words, self._segment.term_count("word"))
        are_among = _flags(passages, self._segment.passage_count)
        found = [np.empty(0, np.int64)]
        for units, sizes, positions, words in self._read():
            rows = (are_wanted[words] & np.repeat(are_among[units], sizes)).nonzero()[0]
            of_rows = np.repeat(units, sizes).take(rows) << POSITION_BITS
            found.append(of_rows | positions.take(rows))
        places = np.concatenate(found)
        places.sort()
        return places

    def _read(self) -> Iterator[tuple[Array, Array, Array, Array]]:
        """Yield, run by run, passages and counts of postings, positions and words of occurrences.

        All of the stems, other words than the wanted ones too.
        """
        for first, last in self._runs:
            check_time()
            stems = self._segment.read_slice("stem", first, last)
            if stems.counts is None or stems.positions is None or stems.words is None:
                raise TypeError("stems without occurrences")
            if int(stems.words.max(initial=0)) >= self._segment.term_count("word"):
                raise IndexDamagedError(self._segment.path, "stems have words that are not there")
            yield stems.units, stems.counts, stems.positions.astype(np.int64), stems.words


def _once_each(postings: Ordinals, words: Array, are_kept: Flags | None) -> Array:
    """Return the words of postings; one that a posting has twice only once.

    A passage holds a word by one of its stems: an article is in one language.

    Args:
        postings: Of each occurrence; ascending.
        words: Likewise.
        are_kept: Of which postings they are wanted; None for all.
    """
    if are_kept is not None:
        rows = are_kept[postings].nonzero()[0]
        postings, words = postings.take(rows), words.take(rows)
    is_same = postings[1:] == postings[:-1]
    is_of_many = np.zeros(len(postings), np.bool_)
    is_of_many[1:] = is_same
    is_of_many[:-1] |= is_same
    of_many = is_of_many.nonzero()[0]
    pairs = postings.take(of_many) << 32 | words.take(of_many)
    pairs.sort()
    return np.concatenate([words[~is_of_many], pairs.take(run_starts(pairs)) & 0xFFFFFFFF])


def _flags(numbers: Ordinals, count: int) -> Flags:
    flags = np.zeros(count, np.bool_)
    flags[numbers] = True
    return flags


def _runs(starts: Array, stems: Ordinals) -> Iterator[tuple[int, int]]:
    """Yield runs of stems, not too long ones, that cover all of `stems`, which ascend."""
    begin = 0
    while begin < len(stems):
        first = int(stems[begin])
        most = int(starts[first]) + _OCCURRENCES_AT_ONCE
        last = max(first + 1, int(starts.searchsorted(most, side="right")) - 1)
        end = int(stems.searchsorted(last))
        yield first, int(stems[end - 1]) + 1
        begin = end

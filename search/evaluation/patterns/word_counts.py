"""How many passages of a segment hold each of very many words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pinakes.corpus import check_time
from pinakes.indexer import Segment
from pinakes.search.evaluation.texts.held import Array, Ordinals, run_starts

_OCCURRENCES_AT_ONCE = 1 << 18


def count_passages(segment: Segment, words: Ordinals) -> Ordinals:
    """Return in how many living passages each of some words occurs.

    For less than it takes to read list by list: a word has none of its own, its occurrences are
    picked out of those of its stems.

    Args:
        segment: The segment.
        words: Numbers in the field `word`, ascending.
    """
    counts = np.zeros(segment.term_count("word"), np.int64)
    for first, last in _runs(segment.item_starts("stem"), segment.words.stems_of(words)):
        check_time()
        counts += np.bincount(_words_held(segment, first, last), minlength=len(counts))
    return counts[words]


def _words_held(segment: Segment, first: int, last: int) -> Array:
    """Return the words of stems from number `first` on, each as often as living passages hold it.

    A passage holds a word by one of its stems: an article is in one language.
    """
    stems, living = segment.read_slice("stem", first, last), segment.live_passages
    words = stems.words
    if stems.counts is None or words is None:
        raise TypeError("stems without occurrences")
    postings = np.repeat(np.arange(len(stems.units)), stems.counts)
    if living is not None:
        rows = living[stems.units][postings].nonzero()[0]
        postings, words = postings.take(rows), words.take(rows)
    is_same = postings[1:] == postings[:-1]
    is_of_many = np.zeros(len(postings), np.bool_)
    is_of_many[1:] = is_same
    is_of_many[:-1] |= is_same
    of_many = is_of_many.nonzero()[0]
    pairs = postings.take(of_many) << 32 | words.take(of_many)
    pairs.sort()
    return np.concatenate([words[~is_of_many], pairs.take(run_starts(pairs)) & 0xFFFFFFFF])


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

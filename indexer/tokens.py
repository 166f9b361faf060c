"""The words of many texts at once, by number: what `analysis.raw_words` finds, in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.vocabulary import MAX_KEYED_BYTES, KeyedWords, Vocabulary, keyed_words
from pinakes.indexer.word_spans import word_spans

_NOTHING = np.zeros(0, np.uint32)
BLOCK_BYTES = 1 << 18
"""How much text is worked on at once: what is made of it stays in the processor's cache."""


class Runs(NamedTuple):
    """Runs of characters, or of words, in passages.

    Attributes:
        passages: The passage that each is in, ascending.
        starts: Where each begins, counted from the start of its passage.
        ends: Where it ends.
    """

    passages: Array
    starts: Array
    ends: Array

    def between(self, first: int, last: int) -> Runs:
        """Return those of the passages from `first` to before `last`, which count from there."""
        begin, end = np.searchsorted(self.passages, (first, last)).tolist()
        return Runs(self.passages[begin:end] - first, self.starts[begin:end], self.ends[begin:end])


NO_RUNS = Runs(*[np.zeros(0, np.int64)] * 3)


class Passages(NamedTuple):
    """Passages of texts.

    Attributes:
        texts: In UTF-8.
        counts: How many passages are of each text.
        starts: Where each begins in its text, in code points.
        ends: Where it ends; none overlaps with the next.
        runs: Runs of code points in them.
    """

    texts: Sequence[bytes]
    counts: Array
    starts: Array
    ends: Array
    runs: Runs = NO_RUNS


class Tokens(NamedTuple):
    """The words of passages.

    Attributes:
        ids: uint32; the number of each word, passage by passage.
        lengths: uint32; how many words each passage has.
        runs: Which words the runs cover, whole or in part.
    """

    ids: Array
    lengths: Array
    runs: Runs = NO_RUNS


class TokenCollector:
    """Numbers the words of passages that come part by part, in any thread."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()

    def collect(self, passages: Passages) -> Tokens:
        """Return the words of passages."""
        ids, lengths, runs = [_NOTHING], [_NOTHING], [NO_RUNS]
        for block in _blocks(passages):
            words, block_lengths, block_runs = _read(block)
            ids.append(self._vocabulary.number(words))
            lengths.append(block_lengths)
            runs.append(block_runs)
        return Tokens(
            np.concatenate(ids),
            np.concatenate(lengths),
            Runs(
                passages.runs.passages,
                np.concatenate([each.starts for each in runs]),
                np.concatenate([each.ends for each in runs]),
            ),
        )

    def vocabulary(self) -> list[str]:
        """Return the words met so far by number; those of a part are among them once it is done."""
        return self._vocabulary.words()


def _blocks(passages: Passages) -> Iterator[Passages]:
    texts = passages.texts
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    cuts = np.searchsorted(ends, np.arange(BLOCK_BYTES, ends[-1:].sum() + 1, BLOCK_BYTES)) + 1
    passages_at = starts_of(passages.counts)
    for first, last in pairwise(sorted({0, *cuts.tolist(), len(texts)})):
        run = slice(passages_at[first], passages_at[last])
        yield Passages(
            texts[first:last],
            passages.counts[first:last],
            passages.starts[run],
            passages.ends[run],
            passages.runs.between(run.start, run.stop) if len(passages.runs.passages) else NO_RUNS,
        )


def _read(block: Passages) -> tuple[KeyedWords, Array, Runs]:
    """Return the words of the passages of a block, how many each has, and those of its runs."""
    utf8 = b"\n".join((b"", *block.texts, bytes(MAX_KEYED_BYTES)))
    begins, ends, runs = _places_in(utf8, block)
    starts, word_ends = word_spans(utf8)
    first, last = np.searchsorted(starts, begins), np.searchsorted(starts, ends)
    if _are_cut(word_ends, first, begins) or _are_cut(word_ends, last, ends):
        # Passages that divide a word are rare: read each of them by itself.
        parts = [utf8[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        utf8 = b"\n".join((b"", *parts, bytes(MAX_KEYED_BYTES)))
        starts, word_ends = word_spans(utf8)
        sizes = ends - begins + 1
        begins = 1 + np.cumsum(sizes) - sizes
        last = np.searchsorted(starts, begins + sizes)
        first = np.append(0, last[:-1])[: len(last)]
    lengths = last - first
    words_of_runs = NO_RUNS
    if len(runs.passages):
        words_of_runs = _words_of(runs, begins, (first, last), (starts, word_ends))
    if int(lengths.sum()) != len(starts):
        kept = np.repeat(first - starts_of(lengths)[:-1], lengths)
        kept += np.arange(len(kept))
        starts, word_ends = starts[kept], word_ends[kept]
    return keyed_words(utf8, starts, word_ends), lengths.astype(np.uint32), words_of_runs


def _words_of(
    runs: Runs, begins: Array, bounds: tuple[Array, Array], words: tuple[Array, Array]
) -> Runs:
    """Return the words that runs of bytes touch, counted in their passages.

    Args:
        runs: Of bytes.
        begins: At which byte each passage begins.
        bounds: The number of the first word of each passage, and one past its last.
        words: At which bytes words begin, and end.
    """
    at, first, last = (each[runs.passages] for each in (begins, *bounds))
    firsts = np.searchsorted(words[1], runs.starts + at, side="right")
    lasts = np.searchsorted(words[0], runs.ends + at)
    # What reaches out of its passage covers no word there.
    return Runs(runs.passages, firsts.clip(first, last) - first, lasts.clip(first, last) - first)


def _places_in(utf8: bytes, block: Passages) -> tuple[Array, Array, Runs]:
    """Return at which bytes passages begin and end, of texts that are joined by one byte.

    Also the runs of bytes that runs of characters are.
    """
    text_at = 1 + starts_of(np.fromiter(map(len, block.texts), np.int64) + 1)[:-1]
    runs = block.runs
    if utf8.isascii():
        bases = np.repeat(text_at, block.counts)
        return block.starts + bases, block.ends + bases, runs
    octets = np.frombuffer(utf8, np.uint8)
    # Bytes of a character after its first: each lets what stands behind it be one byte further on.
    later = np.flatnonzero((octets & 0xC0) == 0x80)
    bases = np.repeat(text_at - np.searchsorted(later, text_at), block.counts)
    later -= np.arange(len(later))
    starts, ends = block.starts + bases, block.ends + bases
    if len(runs.passages):
        at = starts[runs.passages]
        run_starts, run_ends = at + runs.starts, at + runs.ends
        run_starts += np.searchsorted(later, run_starts, side="right")
        run_ends += np.searchsorted(later, run_ends, side="right")
    starts += np.searchsorted(later, starts, side="right")
    ends += np.searchsorted(later, ends, side="right")
    if len(runs.passages):
        at = starts[runs.passages]
        runs = Runs(runs.passages, run_starts - at, run_ends - at)
    return starts, ends, runs


def _are_cut(word_ends: Array, first: Array, places: Array) -> bool:
    """Return whether a word stands across a place, given the first word from each place on."""
    before = first > 0
    return bool((word_ends[first[before] - 1] > places[before]).any())

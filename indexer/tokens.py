"""The words of many texts at once, by number: what `analysis.raw_words` finds, in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.vocabulary import MAX_KEYED_BYTES, KeyedWords, Vocabulary, keyed_words
from pinakes.indexer.word_spans import word_spans

_NOTHING = np.zeros(0, np.uint32)
BLOCK_BYTES = 1 << 18
"""How much text is worked on at once: what is made of it stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of texts.

    Attributes:
        texts: In UTF-8.
        counts: How many passages are of each text.
        starts: Where each begins in its text, in code points.
        ends: Where it ends; none overlaps with the next.
    """

    texts: Sequence[bytes]
    counts: Array
    starts: Array
    ends: Array


class TokenCollector:
    """Numbers the words of passages that come part by part, in any thread."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()

    def collect(self, passages: Passages) -> tuple[Array, Array]:
        """Return the number of each word, passage by passage, and how many each has: uint32."""
        ids, lengths = [_NOTHING], [_NOTHING]
        for block in _blocks(passages):
            words, block_lengths = _read(block)
            ids.append(self._vocabulary.number(words))
            lengths.append(block_lengths)
        return np.concatenate(ids), np.concatenate(lengths)

    def vocabulary(self) -> list[str]:
        """Return the words met so far by number; those of a part are among them once it is done."""
        return self._vocabulary.words()


def _blocks(passages: Passages) -> Iterator[Passages]:
    texts = passages.texts
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    cuts = np.searchsorted(ends, np.arange(BLOCK_BYTES, ends[-1:].sum() + 1, BLOCK_BYTES)) + 1
    cuts = np.unique(np.concatenate(([0], cuts, [len(texts)])))
    passages_at = starts_of(passages.counts)
    for first, last in pairwise(cuts.tolist()):
        run = slice(passages_at[first], passages_at[last])
        yield Passages(
            texts[first:last],
            passages.counts[first:last],
            passages.starts[run],
            passages.ends[run],
        )


def _read(block: Passages) -> tuple[KeyedWords, Array]:
    """Return the words of the passages of a block, and how many each has."""
    utf8 = b"\n".join((b"", *block.texts, bytes(MAX_KEYED_BYTES)))
    begins, ends = _places_in(utf8, block)
    starts, word_ends = word_spans(utf8)
    first, last = np.searchsorted(starts, begins), np.searchsorted(starts, ends)
    if _are_cut(word_ends, first, begins) or _are_cut(word_ends, last, ends):
        # Passages that divide a word are rare: read each of them by itself.
        parts = [utf8[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        utf8 = b"\n".join((b"", *parts, bytes(MAX_KEYED_BYTES)))
        starts, word_ends = word_spans(utf8)
        last = np.searchsorted(starts, 1 + np.cumsum(ends - begins + 1))
        first = np.append(0, last[:-1])[: len(last)]
    lengths = last - first
    if int(lengths.sum()) != len(starts):
        kept = np.repeat(first - starts_of(lengths)[:-1], lengths)
        kept += np.arange(len(kept))
        starts, word_ends = starts[kept], word_ends[kept]
    return keyed_words(utf8, starts, word_ends), lengths.astype(np.uint32)


def _places_in(utf8: bytes, block: Passages) -> tuple[Array, Array]:
    """Return at which bytes passages begin and end, of texts that are joined by one byte."""
    text_at = 1 + starts_of(np.fromiter(map(len, block.texts), np.int64) + 1)[:-1]
    if utf8.isascii():
        bases = np.repeat(text_at, block.counts)
        return block.starts + bases, block.ends + bases
    octets = np.frombuffer(utf8, np.uint8)
    # Bytes of a character after its first: each lets what stands behind it be one byte further on.
    later = np.flatnonzero((octets & 0xC0) == 0x80)
    bases = np.repeat(text_at - np.searchsorted(later, text_at), block.counts)
    later -= np.arange(len(later))
    starts, ends = block.starts + bases, block.ends + bases
    starts += np.searchsorted(later, starts, side="right")
    ends += np.searchsorted(later, ends, side="right")
    return starts, ends


def _are_cut(word_ends: Array, first: Array, places: Array) -> bool:
    """Return whether a word stands across a place, given the first word from each place on."""
    before = first > 0
    return bool((word_ends[first[before] - 1] > places[before]).any())

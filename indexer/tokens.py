"""The words of many texts at once, by number: what `analysis.raw_words` finds, in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.vocabulary import MAX_KEYED_BYTES, KeyedWords, Vocabulary, keyed_words
from pinakes.indexer.word_spans import word_spans

_NOTHING = np.zeros(0, np.uint32)
BLOCK_CHARS = 1_000_000
"""How much text is worked on at once: what is made of it stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of texts.

    Attributes:
        vocabulary: The distinct words as written, in no order.
        ids: The place in `vocabulary` of each word, text by text (uint32).
        lengths: The number of words of each text (uint32).
    """

    vocabulary: list[str]
    ids: Array
    lengths: Array


def tokenise(texts: Sequence[str]) -> Tokens:
    """Return the words of `texts`."""
    collector = TokenCollector()
    ids, lengths = collector.collect(texts)
    return Tokens(collector.vocabulary(), ids, lengths)


class TokenCollector:
    """Numbers the words of texts that come part by part, in any thread."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()

    def collect(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return `ids` and `lengths` of `texts`, as in `Tokens`."""
        ids, lengths = [_NOTHING], [_NOTHING]
        for block in _blocks(texts):
            words, block_lengths = _read(block)
            ids.append(self._vocabulary.number(words))
            lengths.append(block_lengths)
        return np.concatenate(ids), np.concatenate(lengths)

    def vocabulary(self) -> list[str]:
        """Return the words met so far by number; those of a part are among them once it is done."""
        return self._vocabulary.words()


def _blocks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    cuts = np.searchsorted(ends, np.arange(BLOCK_CHARS, ends[-1:].sum() + 1, BLOCK_CHARS)) + 1
    cuts = np.unique(np.concatenate(([0], cuts, [len(texts)])))
    for first, last in pairwise(cuts.tolist()):
        yield texts[first:last]


def _read(texts: Sequence[str]) -> tuple[KeyedWords, Array]:
    encoded = _encode(texts)
    utf8 = b"\n".join((b"", *encoded, bytes(MAX_KEYED_BYTES)))
    text_sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    starts, ends = word_spans(utf8)
    text_ends = np.cumsum(text_sizes + 1)
    lengths = np.diff(np.searchsorted(starts, text_ends), prepend=0).astype(np.uint32)
    return keyed_words(utf8, starts, ends), lengths


def _encode(texts: Sequence[str]) -> list[bytes]:
    try:
        return list(map(str.encode, texts))
    except UnicodeEncodeError:
        # Lone surrogates are no words, but text may hold them.
        return [text.encode("utf-8", "surrogatepass") for text in texts]

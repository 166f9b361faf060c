"""Collects the texts of passages, and takes them apart into words, many at once."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pinakes.indexer.analysis import fold, fold_all
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.segments.inversion import Words
from pinakes.indexer.segments.lexicon import Lexicon, Numbers, number_densely, rank_words
from pinakes.indexer.segments.workers import Workers
from pinakes.indexer.tokens import NO_RUNS, Passages, Runs, TokenCollector

CHUNK_BYTES = 2_000_000
"""Texts are taken apart when there are so many bytes of them."""

# What is made of a text at once takes many times its room.
_LONG_TEXT_BYTES = 1_000_000
# Parts that are taken apart, or wait for it, while the next is collected.
_MAX_WAITING = 2
_NOTHING = np.zeros(0, np.int64)


class _Texts(NamedTuple):
    """Some passages.

    Attributes:
        passages: Their texts, and where they stand in these.
        languages: The number of the language of each passage.
    """

    passages: Passages
    languages: Array


class _Chunk(NamedTuple):
    """The words of some passages.

    Attributes:
        lengths: uint32; how many words each passage has.
        words: uint16 or uint32; of each word, its number in the tables below.
        raw: By number, the number of the word as it stands in texts.
        languages: By number, the language that it stands in.
        runs: Runs of words, counted in their passages.
    """

    lengths: Array
    words: Array
    raw: Array
    languages: Array
    runs: Runs


class WordGatherer:
    """The words of all passages of a segment being built.

    Attributes:
        word_count: How many words there are so far, without those of texts still waiting.
        vocabulary_size: How many of them are different.
    """

    def __init__(self, workers: Workers) -> None:
        """Have texts taken apart by `workers`."""
        self._workers = workers
        self._collector = TokenCollector()
        self._languages = Numbers[str]()
        self._begin_texts()
        self._waiting: deque[Future[_Chunk]] = deque()
        self._chunks: list[_Chunk] = []
        self.word_count = 0
        self.vocabulary_size = 0

    def _begin_texts(self) -> None:
        self._texts: list[bytes] = []
        self._counts = array("q")
        self._starts = array("q")
        self._ends = array("q")
        self._text_languages = array("I")
        self._runs = array("q"), array("q"), array("q")
        self._bytes = 0

    def add_runs(self, passages: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> None:
        """Find out which words runs of code points cover, in passages of the next text.

        Args:
            passages: The passage that each is in, counted from 0 in that text; ascending.
            starts: Where each begins, counted from the start of its passage.
            ends: Where it ends.
        """
        first = len(self._text_languages)
        for column, values in zip(
            self._runs, ([first + each for each in passages], starts, ends), strict=True
        ):
            column.extend(values)

    def add(self, text: bytes, starts: Sequence[int], ends: Sequence[int], language: str) -> None:
        """Add the passages of a text in UTF-8, from some code points to others, in order."""
        self._text_languages.extend([self._languages[language]] * len(starts))
        if len(text) > _LONG_TEXT_BYTES:
            whole = text.decode("utf-8", "surrogatepass")
            for start, end in zip(starts, ends, strict=True):
                part = whole[start:end]
                self._add(part.encode("utf-8", "surrogatepass"), (0,), (len(part),))
        else:
            self._add(text, starts, ends)
        if self._bytes >= CHUNK_BYTES:
            self._send(self._workers)

    def _add(self, text: bytes, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._texts.append(text)
        self._counts.append(len(starts))
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._bytes += len(text)

    def _send(self, workers: Workers) -> None:
        counts, starts, ends = (
            np.frombuffer(each, np.int64) for each in (self._counts, self._starts, self._ends)
        )
        languages = np.frombuffer(self._text_languages, np.uint32)
        runs = Runs(*(np.frombuffer(column, np.int64) for column in self._runs))
        texts = _Texts(Passages(self._texts, counts, starts, ends, runs), languages)
        self._waiting.append(workers.submit(self._take_apart, texts))
        self._begin_texts()
        while len(self._waiting) > _MAX_WAITING:
            self._receive()

    def _take_apart(self, texts: _Texts) -> _Chunk:
        """Return the words of texts, numbered apart for each language they stand in."""
        tokens = self._collector.collect(texts.passages)
        words, lengths = tokens.ids, tokens.lengths
        languages = texts.languages[:1]
        if (texts.languages != languages).any():
            languages, local = np.unique(texts.languages, return_inverse=True)
            words = words.astype(np.int64) * len(languages) + np.repeat(local, lengths)
        met, words = number_densely(words)
        raw, language = np.divmod(met, len(languages))
        return _Chunk(lengths, words, raw, languages[language], tokens.runs)

    def _receive(self) -> None:
        chunk = self._waiting.popleft().result()
        self._chunks.append(chunk)
        self.word_count += len(chunk.words)
        self.vocabulary_size = max(self.vocabulary_size, int(chunk.raw.max(initial=-1)) + 1)

    def finish(self) -> tuple[list[Words], Lexicon, Runs]:
        """Return the words of all passages in order, the vocabulary, and the words of all runs.

        Runs are in the order in which they were added. Then nothing is left.
        """
        distinct, folded, chunks = self._finish_chunks()
        language_count = max(1, len(self._languages))
        met = [
            folded[chunk.raw].astype(np.int64) * language_count + chunk.languages
            for chunk in chunks
        ]
        lexicon, forms = rank_words(
            distinct, list(self._languages), np.concatenate([_NOTHING, *met])
        )
        ends = starts_of(np.array([len(codes) for codes in met], np.int64)).tolist()
        texts = [
            Words(
                lengths=chunk.lengths,
                words=chunk.words,
                stems=forms.stems[first:last],
                variants=forms.variants[first:last],
            )
            for chunk, (first, last) in zip(chunks, pairwise(ends), strict=True)
        ]
        return texts, lexicon, _join_runs(chunks)

    def finish_runs(self) -> tuple[Array, Runs]:
        """Return how many words each passage has, and the words of all runs; as `finish`."""
        chunks, raw = self._take_chunks()
        # What is in ASCII folds to something.
        is_word = np.array([word.isascii() or fold(word) != "" for word in raw], np.bool_)
        chunks = [_without_nothings(chunk, is_word) for chunk in chunks]
        lengths = np.concatenate([np.zeros(0, np.uint32), *(chunk.lengths for chunk in chunks)])
        return lengths, _join_runs(chunks)

    def _finish_chunks(self) -> tuple[list[str], Array, list[_Chunk]]:
        """Return different words, for each as it was met its place among them, and the chunks."""
        chunks, raw = self._take_chunks()
        distinct, folded = _fold_all(raw)
        return distinct, folded, [_without_nothings(chunk, folded > 0) for chunk in chunks]

    def _take_chunks(self) -> tuple[list[_Chunk], list[str]]:
        """Return all chunks, and the words as they were met; then nothing is left."""
        if self._texts:
            # To begin a thread for the only texts takes longer than they do.
            self._send(self._workers if self._chunks or self._waiting else Workers(1))
        while self._waiting:
            self._receive()
        chunks, raw = self._chunks, self._collector.vocabulary()
        self._chunks, self._collector = [], TokenCollector()
        return chunks, raw


def _fold_all(raw: Sequence[str]) -> tuple[list[str], Array]:
    """Return what words fold to, each once and the empty word first, and the place of each."""
    folded = fold_all(raw)
    distinct = list(dict.fromkeys(["", *folded]))
    places = {word: place for place, word in enumerate(distinct)}
    return distinct, np.fromiter(map(places.__getitem__, folded), np.uint32, len(folded))


def _without_nothings(chunk: _Chunk, is_word: Array) -> _Chunk:
    """Leave out words that fold to nothing, and shorten their passages by them."""
    is_kept = is_word[chunk.raw]
    if is_kept.all():
        return chunk
    kept = is_kept[chunk.words]
    passages = np.repeat(np.arange(len(chunk.lengths)), chunk.lengths)[kept]
    lengths = np.bincount(passages, minlength=len(chunk.lengths)).astype(np.uint32)
    numbers = np.cumsum(is_kept) - 1
    words = numbers[chunk.words[kept]].astype(chunk.words.dtype)
    at = starts_of(chunk.lengths)[chunk.runs.passages]
    before = starts_of(kept)
    runs = Runs(
        chunk.runs.passages,
        before[at + chunk.runs.starts] - before[at],
        before[at + chunk.runs.ends] - before[at],
    )
    return _Chunk(lengths, words, chunk.raw[is_kept], chunk.languages[is_kept], runs)


def _join_runs(chunks: Sequence[_Chunk]) -> Runs:
    if not any(len(chunk.runs.passages) for chunk in chunks):
        return NO_RUNS
    firsts = starts_of(np.array([len(chunk.lengths) for chunk in chunks], np.int64)).tolist()
    return Runs(
        np.concatenate([c.runs.passages + f for c, f in zip(chunks, firsts, strict=False)]),
        np.concatenate([chunk.runs.starts for chunk in chunks]),
        np.concatenate([chunk.runs.ends for chunk in chunks]),
    )

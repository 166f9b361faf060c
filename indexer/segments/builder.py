"""Articles in, a segment file out, in bulk: no object for each word."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from pinakes.corpus import Article, ArticleColumns
from pinakes.indexer.analysis import fold_value, words
from pinakes.indexer.memory import MEMORY_BYTES
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import (
    ARTICLE_FIELDS,
    KINDS,
    FieldColumns,
    SegmentColumns,
    encode_term,
    join_texts,
    starts_of,
    without_lists,
    zone_of,
)
from pinakes.indexer.segments.digests import digest_address, digest_passages
from pinakes.indexer.segments.gathering import WordGatherer
from pinakes.indexer.segments.inversion import StemKeys
from pinakes.indexer.segments.presence import Presence, lists_of
from pinakes.indexer.segments.segment_writer import SegmentWriter, add_article_arrays
from pinakes.indexer.segments.tag_gathering import TagGatherer
from pinakes.indexer.segments.workers import Workers
from pinakes.indexer.tokens import Runs

# What tokenising and encoding need for themselves, however much there is.
_FIXED_BYTES = 160 << 20
# 2 or 4 as it is collected, 8 as a key.
_WORD_BYTES = 12
_DISTINCT_WORD_BYTES = 400
_PASSAGE_BYTES = 64
_LOOKS_EVERY = 1_000

_PLURAL = frozenset({"author", "byline", "path"})

_KIND_ZONE = np.array([zone_of(kind) for kind in KINDS], np.int64)


class SegmentBuilder:
    """Collects articles, whose keys ascend; `write` makes a segment of them."""

    def __init__(self, workers: Workers, *, memory_bytes: int = MEMORY_BYTES) -> None:
        """Be full at about `memory_bytes`, and have `workers` do what they can."""
        self._memory_bytes = memory_bytes
        self._looks_again_at = 0
        self._workers = workers
        self._words = WordGatherer(workers)
        self._passage_kind = array("B")
        self._article_key = array("q")
        self._article_passages = array("I")
        self._published = array("i")
        self._article_cluster = array("q")
        self._article_digest = array("q")
        self._article_saved = array("q")
        self._article_files = array("I")
        self._tags = TagGatherer()
        self._fields: dict[str, Presence[Any]] = {
            "section": Presence(_words_of),
            "lang": Presence(_value_terms),
            "source": Presence(_value_terms),
            "author": Presence(_words_of),
            "byline": Presence(_values_terms),
            "path": Presence(path_terms),
            "url": Presence(_value_terms),
            "id": Presence(_value_terms),
        }

    def __len__(self) -> int:
        """Return how many articles were added."""
        return len(self._article_key)

    @property
    def is_full(self) -> bool:
        """Whether to write a segment takes about as much memory as there is for it.

        It may be told a few passages late.
        """
        if len(self._passage_kind) < self._looks_again_at:
            return False
        self._looks_again_at = len(self._passage_kind) + _LOOKS_EVERY
        return self._memory_bytes <= (
            _FIXED_BYTES
            + self._words.word_count * _WORD_BYTES
            + self._words.vocabulary_size * _DISTINCT_WORD_BYTES
            + self._tags.memory_bytes()
            + sum(field.memory_bytes() for field in self._fields.values())
            + len(self._passage_kind) * _PASSAGE_BYTES
        )

    def add(self, article: Article | ArticleColumns) -> None:
        """Add one article.

        Raises:
            ValueError: Its key is not above that of the article before it.
        """
        columns = article if isinstance(article, ArticleColumns) else ArticleColumns.of(article)
        number = len(self._article_key)
        if number and columns.key <= self._article_key[-1]:
            raise ValueError(f"key {columns.key} after {self._article_key[-1]}")
        self._article_key.append(columns.key)
        self._published.extend(published_days(columns.published))
        self._article_cluster.append(columns.cluster)
        self._article_digest.extend((digest_passages(columns), digest_address(columns.url)))
        self._article_saved.append(saved_second(columns.saved))
        self._article_files.append(len(columns.paths))
        self._article_passages.append(len(columns.kinds))
        fields = self._fields
        if not columns.kinds:
            # A term is there for its passages.
            for name in ARTICLE_FIELDS:
                fields[name].add(() if name in _PLURAL else "")
            return
        fields["lang"].add(columns.language)
        fields["source"].add(columns.source)
        fields["author"].add(columns.authors)
        fields["byline"].add(columns.authors)
        fields["path"].add(columns.paths)
        fields["url"].add(columns.url)
        fields["id"].add(columns.id)
        self._words.add_runs(*self._tags.add(columns.tag_lists, columns.tag_list_of))
        self._words.add(columns.text, columns.starts, columns.ends, columns.language)
        self._passage_kind.frombytes(columns.kinds)
        fields["section"].add_all(columns.sections, columns.section_of)

    def write(self, path: Path, *, durable: bool = True) -> int:
        """Write a segment file; return its size in bytes. The builder is of no use afterwards.

        If it is to be `durable`, it is on the disk when this returns, but for its name.
        """
        workers = self._workers
        texts, lexicon, runs = self._words.finish()
        lengths = np.concatenate([np.zeros(0, np.uint32), *(text.lengths for text in texts)])
        columns = self._columns(lengths, runs)
        first = columns.article_first
        with SegmentWriter(path, article_first=first, passage_words=lengths) as writer:
            add_article_arrays(writer, columns)
            for name, lists in columns.fields.items():
                writer.add_lists(name, lists)
            terms = join_texts(lexicon.words)
            writer.add_lists("word", without_lists(*terms))
            keys = StemKeys(texts, lexicon, workers=workers)
            del texts
            for encoded in workers.map(
                lambda run: writer.encode("stem", keys.read(*run)), keys.slices()
            ):
                writer.append(encoded)
            return writer.finish(durable=durable)

    def _columns(self, lengths: Array, runs: Runs) -> SegmentColumns:
        """Return all but words and stems."""
        first = starts_of(np.frombuffer(self._article_passages, np.uint32))
        kinds = np.frombuffer(self._passage_kind, np.uint8)
        fields = {name: field.finish() for name, field in self._fields.items()}
        fields["tag"] = self._tags.finish(lengths, runs)
        return SegmentColumns(
            article_key=np.frombuffer(self._article_key, np.int64),
            article_first=first,
            article_words=zone_words(first, kinds, lengths),
            article_cluster=np.frombuffer(self._article_cluster, np.int64),
            article_digest=np.frombuffer(self._article_digest, np.int64).reshape(-1, 2),
            article_saved=np.frombuffer(self._article_saved, np.int64),
            article_files=np.frombuffer(self._article_files, np.uint32),
            published=np.frombuffer(self._published, np.int32).reshape(-1, 2),
            passage_kind=kinds,
            passage_words=lengths,
            fields={"kind": _kind_lists(kinds), **fields},
        )


def zone_words(first: Array, kinds: Array, lengths: Array) -> Array:
    """Return the words of each article by zone, `[A, 3]`, from its passages' kinds and words."""
    article = np.repeat(np.arange(len(first) - 1), np.diff(first))
    cells = article * 3 + _KIND_ZONE[kinds]
    totals = np.bincount(cells, weights=lengths, minlength=3 * (len(first) - 1))
    return totals.astype(np.int64).reshape(-1, 3)


@lru_cache(maxsize=256)
def saved_second(saved: str) -> int:
    """Return the second, from 1970 on, that an ISO 8601 time means; 0 if there is none.

    One without a time zone is taken for UTC, a day for its beginning.

    >>> saved_second("2014-03-04T10:00:00+02:00") == saved_second("2014-03-04T08:00:00")
    True
    """
    try:
        moment = datetime.fromisoformat(saved)
        return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp())
    except (ValueError, OverflowError):
        return 0


@lru_cache(maxsize=4096)
def published_days(published: str) -> tuple[int, int]:
    """Return the first and last day that an ISO 8601 date means, as proleptic ordinals.

    The day is the one written, whatever its time zone; `(0, 0)` if there is none.

    >>> published_days("2014-02") == (date(2014, 2, 1).toordinal(), date(2014, 2, 28).toordinal())
    True
    """
    try:
        parts = [int(part) for part in published[:10].split("-")]
        if len(parts) == 3:
            day = date(*parts).toordinal()
            return day, day
        year, month = parts[0], parts[1] if len(parts) == 2 else 0
        first = date(year, month or 1, 1)
        if (month or 12) == 12:
            return first.toordinal(), date(year, 12, 31).toordinal()
        return first.toordinal(), date(year, month + 1, 1).toordinal() - 1
    except (ValueError, OverflowError, IndexError):
        return 0, 0


def _kind_lists(kinds: Array) -> FieldColumns:
    sizes = np.bincount(kinds, minlength=len(KINDS))
    order = np.argsort(kinds, kind="stable").astype(np.uint32)
    starts = starts_of(sizes)
    lists = sorted(
        (encode_term(kind.value), order[starts[number] : starts[number + 1]])
        for number, kind in enumerate(KINDS)
        if sizes[number]
    )
    units = np.concatenate([np.zeros(0, np.uint32), *(units for _, units in lists)])
    sizes = np.array([len(units) for _, units in lists], np.int64)
    return lists_of([term for term, _ in lists], sizes, units)


def _words_of(texts: tuple[str, ...]) -> Iterable[str]:
    return {folded for text in texts for _, _, folded in words(text)}


def _value_terms(value: str) -> Iterable[str]:
    return (fold_value(value),)


def _values_terms(values: tuple[str, ...]) -> Iterable[str]:
    return {fold_value(value) for value in values}


def path_terms(paths: tuple[str, ...]) -> Iterable[str]:
    """Return the terms of an article's files: each, folded, and every folder above it."""
    found = set()
    for path in paths:
        whole = fold_value(path)
        found.add(whole)
        end = whole.find("/") + 1
        while end:
            found.add(whole[:end])
            end = whole.find("/", end) + 1
    return found

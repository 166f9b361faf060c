"""Writes a segment file field by field and slice by slice, in bounded memory."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import numpy as np

from pinakes.indexer.segments.array_writer import ArrayWriter
from pinakes.indexer.segments.arrays import Array, narrow
from pinakes.indexer.segments.columns import (
    ARTICLE_FIELDS,
    FieldColumns,
    SegmentColumns,
    starts_of,
)
from pinakes.indexer.segments.encoding import EncodedLists, Lengths, encode_lists
from pinakes.indexer.segments.tag_spans import FIELD as TAG
from pinakes.indexer.segments.tag_spans import SECTIONS as SPAN_SECTIONS
from pinakes.indexer.segments.units import BITMAP, GAP_BYTES, bitmap_bytes

_STARTS = ("terms_at", "postings_at", "occurrences_at", "words_at", "spans_at", "counts_at")
"""Sections of T + 1 places: those of a slice go on from the last one before."""

_PLACES = {
    "gaps1.far_at": "gaps1",
    "gaps2.far_at": "gaps2",
    "gaps4.far_at": "gaps4",
    "many_at": "codes",
    "positions.far_at": "positions",
    "variants_at": "variants",
    "counts.far_at": "counts",
    "firsts.far_at": "firsts",
    "lengths.far_at": "lengths",
}
"""Sections of places in another section: those of a slice go on from its length."""

_TYPED = frozenset(
    {"terms", "coding", "codes", "bitmaps", "variants"}
    | {"gaps1", "gaps2", "gaps4", "positions"}
    | {"counts", "firsts", "lengths"}
)
"""Sections whose type says something, or is always the same; others take the narrowest."""

_ESCAPED = ("gaps1", "gaps2", "gaps4", "positions", "counts", "firsts", "lengths")
_OPTIONAL = frozenset(f"{name}.{part}" for name in _ESCAPED for part in ("far_at", "far"))


class SegmentWriter:
    """Writes one segment file.

    Threads may `encode` slices while one of them appends others.
    """

    def __init__(self, path: Path, *, article_first: Array, passage_words: Array) -> None:
        """Be about to write the file at `path`, of articles whose passages have so many words.

        Nothing is at `path` before `finish`. `article_first` [A+1] are the first passage of each
        article, and P.
        """
        self._passages = len(passage_words)
        self._articles = len(article_first) - 1
        self._arrays = ArrayWriter(path, passages=self._passages, articles=self._articles)
        spans: Array = np.diff(article_first.astype(np.int64))
        article_of = np.repeat(np.arange(self._articles, dtype=np.uint32), spans)
        self._lengths = Lengths.of(passage_words, article_of)
        self._ends: dict[str, int] = {}
        self._pair_words: list[Array] = []
        self.add_array("article_first", article_first.astype(np.uint32, copy=False))
        self.add_array("passage_article", narrow(article_of))
        self.add_array("passage_words", narrow(passage_words))

    def add_array(self, name: str, values: Array) -> None:
        """Add a section that does not belong to a field, or a piece of it."""
        self._arrays.append(name, values)

    def encode(self, field: str, columns: FieldColumns) -> EncodedLists:
        """Return a slice of a field as it is written; takes nothing from slices before."""
        units = self._unit_count(field)
        return encode_lists(field, columns, unit_count=units, lengths=self._lengths)

    def _unit_count(self, field: str) -> int:
        return self._articles if field in ARTICLE_FIELDS else self._passages

    def append(self, encoded: EncodedLists) -> None:
        """Add a slice; its terms come after those of slices before."""
        shifted = {name: self._shift(encoded, name) for name in encoded.parts}
        for name, values in shifted.items():
            if name == "words":
                self._pair_words.append(values)
            elif len(values) or name not in _OPTIONAL:
                typed = values if name in _TYPED else narrow(values)
                self._arrays.append(f"{encoded.field}.{name}", typed)

    def add_lists(self, field: str, columns: FieldColumns) -> None:
        """Encode and append a slice of a field, or all of it.

        Of `word` only the dictionary is kept. It can come before or after the lists of `stem`.
        """
        self.append(self.encode(field, columns))

    def _shift(self, encoded: EncodedLists, name: str) -> Array:
        values = encoded.parts[name]
        section = f"{encoded.field}.{name}"
        if name in _STARTS or name in _PLACES:
            # What is added is as large as the file.
            values = values.astype(np.int64, copy=False)
        if name in _STARTS:
            end = self._ends.get(section)
            self._ends[section] = (end or 0) + int(values[-1])
            return values if end is None else values[1:] + end
        if name in _PLACES:
            return values + self._arrays.length(f"{encoded.field}.{_PLACES[name]}")
        if name == "list_at":
            return values + self._list_bases(encoded.field)[encoded.parts["coding"]]
        return values

    def _list_bases(self, field: str) -> Array:
        bases = np.zeros(max(GAP_BYTES) + 1, np.int64)
        for width in GAP_BYTES:
            bases[width] = self._arrays.length(f"{field}.gaps{width}")
        length = max(1, bitmap_bytes(self._unit_count(field)))
        bases[BITMAP] = self._arrays.length(f"{field}.bitmaps") // length
        return bases

    def finish(self, word_numbers: Array | None = None, *, durable: bool = True) -> int:
        """Write the file; return its size in bytes.

        Args:
            word_numbers: The place in the dictionary of each word, if the lists of stems were made
                before that was known; ascending.
            durable: Whether it is to be on the disk at the end, but for its name in the folder.

        Raises:
            ValueError: A stem names a word that the dictionary does not hold.
        """
        self._add_pairs(word_numbers)
        if not self._arrays.length(f"{TAG}.firsts"):
            for name in SPAN_SECTIONS:
                self._arrays.discard(f"{TAG}.{name}")
        self._arrays.append("stem.length_floor", self._lengths.floor)
        return self._arrays.finish(durable=durable)

    def _add_pairs(self, word_numbers: Array | None) -> None:
        words = np.concatenate([np.zeros(0, np.int64), *self._pair_words])
        if word_numbers is not None:
            words = word_numbers[words]
        word_count = max(0, self._arrays.length("word.terms_at") - 1)
        if len(words) and int(words.max()) >= word_count:
            raise ValueError(f"word {words.max()} of {word_count}")
        self._arrays.append("stem.words", narrow(words))
        self._arrays.append("word.pairs", narrow(np.argsort(words, kind="stable")))
        pairs_at = starts_of(np.bincount(words, minlength=word_count))
        self._arrays.append("word.pairs_at", narrow(pairs_at))

    def close(self) -> None:
        """Let go of what was collected; does nothing after `finish`."""
        self._arrays.close()

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def add_article_arrays(writer: SegmentWriter, columns: SegmentColumns) -> None:
    """Add what is known of articles and passages without their fields."""
    writer.add_array("article_key", columns.article_key.astype(np.int64, copy=False))
    writer.add_array("article_words", columns.article_words.astype(np.uint32).ravel())
    writer.add_array("article_cluster", columns.article_cluster.astype(np.int64, copy=False))
    writer.add_array("article_digest", columns.article_digest.astype(np.int64).ravel())
    writer.add_array("article_saved", columns.article_saved.astype(np.int64, copy=False))
    writer.add_array("article_files", columns.article_files.astype(np.uint32))
    writer.add_array("published", columns.published.astype(np.int32, copy=False).ravel())
    writer.add_array("passage_kind", columns.passage_kind.astype(np.uint8, copy=False))

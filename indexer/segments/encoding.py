"""A slice of a field, from plain columns to the sections of a file: pure, and vectorised.

What a section says of places in others counts from the slice; `SegmentWriter` shifts it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.codes import (
    MANY,
    codes_of,
    length_classes,
    length_floor,
    needs_wide_positions,
)
from pinakes.indexer.segments.columns import FieldColumns, part_terms, starts_of
from pinakes.indexer.segments.escapes import escape
from pinakes.indexer.segments.tag_spans import FIELD as TAG
from pinakes.indexer.segments.tag_spans import encode_spans
from pinakes.indexer.segments.units import encode_units
from pinakes.indexer.segments.variants import bytes_of, find_variants, pack_variants, widths_of


class Lengths(NamedTuple):
    """What the lists of stems take from the passages.

    Attributes:
        floor: uint32[16]; the fewest words of a passage of each class.
        classes: uint8[P]; the class of each passage.
        articles: [P]; the article of each passage.
        position_type: Of places in passages, counted in words.
    """

    floor: Array
    classes: Array
    articles: Array
    position_type: str

    @classmethod
    def of(cls, passage_words: Array, passage_article: Array) -> Lengths:
        """Return that of passages with so many words each, of these articles."""
        floor = length_floor(passage_words)
        wide = needs_wide_positions(passage_words)
        classes = length_classes(passage_words, floor)
        return cls(floor, classes, passage_article, "u2" if wide else "u1")


class EncodedLists(NamedTuple):
    """A slice of a field, ready to be appended to a file.

    Attributes:
        field: Its name.
        posting_count: N, of the slice.
        parts: Its sections by name, without that of the field.
    """

    field: str
    posting_count: int
    parts: Mapping[str, Array]


def encode_lists(
    field: str, columns: FieldColumns, *, unit_count: int, lengths: Lengths
) -> EncodedLists:
    """Return a slice of the field as sections.

    Raises:
        ValueError: A list is empty, or its columns do not fit one another.
    """
    starts = columns.postings_at.astype(np.int64, copy=False)
    terms, terms_at = part_terms(columns.terms, columns.terms_at)
    parts: dict[str, Array] = {"terms": terms, "terms_at": terms_at}
    if field != "word":
        if (starts[1:] <= starts[:-1]).any() or int(starts[-1]) != len(columns.units):
            raise ValueError(f"lists of {field} are empty, or do not add up")
        parts["postings_at"] = starts
        parts |= encode_units(columns.units, starts, unit_count)
    if field == TAG:
        parts |= encode_spans(columns.spans, starts, lengths.position_type)
    if columns.counts is not None:
        parts |= _encode_counts(columns, lengths)
    return EncodedLists(field, len(columns.units), parts)


def _encode_counts(columns: FieldColumns, lengths: Lengths) -> dict[str, Array]:
    if columns.counts is None or columns.positions is None:
        raise ValueError("stems without counts or positions")
    counts = columns.counts.astype(np.int64, copy=False)
    starts = starts_of(counts)
    if len(columns.positions) != int(starts[-1]):
        raise ValueError("counts do not add up to positions")
    positions, far_at, far = escape(columns.positions, lengths.position_type)
    many_at = np.flatnonzero(counts >= MANY)
    occurrences_at = starts[columns.postings_at]
    parts = {
        "codes": codes_of(counts, lengths.classes[columns.units]),
        "article_counts": _count_articles(columns, lengths.articles),
        "many_at": many_at,
        "many": counts[many_at],
        "occurrences_at": occurrences_at,
        "positions": positions,
        "positions.far_at": far_at,
        "positions.far": far,
    }
    return parts | _encode_words(columns, np.diff(occurrences_at))


def _count_articles(columns: FieldColumns, article_of: Array) -> Array:
    """Return of how many articles the passages of each list are."""
    articles = article_of[columns.units]
    begins = np.ones(len(articles), np.bool_)
    begins[1:] = articles[1:] != articles[:-1]
    begins[columns.postings_at[:-1]] = True
    counts: Array = np.add.reduceat(begins, columns.postings_at[:-1], dtype=np.int64)
    return counts


def _encode_words(columns: FieldColumns, sizes: Array) -> dict[str, Array]:
    found = columns.variants
    if found is None:
        if columns.words is None:
            raise ValueError("stems without words")
        stems = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        found = find_variants(stems, columns.words, len(sizes))
    if len(found.variants) != int(sizes.sum()):
        raise ValueError("counts do not add up to words")
    widths = widths_of(np.diff(found.words_at))
    return {
        "words_at": found.words_at,
        "words": found.words,
        "variants": pack_variants(found.variants, sizes, widths),
        "variants_at": starts_of(bytes_of(sizes, widths))[:-1],
    }

"""Segments in, one segment out, without their deleted articles: arrays laid end to end, no sort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import FieldColumns, SegmentColumns, join_terms, starts_of


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the segments, and what becomes of it.

    Attributes:
        columns: What it holds.
        live: bool[A]; the articles to keep.
        live_passages: bool[P]; the passages to keep.
        numbers: int64[P]; the new number of each passage that is kept.
    """

    columns: SegmentColumns
    live: Array
    live_passages: Array
    numbers: Array


def merge_segments(segments: Sequence[tuple[SegmentColumns, Array | None]]) -> SegmentColumns:
    """Return one segment with the living articles of several, in their order.

    Args:
        segments: With each the mask of its living articles, None for all.

    Raises:
        ValueError: The keys of the living articles do not ascend from one segment to the next.
    """
    parts = list(_parts(segments))
    keys = np.concatenate([part.columns.article_key[part.live] for part in parts])
    if (keys[1:] <= keys[:-1]).any():
        raise ValueError("article keys do not ascend")
    spans = np.concatenate([_spans(part.columns)[part.live] for part in parts])
    names = dict.fromkeys(name for part in parts for name in part.columns.fields)
    return SegmentColumns(
        article_key=keys,
        article_first=starts_of(spans),
        article_words=np.concatenate([p.columns.article_words[p.live] for p in parts]),
        published=np.concatenate([p.columns.published[p.live] for p in parts]),
        passage_kind=np.concatenate([p.columns.passage_kind[p.live_passages] for p in parts]),
        passage_words=np.concatenate([p.columns.passage_words[p.live_passages] for p in parts]),
        fields={name: _merge_field(name, parts) for name in names},
    )


def _spans(columns: SegmentColumns) -> Array:
    spans: Array = np.diff(columns.article_first.astype(np.int64))
    return spans


def _parts(segments: Sequence[tuple[SegmentColumns, Array | None]]) -> Iterator[_Part]:
    passages = 0
    for columns, mask in segments:
        live = np.ones(columns.article_count, np.bool_) if mask is None else mask
        live_passages = np.repeat(live, _spans(columns))
        numbers = passages + np.cumsum(live_passages, dtype=np.int64) - 1
        passages += int(np.count_nonzero(live_passages))
        yield _Part(columns, live, live_passages, numbers)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The postings of a field that are kept from one part, in its order.

    Attributes:
        terms: The place of each posting's term among the merged terms, ascending.
        passages: Its new passage number.
        counts: Or None.
        positions: Those of all postings, or None.
    """

    terms: Array
    passages: Array
    counts: Array | None
    positions: Array | None


def _merge_field(name: str, parts: Sequence[_Part]) -> FieldColumns:
    having = [part for part in parts if name in part.columns.fields]
    fields = [part.columns.fields[name] for part in having]
    terms, places = _merge_terms(fields)
    lists = [_kept(part, name, place) for part, place in zip(having, places, strict=True)]
    totals, targets = _lay_out([each.terms for each in lists], len(terms))
    used = totals > 0
    joined, terms_at = join_terms(term for term, kept in zip(terms, used, strict=True) if kept)
    positions_at = positions = None
    if all(each.positions is not None for each in lists):
        of_word = [np.repeat(each.terms, each.counts) for each in lists if each.counts is not None]
        word_totals, word_targets = _lay_out(of_word, len(terms))
        positions_at = starts_of(word_totals[used])
        positions = _gather([each.positions for each in lists], word_targets)
    return FieldColumns(
        terms=joined,
        terms_at=terms_at,
        postings_at=starts_of(totals[used]),
        passages=_gather([each.passages for each in lists], targets),
        counts=_gather([each.counts for each in lists], targets)
        if all(each.counts is not None for each in lists)
        else None,
        positions_at=positions_at,
        positions=positions,
    )


def _merge_terms(fields: Sequence[FieldColumns]) -> tuple[list[bytes], list[Array]]:
    """Return the sorted terms of all, and for each field the places of its own among them."""
    own = [list(_split(field)) for field in fields]
    merged = sorted(set().union(*own))
    place = {term: number for number, term in enumerate(merged)}
    return merged, [np.fromiter(map(place.__getitem__, ts), np.int64, len(ts)) for ts in own]


def _split(field: FieldColumns) -> Iterator[bytes]:
    joined = field.terms.tobytes()
    ends = field.terms_at.tolist()
    return (joined[start:end] for start, end in pairwise(ends))


def _kept(part: _Part, name: str, places: Array) -> _Lists:
    field = part.columns.fields[name]
    posting_counts: Array = np.diff(field.postings_at.astype(np.int64))
    terms = np.repeat(places, posting_counts)
    kept = part.live_passages[field.passages]
    counts = None if field.counts is None else field.counts.astype(np.int64)
    positions = field.positions
    if positions is not None and counts is not None:
        positions = positions[np.repeat(kept, counts)]
    return _Lists(
        terms=terms[kept],
        passages=part.numbers[field.passages[kept]],
        counts=None if counts is None else counts[kept],
        positions=positions,
    )


def _lay_out(terms_of_parts: Sequence[Array], term_count: int) -> tuple[Array, list[Array]]:
    """Return how many items each term has in all parts, and where each item of each part goes.

    Items of a term come out together, those of an earlier part first, else in their own order.
    """
    sizes = [np.bincount(terms, minlength=term_count) for terms in terms_of_parts]
    totals = np.zeros(term_count, np.int64)
    for size in sizes:
        totals += size
    cursor = starts_of(totals)[:-1]
    targets: list[Array] = []
    for terms, size in zip(terms_of_parts, sizes, strict=True):
        shift = cursor - starts_of(size)[:-1]
        targets.append(np.arange(len(terms)) + shift[terms])
        cursor = cursor + size
    return totals, targets


def _gather(values: Sequence[Array | None], targets: Sequence[Array]) -> Array:
    merged = np.zeros(sum(map(len, targets)), np.int64)
    for each, target in zip(values, targets, strict=True):
        if each is not None:
            merged[target] = each
    return merged

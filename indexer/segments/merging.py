"""Segments in, one segment out, without their deleted articles: arrays laid end to end, no sort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import (
    ARTICLE_FIELDS,
    FIELDS,
    FieldColumns,
    SegmentColumns,
    join_terms,
    starts_of,
    without_lists,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the segments, and what becomes of it.

    Attributes:
        columns: What it holds.
        live: bool[A]; the articles to keep.
        live_passages: bool[P]; the passages to keep.
        numbers: int64[P]; the new number of each passage that is kept.
        article_numbers: int64[A]; the new number of each article that is kept.
    """

    columns: SegmentColumns
    live: Array
    live_passages: Array
    numbers: Array
    article_numbers: Array


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
    words, word_numbers = _merge_words(parts)
    fields = {"word": words} | {
        name: _merge_field(name, parts, word_numbers) for name in FIELDS if name != "word"
    }
    return SegmentColumns(
        article_key=keys,
        article_first=starts_of(spans),
        article_words=np.concatenate([p.columns.article_words[p.live] for p in parts]),
        published=np.concatenate([p.columns.published[p.live] for p in parts]),
        passage_kind=np.concatenate([p.columns.passage_kind[p.live_passages] for p in parts]),
        passage_words=np.concatenate([p.columns.passage_words[p.live_passages] for p in parts]),
        fields=fields,
    )


def _spans(columns: SegmentColumns) -> Array:
    spans: Array = np.diff(columns.article_first.astype(np.int64))
    return spans


def _parts(segments: Sequence[tuple[SegmentColumns, Array | None]]) -> Iterator[_Part]:
    passages = articles = 0
    for columns, mask in segments:
        live = np.ones(columns.article_count, np.bool_) if mask is None else mask
        live_passages = np.repeat(live, _spans(columns))
        numbers = passages + np.cumsum(live_passages, dtype=np.int64) - 1
        article_numbers = articles + np.cumsum(live, dtype=np.int64) - 1
        passages += int(np.count_nonzero(live_passages))
        articles += int(np.count_nonzero(live))
        yield _Part(columns, live, live_passages, numbers, article_numbers)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The postings of a field that are kept from one part, in its order.

    Attributes:
        terms: The place of each posting's term among the merged terms, ascending.
        units: Its new passage or article.
        counts: Or None.
        positions: Those of all postings, or None.
        words: The new numbers of the words of all postings, or None.
    """

    terms: Array
    units: Array
    counts: Array | None
    positions: Array | None
    words: Array | None


def _merge_words(parts: Sequence[_Part]) -> tuple[FieldColumns, list[Array]]:
    """Return the words that are still used, and the new number of each of each part's."""
    terms, places = _merge_terms([part.columns.fields["word"] for part in parts])
    used = np.zeros(len(terms), np.bool_)
    for part, place in zip(parts, places, strict=True):
        stems = part.columns.fields["stem"]
        if stems.counts is not None and stems.words is not None:
            kept = np.repeat(part.live_passages[stems.units], stems.counts)
            used[place[stems.words[kept]]] = True
    joined, terms_at = join_terms(term for term, kept in zip(terms, used, strict=True) if kept)
    numbers = np.cumsum(used) - 1
    return without_lists(joined, terms_at), [numbers[place] for place in places]


def _merge_field(name: str, parts: Sequence[_Part], words: Sequence[Array]) -> FieldColumns:
    fields = [part.columns.fields[name] for part in parts]
    terms, places = _merge_terms(fields)
    lists = [
        _kept(part, name, place, numbers)
        for part, place, numbers in zip(parts, places, words, strict=True)
    ]
    totals, targets = _lay_out([each.terms for each in lists], len(terms))
    used = totals > 0
    joined, terms_at = join_terms(term for term, kept in zip(terms, used, strict=True) if kept)
    counts = positions = word_numbers = None
    if all(each.counts is not None for each in lists):
        counts = _gather([each.counts for each in lists], targets)
        of_word = [np.repeat(each.terms, each.counts) for each in lists if each.counts is not None]
        _, word_targets = _lay_out(of_word, len(terms))
        positions = _gather([each.positions for each in lists], word_targets)
        word_numbers = _gather([each.words for each in lists], word_targets)
    return FieldColumns(
        terms=joined,
        terms_at=terms_at,
        postings_at=starts_of(totals[used]),
        units=_gather([each.units for each in lists], targets),
        counts=counts,
        positions=positions,
        words=word_numbers,
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


def _kept(part: _Part, name: str, places: Array, words: Array) -> _Lists:
    field = part.columns.fields[name]
    terms = np.repeat(places, np.diff(field.postings_at))
    live, numbers = part.live_passages, part.numbers
    if name in ARTICLE_FIELDS:
        live, numbers = part.live, part.article_numbers
    kept = live[field.units]
    units = numbers[field.units[kept]]
    if field.counts is None or field.positions is None or field.words is None:
        return _Lists(terms[kept], units, None, None, None)
    of_word = np.repeat(kept, field.counts)
    return _Lists(
        terms=terms[kept],
        units=units,
        counts=field.counts[kept],
        positions=field.positions[of_word],
        words=words[field.words[of_word]],
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

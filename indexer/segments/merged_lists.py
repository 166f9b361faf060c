"""The lists of the same terms in several segments, laid end to end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import FieldColumns, join_terms, starts_of
from pinakes.indexer.segments.tag_spans import TagSpans, join_spans


class Renumbering(NamedTuple):
    """What becomes of the units of a segment.

    Attributes:
        live: bool; which units are kept; None for all.
        numbers: uint32; the new number of each unit that is kept.
    """

    live: Array | None
    numbers: Array

    @classmethod
    def of(cls, live: Array | None, count: int, *, first: int) -> Renumbering:
        """Return that of `count` units, of which the living are numbered on from `first`."""
        if live is None:
            return cls(None, np.arange(first, first + count, dtype=np.uint32))
        before = np.cumsum(live, dtype=np.uint32) - live
        return cls(live, before.astype(np.uint32) + np.uint32(first))

    def keep(self, values: Array) -> Array:
        """Return those of values, one a unit, that are of kept ones."""
        return values if self.live is None else values[self.live]

    def kept_count(self) -> int:
        """Return how many units are kept."""
        return len(self.numbers) if self.live is None else int(np.count_nonzero(self.live))


class MergedTerms(NamedTuple):
    """The sorted terms of several slices.

    Attributes:
        terms: As of `FieldColumns`.
        terms_at: As of `FieldColumns`.
        places: int64; for each slice the places of its own terms among these.
    """

    terms: Array
    terms_at: Array
    places: Sequence[Array]

    @property
    def term_count(self) -> int:
        """How many there are."""
        return len(self.terms_at) - 1

    def only(self, kept: Array) -> tuple[Array, Array]:
        """Return `terms` and `terms_at` of those that are kept; `kept` is bool, one a term."""
        if kept.all():
            return self.terms, self.terms_at
        lengths = np.diff(self.terms_at)
        return self.terms[np.repeat(kept, lengths)], starts_of(lengths[kept])


def merge_terms(slices: Sequence[FieldColumns]) -> MergedTerms:
    """Return the sorted terms of all slices."""
    first = slices[0]
    if all(_have_same_terms(first, each) for each in slices[1:]):
        # Such as those of a segment that is read twice, once for articles that have other tags.
        return MergedTerms(first.terms, first.terms_at, [np.arange(first.term_count)] * len(slices))
    own = [_split(each) for each in slices]
    merged = sorted(set().union(*own))
    place = {term: number for number, term in enumerate(merged)}
    places = [np.fromiter(map(place.__getitem__, ts), np.int64, len(ts)) for ts in own]
    return MergedTerms(*join_terms(merged), places)


def _have_same_terms(one: FieldColumns, other: FieldColumns) -> bool:
    if one.terms is other.terms:
        return True
    return np.array_equal(one.terms_at, other.terms_at) and np.array_equal(one.terms, other.terms)


def _split(columns: FieldColumns) -> list[bytes]:
    joined = columns.terms.tobytes()
    return [joined[start:end] for start, end in pairwise(columns.terms_at.tolist())]


def merge_lists(
    slices: Sequence[FieldColumns], renumberings: Sequence[Renumbering]
) -> FieldColumns:
    """Return the lists of the units that are kept, by their new numbers, without empty ones."""
    merged = merge_terms(slices)
    kept = [_keep(each, how) for each, how in zip(slices, renumberings, strict=True)]
    owners = np.concatenate(merged.places)
    # The runs of a term come out together, those of earlier segments first.
    order = np.argsort(owners, kind="stable")
    sizes = np.concatenate([np.diff(each.postings_at) for each in kept])
    totals = np.bincount(owners, weights=sizes, minlength=merged.term_count).astype(np.int64)
    is_used = totals > 0
    terms, terms_at = merged.only(is_used)
    postings = _lay_end_to_end(sizes, order)
    counts = positions = words = None
    if kept[0].counts is not None:
        spans = np.concatenate([_occurrences(each) for each in kept])
        occurrences = _lay_end_to_end(spans, order)
        counts = _joined([each.counts for each in kept])[postings]
        positions = _joined([each.positions for each in kept])[occurrences]
        words = _joined([each.words for each in kept])[occurrences]
    return FieldColumns(
        terms=terms,
        terms_at=terms_at,
        postings_at=starts_of(totals[is_used]),
        units=np.concatenate([each.units for each in kept])[postings],
        counts=counts,
        positions=positions,
        words=words,
        spans=_merge_spans(kept, order, postings),
    )


def sort_lists(columns: FieldColumns) -> FieldColumns:
    """Return lists of passages, none of which is twice in one, with these ascending."""
    sizes = np.diff(columns.postings_at)
    keys = np.repeat(np.arange(len(sizes), dtype=np.uint64) << np.uint64(32), sizes)
    order = np.argsort(keys | columns.units.astype(np.uint64), kind="stable")
    spans = columns.spans
    if spans is not None:
        places = _lay_end_to_end(spans.counts, order)
        spans = TagSpans(spans.counts[order], spans.firsts[places], spans.lengths[places])
    return columns._replace(units=columns.units[order], spans=spans)


def _keep(columns: FieldColumns, how: Renumbering) -> FieldColumns:
    """Return columns without the units that are not kept; lists may be empty."""
    units = how.numbers[columns.units]
    if how.live is None:
        return columns._replace(units=units)
    kept = how.live[columns.units]
    before = starts_of(kept)
    if columns.spans is not None:
        columns = columns._replace(spans=columns.spans.where(kept))
    if columns.counts is None or columns.positions is None or columns.words is None:
        return columns._replace(units=units[kept], postings_at=before[columns.postings_at])
    of_occurrence = np.repeat(kept, columns.counts)
    return columns._replace(
        units=units[kept],
        postings_at=before[columns.postings_at],
        counts=columns.counts[kept],
        positions=columns.positions[of_occurrence],
        words=columns.words[of_occurrence],
    )


def _occurrences(columns: FieldColumns) -> Array:
    """Return how many occurrences each list has."""
    counts = columns.counts
    return _sums_of_lists(counts if counts is not None else np.zeros(0, np.int64), columns)


def _sums_of_lists(counts: Array, columns: FieldColumns) -> Array:
    sizes: Array = np.diff(starts_of(counts)[columns.postings_at])
    return sizes


def _merge_spans(
    kept: Sequence[FieldColumns], order: Array, postings: Array | slice
) -> TagSpans | None:
    joined = join_spans([each.spans for each in kept], [len(each.units) for each in kept])
    if joined is None:
        return None
    sizes = np.concatenate(
        [
            np.zeros(each.term_count, np.int64)
            if each.spans is None
            else _sums_of_lists(each.spans.counts, each)
            for each in kept
        ]
    )
    places = _lay_end_to_end(sizes, order)
    return TagSpans(joined.counts[postings], joined.firsts[places], joined.lengths[places])


def _lay_end_to_end(sizes: Array, order: Array) -> Array | slice:
    """Return the places of the items of runs of these sizes, with the runs in another order."""
    if np.array_equal(order, np.arange(len(order))):
        # So it is with a list that is too long to be merged with others.
        return slice(None)
    taken = sizes[order]
    shifts = starts_of(sizes)[:-1][order] - starts_of(taken)[:-1]
    places = np.arange(int(taken.sum()))
    places += np.repeat(shifts, taken)
    return places


def _joined(values: Sequence[Array | None]) -> Array:
    return np.concatenate([each for each in values if each is not None])

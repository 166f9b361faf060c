"""Articles of a segment that live on under other keys and with other tags, all else as it is.

What a segment holds of them is merged into another one as it stands; only tags are new, and only
those of the types of which a passage has others now.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from pinakes.corpus import RetaggedArticle
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import FieldColumns, encode_term, starts_of
from pinakes.indexer.segments.gathering import WordGatherer
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.tag_gathering import TagGatherer
from pinakes.indexer.segments.tag_spans import FIELD
from pinakes.indexer.segments.workers import Workers


class NewTags:
    """The tags of some passages, to be read a slice of terms at a time as a segment's are."""

    def __init__(self, columns: FieldColumns) -> None:
        """Hold all terms of the field; a unit is a place among the passages."""
        self._columns = columns
        joined = columns.terms.tobytes()
        places = columns.terms_at.tolist()
        self._terms = [joined[start:end] for start, end in pairwise(places)]
        self.term_count = len(self._terms)
        self.item_starts = columns.postings_at

    def term_bytes(self, number: int) -> bytes:
        """Return a term."""
        return self._terms[number]

    def at_or_after(self, encoded: bytes) -> int:
        """Return the number of the first term not before `encoded`; `term_count` if none."""
        return bisect_left(self._terms, encoded)

    def read_slice(self, first: int, last: int) -> FieldColumns:
        """Return the terms from number `first` to before `last`, with their lists."""
        columns = self._columns
        at = columns.terms_at
        begin, end = columns.postings_at[[first, last]].tolist()
        spans = columns.spans
        if spans is not None:
            flags = np.zeros(len(columns.units), np.bool_)
            flags[begin:end] = True
            spans = spans.where(flags)
        return columns._replace(
            terms=columns.terms[int(at[first]) : int(at[last])],
            terms_at=at[first : last + 1] - at[first],
            postings_at=columns.postings_at[first : last + 1] - begin,
            units=columns.units[begin:end],
            spans=spans,
        )


class Retagged(NamedTuple):
    """Some articles of a segment, as they are to be.

    Attributes:
        segment: Holds them as they were.
        live: bool[A]; which of its articles they are.
        live_passages: bool[P]; which of its passages are theirs.
        article_key: int64[A]; their new keys, ascending; of others, anything.
        changed: The passages that have other tags now, ascending.
        dropped: Runs of terms of tags, begin and end, each with the passages that do not have them
            any more, bool[P].
        tags: Those that they have in the place of these.
    """

    segment: Segment
    live: Array
    live_passages: Array
    article_key: Array
    changed: Array
    dropped: Sequence[tuple[int, int, Array]]
    tags: NewTags

    def read_kept(self, first: int, last: int) -> FieldColumns:
        """Return terms of tags as the segment has them, without what is dropped."""
        columns = self.segment.read_slice(FIELD, first, last)
        is_kept = np.ones(len(columns.units), np.bool_)
        for begin, end, flags in self.dropped:
            place, stop = columns.postings_at[
                [min(max(number, first), last) - first for number in (begin, end)]
            ].tolist()
            is_kept[place:stop] &= ~flags[columns.units[place:stop]]
        return columns._replace(
            postings_at=starts_of(is_kept)[columns.postings_at],
            units=columns.units[is_kept],
            spans=None if columns.spans is None else columns.spans.where(is_kept),
        )


def retagged_in(segment: Segment, articles: Sequence[RetaggedArticle]) -> Retagged | None:
    """Return articles, whose keys ascend, as they are to be, that are living in a segment.

    None if any of them is not, or what the segment holds of it is not what it is said to have been.
    """
    known = [segment.find_key(each.old_key) for each in articles]
    places = np.array([place for place in known if place is not None], np.int64)
    is_living = segment.live is None or segment.live[places].all()
    if len(places) < len(known) or not is_living:
        return None
    first = segment.article_first.astype(np.int64)
    counts = np.array([each.difference.passage_count for each in articles], np.int64)
    if not np.array_equal(np.diff(first)[places], counts):
        return None
    live = np.zeros(segment.article_count, np.bool_)
    live[places] = True
    keys = np.zeros(segment.article_count, np.int64)
    keys[places] = [each.key for each in articles]
    changed = np.concatenate(
        [
            np.zeros(0, np.int64),
            *(
                first[place] + each.difference.passages
                for place, each in zip(places, articles, strict=True)
            ),
        ]
    ).astype(np.int64)
    tags = _read_tags(articles, segment.passage_words[changed])
    if tags is None:
        return None
    dropped = _read_dropped(articles, changed, segment.passage_count)
    return Retagged(
        segment=segment,
        live=live,
        live_passages=live[segment.passage_article],
        article_key=keys,
        changed=changed,
        dropped=_find_terms(segment, dropped),
        tags=NewTags(tags),
    )


def _read_dropped(
    articles: Iterable[RetaggedArticle], changed: Array, passage_count: int
) -> Mapping[str | None, Array]:
    """Return by the type of tags which passages have lost all of it, and by None, all tags."""
    by_types: dict[frozenset[str] | None, list[int]] = {}
    told = chain.from_iterable(article.difference.types for article in articles)
    for passage, types in zip(changed.tolist(), told, strict=True):
        by_types.setdefault(types, []).append(passage)
    dropped: dict[str | None, Array] = {}
    for types, passages in by_types.items():
        for type_ in (None,) if types is None else types:
            flags = dropped.setdefault(type_, np.zeros(passage_count, np.bool_))
            flags[passages] = True
    return dropped


def _find_terms(
    segment: Segment, dropped: Mapping[str | None, Array]
) -> list[tuple[int, int, Array]]:
    """Return the runs of the terms of types of tags, each with what is said of the type."""
    dictionary = segment.field(FIELD).dictionary
    runs: list[tuple[int, int, Array]] = []
    for type_, flags in dropped.items():
        if type_ is None:
            runs.append((0, dictionary.term_count, flags))
            continue
        own = encode_term(type_)
        # That of a type, and those of its values, between which others can stand.
        for begin, end in ((own, own + b"\0"), (own + b":", own + b";")):
            runs.append((dictionary.at_or_after(begin), dictionary.at_or_after(end), flags))
    return runs


def _read_tags(articles: Sequence[RetaggedArticle], lengths: Array) -> FieldColumns | None:
    """Return the tags of the changed passages; None if they have not so many words."""
    with Workers(1) as workers:
        gatherer, words = TagGatherer(), WordGatherer(workers)
        for _, _, difference in articles:
            tag_lists = difference.tag_lists
            words.add_runs(*gatherer.add(tag_lists, range(len(tag_lists))))
            starts = starts_of(np.array(difference.lengths, np.int64) + 1)
            words.add(difference.text, starts[:-1].tolist(), (starts[1:] - 1).tolist(), "")
        found, runs = words.finish_runs()
    return gatherer.finish(lengths, runs) if np.array_equal(found, lengths) else None

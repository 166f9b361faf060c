"""The list of a clause in one segment, made ready for ranking, and several segments' as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pinakes.indexer import (
    PostingCodes,
    Segment,
    codes_of,
    encode_term,
    length_classes,
    reclass,
)
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.first_hits.clause_list import ListPart
from pinakes.search.evaluation.texts.held import Array, Flags, Held, held_nowhere, run_starts
from pinakes.search.evaluation.texts.lookup import find_clause
from pinakes.search.evaluation.texts.targets import Stems
from pinakes.search.evaluation.texts.terms import are_of, languages_of


def read_part(segment: Segment, clause: Clause, length_floor: Array) -> ListPart:
    """Return the living passages of `segment` that hold `clause`.

    `length_floor` are the classes of lengths that its codes are to be of.
    """
    if isinstance(clause.target, Stems) and not clause.title_only:
        return _read_stems(segment, clause.target, length_floor)
    held = find_clause(segment, clause)
    living = segment.live_passages
    if living is not None:
        held = held.where(living[held.passages])
    return _part_of(segment, held, length_floor)


def _read_stems(segment: Segment, target: Stems, length_floor: Array) -> ListPart:
    """Return the living passages that hold the stem of their article's language."""
    lists = segment.stems
    languages = languages_of(target)
    found: list[ListPart] = []
    for stem, of in languages.items():
        if segment.language_numbers.keys().isdisjoint(of):
            continue
        number = lists.number(encode_term(stem))
        if number is not None:
            unpacked = segment.unpacked.stem(number)
            every = ListPart(
                postings=unpacked.postings,
                article_count=lists.article_count(number),
                many=unpacked.many,
            )
            found.append(_counting(segment, every, of if len(languages) > 1 else ()))
    found = [part for part in found if len(part.postings.passages)]
    if not found:
        return _part_of(segment, held_nowhere(), length_floor)
    part = found[0] if len(found) == 1 else _merged(found, segment.passage_count)
    if length_floor is lists.length_floor or np.array_equal(length_floor, lists.length_floor):
        return part
    return _reclassed(part, lists.length_floor, length_floor, segment.passage_count)


def _counting(segment: Segment, part: ListPart, languages: Sequence[str]) -> ListPart:
    """Return what of a list is living, and of one of some languages if any are given."""
    postings = part.postings
    kept: Flags | None = segment.live_passages
    if kept is not None:
        kept = kept.take(postings.passages)
    if languages:
        spoken = are_of(segment, postings.passages, languages)
        kept = spoken if kept is None else kept & spoken
    if kept is None or kept.all():
        return part
    rows = kept.nonzero()[0]
    passages = postings.passages.take(rows)
    many, counts = part.find_many()
    are_kept = kept.take(many)
    return ListPart(
        postings=PostingCodes(passages, lambda: postings.codes.take(rows), segment.passage_count),
        article_count=len(run_starts(segment.passage_article.take(passages))),
        many=(rows.searchsorted(many[are_kept]), counts[are_kept]),
    )


def _merged(parts: Sequence[ListPart], passage_count: int) -> ListPart:
    """Return lists of one segment as one; no article is in two of them."""
    joined = join_parts(parts, [*[0] * len(parts), passage_count])
    postings = joined.postings
    order = postings.passages.argsort(kind="stable")
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    many, counts = joined.find_many()
    rows = places.take(many)
    ascending = rows.argsort()
    return joined._replace(
        postings=PostingCodes(
            postings.passages.take(order), lambda: postings.codes.take(order), passage_count
        ),
        many=(rows.take(ascending), counts.take(ascending)),
    )


def _reclassed(part: ListPart, own: Array, wanted: Array, passage_count: int) -> ListPart:
    """Return a list with codes of other classes of lengths.

    Of the new classes a passage gets the longest that is not above its own, so that what its code
    says of its score is never too little.
    """
    postings = part.postings

    def make_codes() -> Array:
        return reclass(postings.codes, own, wanted)

    return part._replace(postings=PostingCodes(postings.passages, make_codes, passage_count))


def _part_of(segment: Segment, held: Held, length_floor: Array) -> ListPart:
    def make_codes() -> Array:
        classes = length_classes(segment.passage_words[held.passages], length_floor)
        return codes_of(held.counts, classes)

    passages = held.passages.astype(np.uint32)
    return ListPart(
        postings=PostingCodes(passages, make_codes, segment.passage_count),
        article_count=len(run_starts(segment.passage_article.take(held.passages))),
        counts=held.counts,
    )


def join_parts(parts: Sequence[ListPart], first_passages: Sequence[int]) -> ListPart:
    """Return the lists of segments as one.

    `first_passages` are where theirs begin in it, and the end of the last.
    """
    lists = [part.postings for part in parts]
    shifted = [
        each.passages + np.uint32(first) for each, first in zip(lists, first_passages, strict=False)
    ]

    def make_codes() -> Array:
        return np.concatenate([each.codes for each in lists])

    joined = PostingCodes(np.concatenate(shifted), make_codes, first_passages[-1])
    article_count = sum(part.article_count for part in parts)
    if all(part.many is None for part in parts):
        counts = np.concatenate([part.counts for part in parts if part.counts is not None])
        return ListPart(postings=joined, article_count=article_count, counts=counts)
    first_rows = np.cumsum([0, *(len(each.passages) for each in lists)]).tolist()
    many = [part.find_many() for part in parts]
    rows = [rows + first for (rows, _), first in zip(many, first_rows, strict=False)]
    return ListPart(
        postings=joined,
        article_count=article_count,
        many=(np.concatenate(rows), np.concatenate([counts for _, counts in many])),
    )

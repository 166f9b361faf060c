"""The list of a clause in one segment, made ready for ranking, and several segments' as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pinakes.indexer import MANY, PostingCodes, Segment, codes_of, encode_term, length_classes
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.first_hits.clause_list import ListPart
from pinakes.search.evaluation.texts.held import Array, Held, held_nowhere, run_starts
from pinakes.search.evaluation.texts.lookup import find_clause
from pinakes.search.evaluation.texts.targets import Stems


def read_part(segment: Segment, clause: Clause, length_floor: Array) -> ListPart:
    """Return the living passages of `segment` that hold `clause`.

    `length_floor` are the classes of lengths that its codes are to be of: those of the segment
    itself cost nothing.
    """
    target = clause.target
    stems = {stem for _, stem in target.by_language} if isinstance(target, Stems) else set()
    if len(stems) == 1 and not clause.title_only and segment.live is None:
        own_floor = segment.stems.length_floor
        if length_floor is own_floor or np.array_equal(length_floor, own_floor):
            return _read_stem(segment, stems.pop())
    held = find_clause(segment, clause)
    living = segment.live_passages
    if living is not None:
        held = held.where(living[held.passages])
    return _part_of(segment, held, length_floor)


def _read_stem(segment: Segment, stem: str) -> ListPart:
    lists = segment.stems
    number = lists.number(encode_term(stem))
    if number is None:
        return _part_of(segment, held_nowhere(), lists.length_floor)
    found = segment.unpacked.stem(number)
    return ListPart(
        postings=found.postings,
        many_rows=found.many_rows,
        many_counts=found.many_counts,
        article_count=lists.article_count(number),
    )


def _part_of(segment: Segment, held: Held, length_floor: Array) -> ListPart:
    many_rows = (held.counts >= MANY).nonzero()[0]
    classes = length_classes(segment.passage_words[held.passages], length_floor)
    return ListPart(
        postings=PostingCodes(
            held.passages.astype(np.uint32), codes_of(held.counts, classes), segment.passage_count
        ),
        many_rows=many_rows,
        many_counts=held.counts[many_rows],
        article_count=len(run_starts(segment.passage_article[held.passages])),
    )


def join_parts(parts: Sequence[ListPart], first_passages: Sequence[int]) -> ListPart:
    """Return the lists of segments as one.

    `first_passages` are where theirs begin in it, and the end of the last.
    """
    lists = [part.postings for part in parts]
    first_rows = np.cumsum([0, *(len(each.passages) for each in lists)]).tolist()
    shifted = [
        each.passages + np.uint32(first) for each, first in zip(lists, first_passages, strict=False)
    ]
    return ListPart(
        postings=PostingCodes(
            np.concatenate(shifted),
            np.concatenate([each.codes for each in lists]),
            first_passages[-1],
        ),
        many_rows=np.concatenate(
            [part.many_rows + row for part, row in zip(parts, first_rows, strict=False)]
        ),
        many_counts=np.concatenate([part.many_counts for part in parts]),
        article_count=sum(part.article_count for part in parts),
    )

"""The list of a clause in one segment, made ready for ranking, and several segments' as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pinakes.indexer import MANY, Segment, codes_of, length_classes
from pinakes.search.evaluation.clause_list import ListPart
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.held import Array, Held, Ordinals, run_starts
from pinakes.search.evaluation.lookup import find_clause
from pinakes.search.evaluation.targets import Stems

_NOTHING: Ordinals = np.empty(0, dtype=np.int64)


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
    number = lists.number(stem.encode("utf-8", "replace"))
    if number is None:
        return _part_of(segment, Held(passages=_NOTHING, counts=_NOTHING), lists.length_floor)
    many_rows, many_counts = lists.many(number)
    return ListPart(
        passages=lists.passages(number).astype(np.uint32),
        codes=lists.codes(number),
        many_rows=many_rows,
        many_counts=many_counts,
        article_count=lists.article_count(number),
    )


def _part_of(segment: Segment, held: Held, length_floor: Array) -> ListPart:
    many_rows = (held.counts >= MANY).nonzero()[0]
    classes = length_classes(segment.passage_words[held.passages], length_floor)
    return ListPart(
        passages=held.passages.astype(np.uint32),
        codes=codes_of(held.counts, classes),
        many_rows=many_rows,
        many_counts=held.counts[many_rows],
        article_count=len(run_starts(segment.passage_article[held.passages])),
    )


def join_parts(parts: Sequence[ListPart], first_passages: Sequence[int]) -> ListPart:
    """Return the lists of segments as one; `first_passages` are where theirs begin in it."""
    first_rows = np.cumsum([0, *(len(part.passages) for part in parts)]).tolist()
    pairs = list(zip(parts, first_passages, first_rows, strict=False))
    return ListPart(
        passages=np.concatenate([part.passages + np.uint32(passage) for part, passage, _ in pairs]),
        codes=np.concatenate([part.codes for part in parts]),
        many_rows=np.concatenate([part.many_rows + row for part, _, row in pairs]),
        many_counts=np.concatenate([part.many_counts for part in parts]),
        article_count=sum(part.article_count for part in parts),
    )

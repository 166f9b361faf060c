"""All that satisfies a query, for who counts it or sums it up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from pinakes.search.evaluation.clauses import Clause, Sought
from pinakes.search.evaluation.segment_answer import SegmentAnswer
from pinakes.search.evaluation.texts.held import Ordinals


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """What satisfies a query, by its place in the row of all segments of a snapshot.

    Attributes:
        articles: Ascending.
        passages: The evidence, ascending.
    """

    articles: Ordinals
    passages: Ordinals


class Found(Protocol):
    """What was found out about a query, and can be asked for all that satisfies it."""

    def matches(self) -> Matches:
        """Return all that satisfies the query."""

    def count_occurrences(self) -> int:
        """Return how often what is looked for stands in the evidence, where it counts.

        Each occurrence of each clause; of clauses that look for the same, those of one.
        """


class NothingFound:
    """Of a query that asks for nothing."""

    def matches(self) -> Matches:
        """Return nothing."""
        nothing = np.empty(0, dtype=np.int64)
        return Matches(articles=nothing, passages=nothing)

    def count_occurrences(self) -> int:
        """Return 0."""
        return 0


class FoundInSegments:
    """What was found out segment by segment."""

    def __init__(self, answers: Sequence[SegmentAnswer], clauses: Sequence[Clause]) -> None:
        """Hold the answers of all segments, in order, to a plan of these clauses."""
        self._answers = answers
        self._clauses = clauses

    def matches(self) -> Matches:
        """Return all that satisfies the query."""
        segments = [answer.view.segment for answer in self._answers]
        return Matches(
            articles=_in_a_row(
                [answer.articles for answer in self._answers],
                [segment.article_count for segment in segments],
            ),
            passages=_in_a_row(
                [answer.evidence for answer in self._answers],
                [segment.passage_count for segment in segments],
            ),
        )

    def count_occurrences(self) -> int:
        """Return how often what is looked for stands in the evidence, where it counts."""
        return sum(map(self._count_in, self._answers))

    def _count_in(self, answer: SegmentAnswer) -> int:
        counted: dict[Sought, dict[int, int]] = {}
        single: dict[Sought, int] = {}
        sought = [self._clauses[proof.clause].sought for proof in answer.proofs]
        for proof, what in zip(answer.proofs, sought, strict=True):
            if sought.count(what) == 1:
                single[what] = int(proof.held.counts.sum())
            else:
                passages, counts = proof.held.passages.tolist(), proof.held.counts.tolist()
                counted.setdefault(what, {}).update(zip(passages, counts, strict=True))
        return sum(single.values()) + sum(sum(found.values()) for found in counted.values())


def _in_a_row(units: Sequence[Ordinals], sizes: Iterable[int]) -> Ordinals:
    firsts = np.cumsum([0, *sizes])[:-1]
    shifted = [each + first for each, first in zip(units, firsts.tolist(), strict=True)]
    return np.concatenate([np.empty(0, dtype=np.int64), *shifted])

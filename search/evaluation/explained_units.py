"""What explains the score of a unit: how often each clause stands in each of its passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pinakes.search.evaluation.evidence import Proof, find_proofs
from pinakes.search.evaluation.plan import Plan
from pinakes.search.evaluation.texts.held import Flags
from pinakes.search.evaluation.units import SegmentView, satisfy


class JudgedSegment:
    """A segment with what proves the query there."""

    def __init__(self, view: SegmentView, plan: Plan) -> None:
        """Judge a segment by a plan, when it is asked for."""
        self.view = view
        self._plan = plan

    @cached_property
    def _found(self) -> tuple[Flags, tuple[Proof, ...]]:
        if self._plan.root is None:
            return np.zeros(self.view.unit_count, np.bool_), ()
        units, leaves = satisfy(self.view, self._plan.root)
        return units, find_proofs(self.view, leaves)

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """What proves the query in texts."""
        return self._found[1]

    def satisfies(self, unit: int) -> bool:
        """Return whether a unit satisfies the query."""
        return bool(self._found[0][unit])

    def passages_of(self, key: int) -> tuple[int, int] | None:
        """Return the first passage of a living article and one past its last; None if not here."""
        segment = self.view.segment
        article = segment.find_key(key)
        if article is None or (segment.live is not None and not segment.live[article]):
            return None
        first, end = segment.article_first[article : article + 2].tolist()
        return first, end


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """How often a clause stands in a passage.

    Attributes:
        clause: Its number.
        passage: The passage, by its place in the segment.
        count: How often.
    """

    clause: int
    passage: int
    count: int


class CountedUnit:
    """A unit of a segment: the passages from `first` to before `end`."""

    def __init__(self, judged: JudgedSegment, first: int, end: int) -> None:
        """Take passages of a segment, which make up a unit."""
        self.view = judged.view
        self.first = first
        self.end = end
        self.judged = judged

    @property
    def is_satisfied(self) -> bool:
        """Whether it satisfies the query."""
        return self.judged.satisfies(int(self.view.unit_of[self.first]))

    @cached_property
    def counts(self) -> list[list[ClauseCount]]:
        """By proof: how often its clause stands in each passage that holds it."""
        return [list(self._count(proof)) for proof in self.judged.proofs]

    def _count(self, proof: Proof) -> Iterator[ClauseCount]:
        passages = proof.held.passages
        for row in range(*np.searchsorted(passages, (self.first, self.end)).tolist()):
            yield ClauseCount(proof.clause, int(passages[row]), int(proof.held.counts[row]))

    def length_of(self, passage: int) -> int:
        """Return the words of a passage."""
        return int(self.view.segment.passage_words[passage])

    def zone_lengths(self) -> list[int]:
        """Return the words of the article by zone."""
        segment = self.view.segment
        lengths: list[int] = segment.article_words[segment.passage_article[self.first]].tolist()
        return lengths

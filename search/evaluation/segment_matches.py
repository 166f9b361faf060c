"""All that satisfies a query, of the answers of segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.copies import Collapsed
from pinakes.search.evaluation.matches import Matches
from pinakes.search.evaluation.segment_answer import SegmentAnswer
from pinakes.search.evaluation.texts.held import Flags, Ordinals


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

    def matching_articles(self) -> Ordinals:
        """Return the articles that satisfy the query, ascending."""
        return self.matches().articles

    def count_passages_of(self, articles: Flags) -> int:
        """Return how many of the passages that prove the query are of some of these articles."""
        return sum(
            int(np.count_nonzero(flags[answer.view.segment.passage_article[answer.evidence]]))
            for answer, flags in zip(self._answers, self._by_segment(articles), strict=True)
        )

    def shown(self, collapsed: Collapsed | None) -> Sequence[SegmentAnswer]:
        """Return the answers without what is hidden."""
        if collapsed is None:
            return self._answers
        hidden = self._by_segment(collapsed.hidden)
        return [_without(*pair) for pair in zip(self._answers, hidden, strict=True)]

    def _by_segment(self, articles: Flags) -> list[Flags]:
        ends = np.cumsum([answer.view.segment.article_count for answer in self._answers])
        return np.split(articles, ends[:-1])

    def count_occurrences(self) -> int:
        """Return how often what is looked for stands in the evidence, where it counts."""
        return sum(map(self._count_in, self._answers))

    def _count_in(self, answer: SegmentAnswer) -> int:
        counted: dict[str, dict[int, int]] = {}
        single: dict[str, int] = {}
        sought = [self._clauses[proof.clause].kept_as for proof in answer.proofs]
        for proof, what in zip(answer.proofs, sought, strict=True):
            if sought.count(what) == 1:
                single[what] = int(proof.held.counts.sum())
            else:
                passages, counts = proof.held.passages.tolist(), proof.held.counts.tolist()
                counted.setdefault(what, {}).update(zip(passages, counts, strict=True))
        return sum(single.values()) + sum(sum(found.values()) for found in counted.values())


def _without(answer: SegmentAnswer, hidden: Flags) -> SegmentAnswer:
    articles = ~hidden[answer.articles]
    evidence = ~hidden[answer.view.segment.passage_article[answer.evidence]]
    return answer._replace(
        articles=answer.articles[articles],
        scores=answer.scores[articles],
        evidence=answer.evidence[evidence],
        evidence_scores=answer.evidence_scores[evidence],
    )


def _in_a_row(units: Sequence[Ordinals], sizes: Iterable[int]) -> Ordinals:
    firsts = np.cumsum([0, *sizes])[:-1]
    shifted = [each + first for each, first in zip(units, firsts.tolist(), strict=True)]
    return np.concatenate([np.empty(0, dtype=np.int64), *shifted])

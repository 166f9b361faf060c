"""Newer articles before older ones that answer as well, where that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.bm25 import Floats
from pinakes.search.evaluation.segment_answer import SegmentAnswer
from pinakes.search.evaluation.texts.held import Array

SHARE = 0.5
"""What part of a score an old article, or one without a date, loses."""


class Freshness(NamedTuple):
    """How much newer articles are preferred.

    Attributes:
        newest: The day of publication of the newest living article, as `date.toordinal` counts.
        half_life_days: At this age half of `SHARE` is lost.
    """

    newest: int
    half_life_days: int

    def factor(self, day: int) -> float:
        """Return what the score of an article of a day is multiplied by, from `1 - SHARE` to 1.

        `1 - SHARE + SHARE * 2 ** (-age / half life)`: the prior of X. Li, W. B. Croft: Time-Based
        Language Models (CIKM 2003), kept from outweighing the words. The age counts from the newest
        article of the archive, so that the same archive always answers the same.

        Args:
            day: 0 if it is not known, and the article as old as can be.
        """
        if not day:
            return 1 - SHARE
        return float(1 - SHARE + SHARE * 2.0 ** (-max(0, self.newest - day) / self.half_life_days))

    def factors(self, days: Array) -> Floats:
        """Return what `factor` does, of many days."""
        known, places = np.unique(days, return_inverse=True)
        return np.array([self.factor(day) for day in known.tolist()], np.float64)[places]


def measure_ages(snapshot: Snapshot, half_life_days: int) -> Freshness:
    """Return how much newer articles of a snapshot are preferred."""
    if snapshot.remote is not None:
        return Freshness(snapshot.remote.totals.newest_day, half_life_days)
    newest = 0
    for segment in snapshot.segments:
        days = segment.published[:, 0]
        living = days if segment.live is None else days[segment.live]
        newest = max(newest, int(living.max(initial=0)))
    return Freshness(newest, half_life_days)


def freshen(answers: Sequence[SegmentAnswer], freshness: Freshness) -> list[SegmentAnswer]:
    """Return answers with the scores of their articles, and of passages as hits, multiplied."""
    found: list[SegmentAnswer] = []
    for answer in answers:
        segment = answer.view.segment
        factors = freshness.factors(segment.published[:, 0])
        found.append(
            answer._replace(
                scores=answer.scores * factors[answer.articles],
                evidence_scores=answer.evidence_scores
                * factors[segment.passage_article[answer.evidence]],
            )
        )
    return found

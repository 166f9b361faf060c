"""The scores of passages, units and articles of one segment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pinakes.search.evaluation.bm25 import PASSAGE_SHARE, Floats, Statistics, bm25, bm25f
from pinakes.search.evaluation.evidence import Proof
from pinakes.search.evaluation.texts.held import ZONE_OF_KIND, Array, Ordinals, run_starts
from pinakes.search.evaluation.units import SegmentView
from pinakes.search.options import Scope


class Weighing(NamedTuple):
    """What is known about the whole archive before a segment is looked at.

    Attributes:
        weights: What each clause counts, by its rarity and its boost.
        statistics: The lengths of its articles and passages.
        constants: What a unit scores in which a clause of a constant counts, by constant.
        constant_of: The constant of each clause, if it is of one; then its weight is 0.
    """

    weights: tuple[float, ...]
    statistics: Statistics
    constants: tuple[float, ...] = ()
    constant_of: tuple[int | None, ...] = ()


def score_passages(view: SegmentView, proofs: Sequence[Proof], weighing: Weighing) -> Floats:
    """Return the BM25 score of every passage of the segment."""
    scores = np.zeros(view.segment.passage_count)
    for proof in proofs:
        passages = proof.held.passages
        scores[passages] += weighing.weights[proof.clause] * bm25(
            proof.held.counts,
            view.segment.passage_words[passages],
            weighing.statistics.passage_words,
        )
    return scores


def score_units(view: SegmentView, proofs: Sequence[Proof], weighing: Weighing) -> Floats:
    """Return the BM25F score of every unit of the segment.

    A passage as a unit has all its words in one zone, and the length of a passage is judged by that
    of other passages, whatever their zone.
    """
    scores = np.zeros(view.unit_count)
    for proof in proofs:
        units, zone_counts = _count_by_zone(view, proof)
        if view.scope is Scope.ARTICLE:
            zone_words = view.segment.article_words[units]
            means = weighing.statistics.zone_words
        else:
            zone_words = np.repeat(view.segment.passage_words[units][:, np.newaxis], 3, axis=1)
            means = (weighing.statistics.passage_words,) * 3
        scores[units] += weighing.weights[proof.clause] * bm25f(zone_counts, zone_words, means)
    for number, constant in enumerate(weighing.constants):
        counts = np.zeros(view.unit_count, dtype=np.bool_)
        for proof in proofs:
            if weighing.constant_of[proof.clause] == number:
                counts[view.unit_of[proof.held.passages]] = True
        scores[counts] += constant
    return scores


def _count_by_zone(view: SegmentView, proof: Proof) -> tuple[Array, Array]:
    """Return the units that hold a clause, and how often each does: a column a zone."""
    passages = proof.held.passages
    unit_of_passage = view.unit_of[passages]
    firsts = run_starts(unit_of_passage)
    runs = np.zeros(len(passages), dtype=np.int64)
    runs[firsts[1:]] = 1
    cells = 3 * np.cumsum(runs) + ZONE_OF_KIND[view.segment.passage_kind[passages]]
    counts = np.bincount(cells, weights=proof.held.counts, minlength=3 * len(firsts))
    return unit_of_passage[firsts], counts.reshape(-1, 3)


def score_articles(
    view: SegmentView, evidence: Ordinals, passage_scores: Floats, unit_scores: Floats
) -> tuple[Ordinals, Floats]:
    """Return the articles that `evidence` is of, and their scores.

    A unit has its own score and a share of that of its best passage; an article that of its best
    unit.
    """
    scores = passage_scores[evidence]
    unit_of_evidence = view.unit_of[evidence]
    if len(evidence):
        firsts = run_starts(unit_of_evidence)
        units = unit_of_evidence[firsts]
        scores = unit_scores[units] + PASSAGE_SHARE * np.maximum.reduceat(scores, firsts)
        evidence = evidence[firsts]
    articles = view.segment.passage_article[evidence].astype(np.int64)
    firsts = run_starts(articles)
    if len(articles):
        scores = np.maximum.reduceat(scores, firsts)
    return articles[firsts], scores

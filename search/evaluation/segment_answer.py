"""The answer of one segment to a plan."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pinakes.indexer import KINDS
from pinakes.search.evaluation.bm25 import Floats
from pinakes.search.evaluation.evidence import Proof, find_evidence, find_proofs
from pinakes.search.evaluation.plan import PlanNode
from pinakes.search.evaluation.ranking import RankedArticle, RankedPassage
from pinakes.search.evaluation.scores import Weighing, score_articles, score_passages, score_units
from pinakes.search.evaluation.tags.tag_proof import TagProof
from pinakes.search.evaluation.texts.held import Array, Ordinals
from pinakes.search.evaluation.units import SegmentView, satisfy


class SegmentAnswer(NamedTuple):
    """What satisfies a plan in one segment.

    Attributes:
        view: The segment.
        articles: Ordinals of the articles, ascending.
        scores: Theirs.
        evidence: Ordinals of the passages that prove them, ascending.
        evidence_scores: Theirs.
        proofs: Which clauses stand where, in the order of the query.
        tag_proof: Which conditions on tags count where.
    """

    view: SegmentView
    articles: Ordinals
    scores: Floats
    evidence: Ordinals
    evidence_scores: Floats
    proofs: tuple[Proof, ...]
    tag_proof: TagProof


def answer_segment(view: SegmentView, root: PlanNode, weighing: Weighing) -> SegmentAnswer:
    """Return which articles of the segment satisfy a plan, how well, and by which passages."""
    units, leaves = satisfy(view, root)
    proofs = find_proofs(view, leaves)
    evidence = find_evidence(view, units, leaves, proofs)
    passage_scores = score_passages(view, proofs, weighing)
    unit_scores = score_units(view, proofs, weighing)
    articles, scores = score_articles(view, evidence, passage_scores, unit_scores)
    return SegmentAnswer(
        view=view,
        articles=articles,
        scores=scores,
        evidence=evidence,
        evidence_scores=passage_scores[evidence],
        proofs=proofs,
        tag_proof=TagProof(view, leaves),
    )


def describe_article(answer: SegmentAnswer, row: int) -> RankedArticle:
    """Return the article in `row` of an answer with all its evidence, best first."""
    first, end = answer.view.segment.article_first[answer.articles[row] :][:2].tolist()
    rows = slice(*np.searchsorted(answer.evidence, (first, end)).tolist())
    passages = _describe(answer, rows)
    passages.sort(key=lambda passage: (-len(passage.clauses), -passage.score, passage.number))
    return RankedArticle(
        key=int(answer.view.segment.article_key[answer.articles[row]]),
        score=float(answer.scores[row]),
        passages=tuple(passages),
    )


def describe_passage(answer: SegmentAnswer, row: int) -> RankedArticle:
    """Return the passage in `row` of an answer's evidence as a hit of its own."""
    segment = answer.view.segment
    return RankedArticle(
        key=int(segment.article_key[segment.passage_article[answer.evidence[row]]]),
        score=float(answer.evidence_scores[row]),
        passages=tuple(_describe(answer, slice(row, row + 1))),
    )


def _describe(answer: SegmentAnswer, rows: slice) -> list[RankedPassage]:
    """Return some of an answer's evidence, all of one article."""
    segment = answer.view.segment
    evidence = answer.evidence[rows].tolist()
    first = int(segment.article_first[segment.passage_article[evidence[0]]])
    clauses: dict[int, list[int]] = {}
    for proof in answer.proofs:
        for passage in _between(proof.held.passages, evidence[0], evidence[-1] + 1).tolist():
            clauses.setdefault(passage, []).append(proof.clause)
    return [
        RankedPassage(
            number=passage - first,
            kind=KINDS[segment.passage_kind[passage]],
            score=score,
            clauses=frozenset(clauses.get(passage, ())),
            tags=answer.tag_proof.of(passage),
        )
        for passage, score in zip(evidence, answer.evidence_scores[rows].tolist(), strict=True)
    ]


def _between(ordinals: Array, first: int, end: int) -> Array:
    """Return those of `ordinals`, ascending, from `first` to before `end`."""
    low, high = np.searchsorted(ordinals, (first, end))
    return ordinals[low:high]

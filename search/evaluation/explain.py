"""How the score of a hit comes about, down to what was counted.

The same formulas as in `scores.py`, on plain numbers and in the same order, so that the parts add
up to the score that the hit has, to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pinakes.indexer import ZONES, Snapshot
from pinakes.search.evaluation.bm25 import K1, ZONE_WEIGHTS, B, inverse_article_frequency
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.evidence import Proof, find_proofs
from pinakes.search.evaluation.plan import Plan
from pinakes.search.evaluation.ranking import RankedArticle
from pinakes.search.evaluation.score_parts import (
    IDF,
    PASSAGE_SATURATED,
    PRODUCT,
    ZONE,
    ZONES_SATURATED,
    ScorePart,
    number,
    sum_of,
)
from pinakes.search.evaluation.scores import Weighing
from pinakes.search.evaluation.segment_ranking import weigh
from pinakes.search.evaluation.texts.held import ZONE_OF_KIND, Flags
from pinakes.search.evaluation.units import SegmentView, count_articles, satisfy, view_segment
from pinakes.search.options import By, Scope, SearchOptions


def explain_hits(
    plan: Plan,
    snapshot: Snapshot,
    options: SearchOptions,
    hits: Sequence[RankedArticle],
    texts: Sequence[str],
) -> tuple[ScorePart, ...]:
    """Return how the score of each hit comes about.

    Args:
        plan: As it was ranked.
        snapshot: The state of the index that answered.
        options: What was asked for.
        hits: Of the ranking.
        texts: How to call the clauses, by number.
    """
    views = [view_segment(segment, plan, options.scope) for segment in snapshot.segments]
    explainer = _Explainer(
        plan=plan,
        weighing=weigh(views, plan, snapshot),
        holding=[
            sum(count_articles(view, clause.number) for view in views) for clause in plan.clauses
        ],
        texts=texts,
    )
    judged = [_Judged(view, plan) for view in views]
    return tuple(_explain(explainer, judged, options, hit) for hit in hits)


def _explain(
    explainer: _Explainer, judged: Sequence[_Judged], options: SearchOptions, hit: RankedArticle
) -> ScorePart:
    for segment in judged:
        passages = segment.passages_of(hit.key)
        if passages is not None:
            first, end = passages
            if options.by is By.PASSAGE:
                first += hit.passages[0].number
                return explainer.explain_passage(_Unit(segment, first, first + 1), first)
            if options.scope is Scope.ARTICLE:
                return explainer.explain_unit(_Unit(segment, first, end), first)
            units = (_Unit(segment, one, one + 1) for one in range(first, end))
            parts = [explainer.explain_unit(unit, first) for unit in units if unit.is_satisfied]
            return max(parts, key=lambda part: part.value)
    raise ValueError(f"no article has the key {hit.key}")


class _Judged:
    """A segment with what proves the query there."""

    def __init__(self, view: SegmentView, plan: Plan) -> None:
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
class _Count:
    """How often a clause stands in a passage."""

    clause: int
    passage: int
    count: int


class _Unit:
    """A unit of a segment: the passages from `first` to before `end`."""

    def __init__(self, judged: _Judged, first: int, end: int) -> None:
        self.view = judged.view
        self.first = first
        self.end = end
        self._judged = judged

    @property
    def is_satisfied(self) -> bool:
        """Whether it satisfies the query."""
        return self._judged.satisfies(int(self.view.unit_of[self.first]))

    @cached_property
    def counts(self) -> list[list[_Count]]:
        """By proof: how often its clause stands in each passage that holds it."""
        return [list(self._count(proof)) for proof in self._judged.proofs]

    def _count(self, proof: Proof) -> Iterator[_Count]:
        passages = proof.held.passages
        for row in range(*np.searchsorted(passages, (self.first, self.end)).tolist()):
            yield _Count(proof.clause, int(passages[row]), int(proof.held.counts[row]))

    def length_of(self, passage: int) -> int:
        """Return the words of a passage."""
        return int(self.view.segment.passage_words[passage])

    def zone_lengths(self) -> list[int]:
        """Return the words of the article by zone."""
        segment = self.view.segment
        lengths: list[int] = segment.article_words[segment.passage_article[self.first]].tolist()
        return lengths


@dataclass(frozen=True, slots=True, kw_only=True)
class _Explainer:
    plan: Plan
    weighing: Weighing
    holding: Sequence[int]
    texts: Sequence[str]

    def explain_unit(self, unit: _Unit, article_first: int) -> ScorePart:
        """Return the score of an article, or of a passage as a unit."""
        parts = [self._in_unit(unit, counts) for counts in unit.counts if counts]
        parts += self._constants(unit)
        held = {each.passage for counts in unit.counts for each in counts}
        if held:
            of_passages = [
                self.explain_passage(_Unit(unit._judged, one, one + 1), article_first)
                for one in sorted(held)
            ]
            parts.append(max(of_passages, key=lambda part: part.value))
        where = "article" if unit.view.scope is Scope.ARTICLE else "best passage as a unit"
        return sum_of("score", f"score of the {where}", parts)

    def explain_passage(self, unit: _Unit, article_first: int) -> ScorePart:
        """Return the BM25 of the only passage of a unit."""
        parts = [self._in_passage(unit, counts[0]) for counts in unit.counts if counts]
        return sum_of("BM25", f"passage #{unit.first - article_first}", parts)

    def _in_unit(self, unit: _Unit, counts: Sequence[_Count]) -> ScorePart:
        clause = self.plan.clauses[counts[0].clause]
        zones = list(self._zones(unit, counts))
        weight = sum_of("w", "occurrences, weighed by zone and length", zones)
        saturated = ScorePart(
            value=weight.value / (K1 + weight.value),
            name="saturation",
            what="how much of the weight is reached",
            formula=ZONES_SATURATED,
            parts=(weight,),
        )
        return self._weighed(clause, saturated, "BM25F", "")

    def _zones(self, unit: _Unit, counts: Sequence[_Count]) -> Iterator[ScorePart]:
        statistics = self.weighing.statistics
        if unit.view.scope is Scope.ARTICLE:
            lengths, means = unit.zone_lengths(), statistics.zone_words
        else:
            lengths = [unit.length_of(unit.first)] * 3
            means = (statistics.passage_words,) * 3
        kinds = unit.view.segment.passage_kind
        for zone, name in enumerate(ZONES):
            tf = sum(c.count for c in counts if ZONE_OF_KIND[kinds[c.passage]] == zone)
            if tf and means[zone]:
                boost, length, mean = ZONE_WEIGHTS[zone], lengths[zone], means[zone]
                yield ScorePart(
                    value=boost * tf / (1 - B + B * (length / mean)),
                    name=name,
                    what=f"occurrences in {name}",
                    formula=ZONE,
                    parts=(
                        number(boost, "W", f"weight of {name}"),
                        number(tf, "tf", f"occurrences in {name}"),
                        number(length, "len", f"words of {name}"),
                        number(mean, "mean", f"words of {name} on average"),
                    ),
                )

    def _in_passage(self, unit: _Unit, found: _Count) -> ScorePart:
        mean = self.weighing.statistics.passage_words
        length = unit.length_of(found.passage)
        half = length * (K1 * B / mean) + K1 * (1 - B)
        saturated = ScorePart(
            value=found.count / (half + found.count),
            name="saturation",
            what="how much of the weight is reached",
            formula=PASSAGE_SATURATED,
            parts=(
                number(found.count, "tf", "occurrences in the passage"),
                number(length, "len", "words of the passage"),
                number(mean, "mean", "words of a passage on average"),
            ),
        )
        return self._weighed(self.plan.clauses[found.clause], saturated, "BM25", " in the passage")

    def _weighed(self, clause: Clause, saturated: ScorePart, name: str, where: str) -> ScorePart:
        """Return the weight of a clause times how much of it is reached."""
        articles, holding = self.weighing.statistics.articles, self.holding[clause.number]
        rarity = ScorePart(
            value=inverse_article_frequency(articles, holding),
            name="idf",
            what="how rare it is",
            formula=IDF,
            parts=(
                number(articles, "N", "articles"),
                number(holding, "n", "articles that hold it"),
            ),
        )
        factor = clause.boost if clause.constant is None else 0.0
        boost = "boost" if clause.constant is None else "a constant takes the place of its score"
        weight = factor * rarity.value
        return ScorePart(
            value=weight * saturated.value,
            name=name,
            what=f"{self.texts[clause.number]}{where}",
            formula=PRODUCT,
            parts=(number(factor, "boost", boost), rarity, saturated),
        )

    def _constants(self, unit: _Unit) -> Iterator[ScorePart]:
        counting = {each[0].clause for each in unit.counts if each}
        for place, constant in enumerate(self.weighing.constants):
            clauses = [c for c in self.plan.clauses if c.constant == place]
            if any(clause.number in counting for clause in clauses):
                what = ", ".join(self.texts[clause.number] for clause in clauses)
                yield number(constant, "constant", f"constant score of {what}")

"""How the score of a hit comes about, down to what was counted.

The same formulas as in `scores.py`, on plain numbers and in the same order, so that the parts add
up to the score that the hit has, to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pinakes.indexer import ZONES, Snapshot
from pinakes.search.evaluation.bm25 import (
    ARTICLE_K1,
    K1,
    PASSAGE_SHARE,
    RARITY_POWER,
    ZONE_B,
    ZONE_WEIGHTS,
    B,
    emphasise,
    inverse_article_frequency,
)
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.explained_units import ClauseCount, CountedUnit, JudgedSegment
from pinakes.search.evaluation.plan import Plan
from pinakes.search.evaluation.ranking import RankedArticle
from pinakes.search.evaluation.score_parts import (
    EMPHASIS,
    IDF,
    PASSAGE_SATURATED,
    PRODUCT,
    ZONE,
    ZONES_SATURATED,
    ScorePart,
    explain_freshness,
    number,
    sum_of,
)
from pinakes.search.evaluation.scores import Weighing
from pinakes.search.evaluation.segment_ranking import weigh
from pinakes.search.evaluation.texts.held import ZONE_OF_KIND
from pinakes.search.evaluation.units import count_articles, view_segment
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
        weighing=weigh(views, plan, snapshot, options.by),
        by=options.by,
        holding=[
            snapshot.holding.get(clause.kept_as)
            or sum(count_articles(view, clause.number) for view in views)
            for clause in plan.clauses
        ],
        texts=texts,
    )
    judged = [JudgedSegment(view, plan) for view in views]
    parts = tuple(_explain(explainer, judged, options, hit) for hit in hits)
    if options.half_life_days is None:
        return parts
    from pinakes.search.evaluation.freshness import measure_ages

    freshness = measure_ages(snapshot, options.half_life_days)
    days = (_day_of(hit.key, snapshot) for hit in hits)
    return tuple(
        explain_freshness(part, freshness.factor(day))
        for part, day in zip(parts, days, strict=True)
    )


def _day_of(key: int, snapshot: Snapshot) -> int:
    """Return the day on which an article was published; 0 if it is not known."""
    for segment in snapshot.segments:
        rows = (segment.article_key == key).nonzero()[0]
        living = rows if segment.live is None else rows[segment.live[rows]]
        if len(living):
            return int(segment.published[living[0], 0])
    raise ValueError(f"no article has the key {key}")


def _explain(
    explainer: _Explainer,
    judged: Sequence[JudgedSegment],
    options: SearchOptions,
    hit: RankedArticle,
) -> ScorePart:
    for segment in judged:
        passages = segment.passages_of(hit.key)
        if passages is not None:
            first, end = passages
            if options.by is By.PASSAGE:
                first += hit.passages[0].number
                return explainer.explain_passage(CountedUnit(segment, first, first + 1), first)
            if options.scope is Scope.ARTICLE:
                return explainer.explain_unit(CountedUnit(segment, first, end), first)
            units = (CountedUnit(segment, one, one + 1) for one in range(first, end))
            parts = [explainer.explain_unit(unit, first) for unit in units if unit.is_satisfied]
            return max(parts, key=lambda part: part.value)
    raise ValueError(f"no article has the key {hit.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Explainer:
    plan: Plan
    weighing: Weighing
    by: By
    holding: Sequence[int]
    texts: Sequence[str]

    def explain_unit(self, unit: CountedUnit, article_first: int) -> ScorePart:
        """Return the score of an article, or of a passage as a unit."""
        parts = [self._in_unit(unit, counts) for counts in unit.counts if counts]
        parts += self._constants(unit)
        held = {each.passage for counts in unit.counts for each in counts}
        if held:
            of_passages = [
                self.explain_passage(CountedUnit(unit.judged, one, one + 1), article_first)
                for one in sorted(held)
            ]
            parts.append(_share_of(max(of_passages, key=lambda part: part.value)))
        where = "article" if unit.view.scope is Scope.ARTICLE else "best passage as a unit"
        return sum_of("score", f"score of the {where}", parts)

    def explain_passage(self, unit: CountedUnit, article_first: int) -> ScorePart:
        """Return the BM25 of the only passage of a unit."""
        parts = [self._in_passage(unit, counts[0]) for counts in unit.counts if counts]
        return sum_of("BM25", f"passage #{unit.first - article_first}", parts)

    def _in_unit(self, unit: CountedUnit, counts: Sequence[ClauseCount]) -> ScorePart:
        clause = self.plan.clauses[counts[0].clause]
        zones = list(self._zones(unit, counts))
        weight = sum_of("w", "occurrences, weighed by zone and length", zones)
        saturated = ScorePart(
            value=weight.value / (ARTICLE_K1 + weight.value),
            name="saturation",
            what="how much of the weight is reached",
            formula=ZONES_SATURATED,
            parts=(number(ARTICLE_K1, "k1", "half of the weight is reached at"), weight),
        )
        return self._weighed(clause, saturated, "BM25F", "")

    def _zones(self, unit: CountedUnit, counts: Sequence[ClauseCount]) -> Iterator[ScorePart]:
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
                b = ZONE_B[zone]
                yield ScorePart(
                    value=boost * tf / (1 - b + b * (length / mean)),
                    name=name,
                    what=f"occurrences in {name}",
                    formula=ZONE,
                    parts=(
                        number(boost, "W", f"weight of {name}"),
                        number(tf, "tf", f"occurrences in {name}"),
                        number(b, "b", "how much length counts"),
                        number(length, "len", f"words of {name}"),
                        number(mean, "mean", f"words of {name} on average"),
                    ),
                )

    def _in_passage(self, unit: CountedUnit, found: ClauseCount) -> ScorePart:
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
        rarity = self._rarity(clause)
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

    def _rarity(self, clause: Clause) -> ScorePart:
        """Return how rare a clause is, as hits of this kind count it."""
        articles, holding = self.weighing.statistics.articles, self.holding[clause.number]
        total = number(articles, "N", "articles")
        rarity = ScorePart(
            value=inverse_article_frequency(articles, holding),
            name="idf",
            what="how rare it is",
            formula=IDF,
            parts=(total, number(holding, "n", "articles that hold it")),
        )
        if self.by is By.PASSAGE:
            return rarity
        return ScorePart(
            value=emphasise(rarity.value, articles),
            name="rarity",
            what="what that counts",
            formula=EMPHASIS,
            parts=(rarity, total, number(RARITY_POWER, "power", "how much more rare words count")),
        )

    def _constants(self, unit: CountedUnit) -> Iterator[ScorePart]:
        counting = {each[0].clause for each in unit.counts if each}
        for place, constant in enumerate(self.weighing.constants):
            clauses = [c for c in self.plan.clauses if c.constant == place]
            if any(clause.number in counting for clause in clauses):
                what = ", ".join(self.texts[clause.number] for clause in clauses)
                yield number(constant, "constant", f"constant score of {what}")


def _share_of(passage: ScorePart) -> ScorePart:
    """Return what the best passage adds to the score of its unit."""
    return ScorePart(
        value=PASSAGE_SHARE * passage.value,
        name="best passage",
        what=passage.what,
        formula=PRODUCT,
        parts=(number(PASSAGE_SHARE, "share", "of the best passage"), passage),
    )

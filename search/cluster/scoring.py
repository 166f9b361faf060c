"""The formulas of `bm25.py` as scripts of the cluster.

How rare a clause is, and the mean lengths, are parameters: so a score is the same in every shard,
but for the precision of single floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pinakes.indexer import ZONES
from pinakes.indexer.opensearch import PASSAGES, Clause
from pinakes.search.cluster.filters import EVERYTHING, all_of, on
from pinakes.search.cluster.leaves import Case
from pinakes.search.cluster.plans import Translator
from pinakes.search.cluster.targets import scripted
from pinakes.search.evaluation.bm25 import (
    ARTICLE_K1,
    K1,
    PASSAGE_SHARE,
    ZONE_B,
    ZONE_WEIGHTS,
    B,
)
from pinakes.search.evaluation.freshness import SHARE, Freshness
from pinakes.search.evaluation.plan import Find, Plan
from pinakes.search.evaluation.scores import Weighing
from pinakes.search.options import By

_ZONE = "params.weight * _score / (1 - params.b + params.b * doc[params.words].value / params.mean)"
_EMPTY_ZONE = "params.weight * _score"
_ARTICLE = "params.weight * _score / (params.k1 + _score)"
_PASSAGE = (
    f"params.weight * _score / (params.base + params.slope * doc['{PASSAGES}.word_count'].value"
    " + _score)"
)
_UNIT = (
    f"int zone = (int) doc['{PASSAGES}.zone'].value; double words ="
    f" doc['{PASSAGES}.word_count'].value;"
    " double held = params.zone_weights[zone] * _score"
    " / (1 - params.zone_b[zone] + params.zone_b[zone] * words / params.mean);"
    " return params.weight * (held / (params.k1 + held)"
    " + params.share * _score / (params.base + params.slope * words + _score))"
)
_FRESH = (
    "long day = doc['first_day'].value; double share = 1 - params.share;"
    " if (day > 0) { share += params.share * Math.pow(2.0,"
    " -Math.max(0.0, params.newest - day) / params.half_life) } return _score * share"
)


class Scorer(NamedTuple):
    """Writes the scores of one plan.

    Attributes:
        plan: The plan.
        weighing: What each of its clauses counts, and the mean lengths.
        translator: Of the same plan.
        by: What a hit is.
    """

    plan: Plan
    weighing: Weighing
    translator: Translator
    by: By

    def score(self, root: Clause, cases: Sequence[Case], freshness: Freshness | None) -> Clause:
        """Return a query for what satisfies `root`, in which articles score what they do here.

        If passages are hits, what the best of them scores.
        """
        if self.translator.is_by_passage:
            query: Clause = {"bool": {"filter": [root], "should": [self._best_unit(cases)]}}
        else:
            scored = [found for case in cases if (found := self._score_case(case)) is not None]
            query = {"bool": {"filter": [root], "should": scored}}
        if freshness is None:
            return query
        params = {
            "share": SHARE,
            "newest": freshness.newest,
            "half_life": freshness.half_life_days,
        }
        return scripted(query, _FRESH, params)

    def _best_unit(self, cases: Sequence[Case]) -> Clause:
        """Return the score of the best passage that satisfies the plan as a whole."""
        if self.plan.root is None:
            raise ValueError("a plan that asks for nothing")
        scored = [found for case in cases if (found := self._score_unit(case)) is not None]
        root = self.translator.of_passage(self.plan.root).likely
        query: Clause = {"bool": {"filter": [root], "should": scored}}
        return {"nested": {"path": PASSAGES, "score_mode": "max", "query": query}}

    def _score_unit(self, case: Case) -> Clause | None:
        parts: list[Clause] = []
        mean = self.weighing.statistics.passage_words
        is_article = self.by is By.ARTICLE
        for find in case.finds:
            weight = self.weighing.weights[find.clause]
            if not weight:
                continue
            params: dict[str, Any] = {
                "weight": weight,
                "base": K1 * (1 - B),
                "slope": K1 * B / mean,
            }
            if is_article:
                params |= {
                    "zone_weights": list(ZONE_WEIGHTS),
                    "zone_b": list(ZONE_B),
                    "mean": mean,
                    "k1": ARTICLE_K1,
                    "share": PASSAGE_SHARE,
                }
            parts.append(scripted(self._count(find), _UNIT if is_article else _PASSAGE, params))
        parts += self._constants(case)
        if not parts:
            return None
        query: dict[str, Any] = {"should": parts, "minimum_should_match": 1}
        if case.condition != EVERYTHING:
            query["filter"] = [case.condition]
        return {"bool": query}

    def _score_case(self, case: Case) -> Clause | None:
        finds = [find for find in case.finds if self.weighing.weights[find.clause]]
        parts = [part for find in finds for part in self._in_zones(find)]
        if finds:
            parts.append(self._best_passage(finds))
        parts += self._constants(case)
        if not parts:
            return None
        query: dict[str, Any] = {"should": parts, "minimum_should_match": 1}
        if case.condition != EVERYTHING:
            query["filter"] = [case.condition]
        return {"bool": query}

    def _in_zones(self, find: Find) -> list[Clause]:
        """Return BM25F of one clause; nothing where passages are hits."""
        if self.by is By.PASSAGE:
            return []
        means = self.weighing.statistics.zone_words
        zones = []
        for zone, (name, weight, b, mean) in enumerate(
            zip(ZONES, ZONE_WEIGHTS, ZONE_B, means, strict=True)
        ):
            held = {"bool": {"must": [self._count(find)], "filter": [{"term": {on("zone"): zone}}]}}
            counted = {"nested": {"path": PASSAGES, "score_mode": "sum", "query": held}}
            params = {"weight": weight, "b": b, "mean": mean, "words": f"{name}_words"}
            zones.append(scripted(counted, _ZONE if mean else _EMPTY_ZONE, params))
        together: Clause = {"bool": {"should": zones, "minimum_should_match": 1}}
        params = {"weight": self.weighing.weights[find.clause], "k1": ARTICLE_K1}
        return [scripted(together, _ARTICLE, params)]

    def _best_passage(self, finds: Sequence[Find]) -> Clause:
        """Return BM25 of the best passage, or the share of it that articles get."""
        mean = self.weighing.statistics.passage_words
        scored = [
            scripted(
                self._count(find),
                _PASSAGE,
                {
                    "weight": self.weighing.weights[find.clause],
                    "base": K1 * (1 - B),
                    "slope": K1 * B / mean,
                },
            )
            for find in finds
        ]
        any_find = {"bool": {"should": scored, "minimum_should_match": 1}}
        share = PASSAGE_SHARE if self.by is By.ARTICLE else 1.0
        return {
            "nested": {"path": PASSAGES, "score_mode": "max", "query": any_find, "boost": share}
        }

    def _constants(self, case: Case) -> list[Clause]:
        """Return what is added where a clause of a constant score counts."""
        if self.by is By.PASSAGE:
            return []
        found: list[Clause] = []
        for number, constant in enumerate(self.weighing.constants):
            held = [
                self.translator.of_unit(find).likely
                for find in case.finds
                if self.weighing.constant_of[find.clause] == number
            ]
            if held:
                any_held = {"bool": {"should": held, "minimum_should_match": 1}}
                found.append({"constant_score": {"filter": any_held, "boost": constant}})
        return found

    def _count(self, find: Find) -> Clause:
        """Return what scores how often a looked-at passage holds what is looked for."""
        counted = self.translator.count_of(self.plan.clauses[find.clause])
        if counted is None:
            raise ValueError("what nobody can count")
        look = self.translator.look_of(find.look)
        if all_of(look) == EVERYTHING:
            return counted
        return {"bool": {"must": [counted], "filter": [look]}}

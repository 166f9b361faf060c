"""A plan as a query of articles in the language of the cluster."""

from __future__ import annotations

from pinakes.indexer.opensearch import PASSAGES, Clause, ClusterView
from pinakes.search.cluster.filters import EVERYTHING, NOTHING, all_of, any_of, looked_at, none_of
from pinakes.search.cluster.settling import Settled, count_settled, hold_settled, settle
from pinakes.search.cluster.targets import (
    Found,
    count_target,
    find_target,
    is_counted,
    join_all,
)
from pinakes.search.evaluation.clauses import Clause as TextClause
from pinakes.search.evaluation.plan import AllOf, AnyOf, Exists, Find, Look, NoneOf, Plan, PlanNode
from pinakes.search.options import Scope

MOST_SETTLED = 20_000
"""Of so many articles it is found out here how often a pattern of many words stands in each."""


class Translator:
    """Puts the parts of one plan as the cluster understands them, each once."""

    def __init__(self, view: ClusterView, plan: Plan, scope: Scope) -> None:
        """Translate `plan` for a state of an archive; `scope` says what a unit is."""
        self._view = view
        self._plan = plan
        self._scope = scope
        self._targets: dict[str, Found] = {}
        self._settled: dict[str, Settled] = {}
        self._looks: dict[Look, Clause] = {}

    def find_articles(self) -> Found:
        """Return what is satisfied by the articles that satisfy the plan."""
        root = self._plan.root
        if root is None:
            return Found.exactly(NOTHING)
        if self._scope is Scope.PASSAGE:
            found = self._of_unit(root, is_passage=True)
            return Found(in_passage(found.likely), in_passage(found.certain))
        found = self._of_unit(root, is_passage=False)
        # Without a passage, nothing proves what is satisfied by what is not there.
        some = in_passage(EVERYTHING)
        return Found(all_of(found.likely, some), all_of(found.certain, some))

    def of_article(self, node: PlanNode) -> Found:
        """Return what is satisfied by the articles that satisfy a node of the plan."""
        return self._of_unit(node, is_passage=False)

    def of_passage(self, node: PlanNode) -> Found:
        """Return what is satisfied by the passages that satisfy a node of the plan."""
        return self._of_unit(node, is_passage=True)

    @property
    def is_by_passage(self) -> bool:
        """Whether a passage has to satisfy the plan as a whole."""
        return self._scope is Scope.PASSAGE

    def of_unit(self, node: PlanNode) -> Found:
        """Return what is satisfied by the articles, or passages, that satisfy a node."""
        return self._of_unit(node, is_passage=self.is_by_passage)

    def find_holding(self, clause: TextClause) -> Found:
        """Return what is satisfied by the articles that hold a clause in any passage."""
        found = self.target_of(clause)
        title = self.look_of(Look(title_only=clause.title_only))
        return Found(
            in_passage(all_of(found.likely, title)), in_passage(all_of(found.certain, title))
        )

    def target_of(self, clause: TextClause) -> Found:
        """Return what is satisfied by the passages that hold what a clause looks for."""
        if clause.kept_as not in self._targets:
            found = find_target(self._view, clause.target)
            if not found.is_exact:
                settled = settle(self._view, clause, in_passage(found.likely))
                if settled is not None:
                    self._settled[clause.kept_as] = settled
                    found = Found.exactly(hold_settled(settled))
            self._targets[clause.kept_as] = found
        return self._targets[clause.kept_as]

    def count_of(self, clause: TextClause) -> Clause | None:
        """Return what scores how often a passage holds a clause; None if nobody can tell.

        Of a pattern that stands for very many words, it is found out here.
        """
        if is_counted(clause.target):
            return count_target(clause.target)
        target = self.target_of(clause)
        if clause.kept_as not in self._settled:
            likely = in_passage(target.likely)
            if self._view.count([likely])[0] > MOST_SETTLED:
                return None
            settled = settle(self._view, clause, likely)
            if settled is None:
                return None
            self._settled[clause.kept_as] = settled
        return count_settled(self._settled[clause.kept_as])

    def look_of(self, look: Look) -> Clause:
        """Return what is satisfied by the passages that are looked at."""
        if look not in self._looks:
            self._looks[look] = looked_at(self._view, look)
        return self._looks[look]

    def _of_unit(self, node: PlanNode, *, is_passage: bool) -> Found:
        match node:
            case Find():
                target = self.target_of(self._plan.clauses[node.clause])
                look = self.look_of(node.look)
                found = Found(all_of(target.likely, look), all_of(target.certain, look))
            case Exists():
                found = Found.exactly(self.look_of(node.look))
            case AllOf():
                return join_all([self._of_unit(p, is_passage=is_passage) for p in node.parts])
            case AnyOf():
                parts = [self._of_unit(part, is_passage=is_passage) for part in node.parts]
                return Found(
                    any_of(*(part.likely for part in parts)),
                    any_of(*(part.certain for part in parts)),
                )
            case NoneOf():
                part = self._of_unit(node.part, is_passage=is_passage)
                return Found(none_of(part.certain), none_of(part.likely))
        if is_passage:
            return found
        return Found(in_passage(found.likely), in_passage(found.certain))


def in_passage(clause: Clause) -> Clause:
    """Return what is satisfied by the articles of which a passage satisfies a query."""
    if clause == NOTHING:
        return NOTHING
    if clause == EVERYTHING:
        return {"range": {"passage_count": {"gt": 0}}}
    return {"nested": {"path": PASSAGES, "query": clause, "score_mode": "none"}}

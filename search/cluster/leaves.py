"""Which leaves of a plan count where, as conditions on articles that the cluster understands.

A word counts where everything above it is satisfied: of `(a AND b) OR c`, `a` counts where `b` is
as well. So the articles that satisfy a plan fall into cases, in each of which the same leaves
count; most plans have one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from pinakes.indexer.opensearch import Clause
from pinakes.search.cluster.filters import EVERYTHING, all_of, any_of, none_of
from pinakes.search.cluster.plans import Translator, in_passage
from pinakes.search.evaluation.plan import AllOf, AnyOf, Exists, Find, NoneOf, PlanNode

MOST_CONDITIONS = 4
"""Of more conditions, that double the cases each, the cluster is not asked."""


class Case(NamedTuple):
    """Articles in which the same leaves of a plan count.

    Attributes:
        condition: What satisfies it, of the articles that satisfy the plan.
        finds: The leaves that look for something in texts.
        evidence: What satisfies it are the passages that prove the plan where one of `finds` is
            satisfied.
        has_evidence: What satisfies it are the articles in which one is.
        bare: The passages that prove it in the others; where there are none, all do.
    """

    condition: Clause
    finds: tuple[Find, ...]
    evidence: Clause
    has_evidence: Clause
    bare: Clause


def find_cases(root: PlanNode, translator: Translator) -> list[Case] | None:
    """Return the cases of a plan that the cluster can decide exactly; None if they are too many.

    If passages have to satisfy a plan as a whole, they are cases of passages.
    """
    is_satisfied = translator.of_unit
    leaves = list(_counting(root, ()))
    conditions = list(dict.fromkeys(above for _, above in leaves if above))
    if len(conditions) > MOST_CONDITIONS:
        return None
    cases: list[Case] = []
    for truth in product((True, False), repeat=len(conditions)):
        known = dict(zip(conditions, truth, strict=True))
        asked = []
        for above, holds in known.items():
            clause = all_of(*(is_satisfied(node).likely for node in above))
            asked.append(clause if holds else none_of(clause))
        counting = [leaf for leaf, above in leaves if not above or known[above]]
        cases.append(_make_case(all_of(*asked), counting, translator))
    return cases


def _make_case(condition: Clause, counting: list[Find | Exists], translator: Translator) -> Case:
    finds = tuple(leaf for leaf in counting if isinstance(leaf, Find))
    looks = [translator.look_of(leaf.look) for leaf in counting if isinstance(leaf, Exists)]
    evidence = any_of(*(translator.of_passage(find).likely for find in finds))
    return Case(
        condition=condition,
        finds=finds,
        evidence=evidence,
        has_evidence=in_passage(evidence),
        # Where no filter counts either, all passages are the proof.
        bare=EVERYTHING if not looks or EVERYTHING in looks else any_of(*looks),
    )


def _counting(
    node: PlanNode, above: tuple[PlanNode, ...]
) -> Iterator[tuple[Find | Exists, tuple[PlanNode, ...]]]:
    """Yield the leaves that may count, with what has to be satisfied beside the leaf itself."""
    match node:
        case Find() | Exists():
            yield node, above
        case AllOf():
            for part in node.parts:
                yield from _counting(part, above)
        case AnyOf():
            for part in node.parts:
                yield from _counting(part, (*above, part) if isinstance(part, AllOf) else above)
        case NoneOf():
            return

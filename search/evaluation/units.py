"""Which units of a segment satisfy a plan, and which of its leaves count in each.

A unit is what has to satisfy the query as a whole: an article, or a passage, as the scope says.
Sets of units are flags, one for each; articles and passages are known by their ordinals in the
segment. A deleted article is a unit that never satisfies anything in the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

import numpy as np

from pinakes.indexer import Segment
from pinakes.search.evaluation.filters import flag_looked_at
from pinakes.search.evaluation.plan import AllOf, AnyOf, Exists, Find, Look, NoneOf, Plan, PlanNode
from pinakes.search.evaluation.texts.held import Array, Flags, Held, run_starts
from pinakes.search.evaluation.texts.lookup import find_clause
from pinakes.search.options import Scope
from pinakes.search.query import Node


class SegmentView(NamedTuple):
    """A segment with what a query needs of it.

    Attributes:
        segment: The segment.
        scope: What a unit is.
        unit_of: The unit of each passage, ascending.
        unit_count: How many units there are.
        held: By clause: the living passages that hold it, whether looked at or not.
        looked_at: The flags of passages that were worked out before, by look.
        flagged: Likewise, by tree of filters.
    """

    segment: Segment
    scope: Scope
    unit_of: Array
    unit_count: int
    held: tuple[Held, ...]
    looked_at: dict[Look, Flags | None]
    flagged: dict[Node, Flags]


class Leaf(NamedTuple):
    """A leaf of the plan in one segment.

    Attributes:
        node: The leaf.
        units: A flag for each unit: whether the leaf counts there.
        held: Of a `Find`, the looked-at passages that hold its clause.
        looked_at: Of an `Exists`, a flag for each passage; None if all are looked at.
    """

    node: Find | Exists
    units: Flags
    held: Held | None = None
    looked_at: Flags | None = None


def view_segment(segment: Segment, plan: Plan, scope: Scope) -> SegmentView:
    """Return `segment` with the postings of every clause of `plan`, equal ones read once."""
    is_article = scope is Scope.ARTICLE
    found: dict[str, Held] = {}
    for clause in plan.clauses:
        if clause.kept_as not in found:
            found[clause.kept_as] = _living(segment, find_clause(segment, clause))
    return SegmentView(
        segment=segment,
        scope=scope,
        unit_of=segment.passage_article if is_article else np.arange(segment.passage_count),
        unit_count=segment.article_count if is_article else segment.passage_count,
        held=tuple(found[clause.kept_as] for clause in plan.clauses),
        looked_at={},
        flagged={},
    )


def _living(segment: Segment, held: Held) -> Held:
    living = segment.live_passages
    return held if living is None else held.where(living[held.passages])


def count_articles(view: SegmentView, clause: int) -> int:
    """Return how many living articles hold a clause, whichever passages the query looks at."""
    return len(run_starts(view.segment.passage_article[view.held[clause].passages]))


def flag_units(view: SegmentView, passages: Array) -> Flags:
    """Return a flag for each unit: whether one of `passages` is of it."""
    units = np.zeros(view.unit_count, dtype=np.bool_)
    units[view.unit_of[passages]] = True
    return units


def satisfy(view: SegmentView, root: PlanNode) -> tuple[Flags, list[Leaf]]:
    """Return the living units that satisfy a plan, and its leaves, in order, where they count.

    A leaf counts where it is satisfied and so is everything above it: of `(a AND b) OR c`, `a`
    proves nothing where `b` is missing. What stands under NOT never counts, and is left out.
    """
    outcome = _try(view, root)
    units = outcome.units
    living = view.segment.live_passages
    if living is not None:
        units = units & flag_units(view, living)
    return units, list(_counting(outcome, units))


class _Branch(NamedTuple):
    """Which units satisfy a node of the plan that has parts."""

    node: AllOf | AnyOf | NoneOf
    units: Flags
    parts: tuple[_Branch | Leaf, ...]


def _try(view: SegmentView, node: PlanNode) -> _Branch | Leaf:
    """Return which units satisfy `node`, and each of its parts, from the leaves up."""
    match node:
        case Find():
            return _try_find(view, node)
        case Exists():
            looked_at = _look(view, node.look)
            passages = view.unit_of if looked_at is None else view.unit_of[looked_at]
            units = np.zeros(view.unit_count, dtype=np.bool_)
            units[passages] = True
            return Leaf(node=node, units=units, looked_at=looked_at)
        case NoneOf():
            part = _try(view, node.part)
            return _Branch(node=node, units=~part.units, parts=(part,))
        case AllOf() | AnyOf():
            parts = tuple(_try(view, part) for part in node.parts)
            join = np.logical_and if isinstance(node, AllOf) else np.logical_or
            units = reduce(join, [part.units for part in parts])
            return _Branch(node=node, units=units, parts=parts)


def _try_find(view: SegmentView, node: Find) -> Leaf:
    held = view.held[node.clause]
    looked_at = _look(view, node.look)
    if looked_at is not None:
        held = held.where(looked_at[held.passages])
    return Leaf(node=node, units=flag_units(view, held.passages), held=held)


def _look(view: SegmentView, look: Look) -> Flags | None:
    # All words of an AND share one look.
    if look not in view.looked_at:
        view.looked_at[look] = flag_looked_at(view.segment, look)
    return view.looked_at[look]


def _counting(outcome: _Branch | Leaf, above: Flags) -> Iterator[Leaf]:
    """Yield the leaves with the units in which they count, from the root down."""
    units = outcome.units & above
    if isinstance(outcome, Leaf):
        yield Leaf(node=outcome.node, units=units, held=outcome.held, looked_at=outcome.looked_at)
    elif not isinstance(outcome.node, NoneOf):
        for part in outcome.parts:
            yield from _counting(part, units)

"""Which conditions on tags prove a passage: what plain filters add to its highlights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pinakes.search.evaluation.filters import flag_passages
from pinakes.search.evaluation.units import Leaf, SegmentView
from pinakes.search.query import And, Boost, Constant, Node, Or, TagCondition, is_about_tags


class TagProof:
    """Tells for the passages of a segment which conditions on tags count there."""

    def __init__(self, view: SegmentView, leaves: Sequence[Leaf]) -> None:
        """Take the leaves of a plan, in the units in which they count."""
        self._view = view
        self._leaves = [leaf for leaf in leaves if any(map(_asks_for_tags, leaf.node.look.filters))]

    def of(self, passage: int) -> frozenset[TagCondition]:
        """Return the conditions that a passage satisfies, as do all filters above them.

        Only of leaves that count in its unit and look at it, and none that stands under NOT.
        """
        if not self._leaves:
            return frozenset()
        return frozenset(
            condition
            for leaf in self._leaves
            if self._counts(leaf, passage)
            for node in leaf.node.look.filters
            for condition in self._satisfied(node, passage)
        )

    def _counts(self, leaf: Leaf, passage: int) -> bool:
        looked_at = self._view.looked_at.get(leaf.node.look)
        is_looked_at = looked_at is None or looked_at[passage]
        return bool(leaf.units[self._view.unit_of[passage]] and is_looked_at)

    def _satisfied(self, node: Node, passage: int) -> Iterator[TagCondition]:
        """Yield the conditions of a tree of filters that the passage satisfies."""
        if is_about_tags(node):
            yield node
        elif isinstance(node, And | Or):
            for child in node.children:
                if _asks_for_tags(child) and (isinstance(node, And) or self._holds(child, passage)):
                    yield from self._satisfied(child, passage)
        elif isinstance(node, Boost | Constant):
            yield from self._satisfied(node.child, passage)

    def _holds(self, node: Node, passage: int) -> bool:
        flags = self._view.flagged.get(node)
        if flags is None:
            flags = self._view.flagged[node] = flag_passages(self._view.segment, node)
        return bool(flags[passage])


def _asks_for_tags(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(map(_asks_for_tags, node.children))
    if isinstance(node, Boost | Constant):
        return _asks_for_tags(node.child)
    return is_about_tags(node)

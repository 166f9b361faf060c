"""Go through the tree of a query."""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.search.query.ast import (
    And,
    Boost,
    Constant,
    Near,
    Node,
    Not,
    Or,
    Together,
    Within,
)
from pinakes.search.query.conditions import Saved


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes right below `node`, in order."""
    if isinstance(node, And | Or | Near | Together):
        return node.children
    if isinstance(node, Not | Within | Boost | Constant):
        return (node.child,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and all below it, each before its children, from left to right."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))


def holds_saved(root: Node | None) -> bool:
    """Tell whether a tree asks for saved searches that are not in their places yet."""
    return root is not None and any(isinstance(node, Saved) for node in walk(root))

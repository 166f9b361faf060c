"""When two nodes of a query's tree are the same: when they mean the same, wherever they stand."""

from __future__ import annotations

from typing import Any, TypeVar

NodeType = TypeVar("NodeType", bound=type[tuple[Any, ...]])


def compared_by_meaning(node: NodeType) -> NodeType:
    """Make a kind of node, whose first two fields are its place, compare without these.

    Nodes are named tuples because every search makes all their classes first, and those of frozen
    dataclasses take six times as long to make; but unlike tuples, no node equals one of another
    kind.
    """
    node.__eq__ = _means_the_same  # type: ignore[method-assign]
    node.__ne__ = _means_another  # type: ignore[assignment, method-assign]
    node.__hash__ = _hash_meaning  # type: ignore[assignment, method-assign]
    return node


def _means_the_same(node: tuple[Any, ...], other: object) -> bool:
    return type(node) is type(other) and node[2:] == other[2:]


def _means_another(node: tuple[Any, ...], other: object) -> bool:
    return not _means_the_same(node, other)


def _hash_meaning(node: tuple[Any, ...]) -> int:
    return hash((type(node), node[2:]))

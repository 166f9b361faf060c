"""What is asked for about copies and versions, as conditions on the articles of a snapshot."""

from __future__ import annotations

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.copies import article_rows
from pinakes.search.query import And, Boost, Constant, Filter, Node, Not, Or, Within, walk
from pinakes.search.query.conditions import Among
from pinakes.search.query.fields import read_cluster

_ABOUT_COPIES = ("is", "cluster")


def resolve(root: Node | None, snapshot: Snapshot) -> Node | None:
    """Return a tree in which each `is:` and `cluster:` names the articles that satisfy it."""
    if root is None or not any(map(_is_about_copies, walk(root))):
        return root
    return _resolve(root, snapshot)


def _is_about_copies(node: Node) -> bool:
    return isinstance(node, Filter) and node.field in _ABOUT_COPIES


def _resolve(node: Node, snapshot: Snapshot) -> Node:
    match node:
        case Filter() if _is_about_copies(node):
            return _among(node, snapshot)
        case And() | Or():
            return node._replace(children=tuple(_resolve(c, snapshot) for c in node.children))
        case Not() | Boost() | Constant() | Within():
            return node._replace(child=_resolve(node.child, snapshot))
    return node


def _among(node: Filter, snapshot: Snapshot) -> Among:
    rows = article_rows(snapshot)
    if node.field == "cluster":
        found = rows.living & (rows.cluster == read_cluster(node.value))
    else:
        found = rows.in_state(node.value)
    keys = np.sort(rows.key[found]).astype("<i8")
    return Among(start=node.start, end=node.end, keys=keys.tobytes())

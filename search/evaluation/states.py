"""What is asked for about copies and versions, as conditions on the articles of a snapshot."""

from __future__ import annotations

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.copies import article_rows
from pinakes.search.query import And, Boost, Constant, Filter, Node, Not, Or, Within
from pinakes.search.query.conditions import Among, is_about_copies
from pinakes.search.query.fields import read_cluster


def resolve(node: Node, snapshot: Snapshot) -> Node:
    """Return a tree in which each `is:` and `cluster:` names the articles that satisfy it."""
    match node:
        case _ if is_about_copies(node):
            return _among(node, snapshot)
        case And() | Or():
            return node._replace(children=tuple(resolve(c, snapshot) for c in node.children))
        case Not() | Boost() | Constant() | Within():
            return node._replace(child=resolve(node.child, snapshot))
    return node


def _among(node: Filter, snapshot: Snapshot) -> Among:
    rows = article_rows(snapshot)
    if node.field == "cluster":
        found = rows.living & (rows.cluster == read_cluster(node.value))
    else:
        found = rows.in_state(node.value)
    keys = np.sort(rows.key[found]).astype("<i8")
    return Among(start=node.start, end=node.end, keys=keys.tobytes())

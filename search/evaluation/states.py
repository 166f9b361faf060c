"""What is asked for about copies and versions, as conditions on the articles of a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.copies import article_rows
from pinakes.search.query import And, Boost, Constant, Filter, Node, Not, Or, Within
from pinakes.search.query.conditions import Among, is_about_copies
from pinakes.search.query.fields import read_cluster

if TYPE_CHECKING:
    from pinakes.indexer.opensearch import ClusterView


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


def _among(node: Filter, snapshot: Snapshot) -> Node:
    if snapshot.remote is not None:
        return _among_remote(node, snapshot.remote)
    rows = article_rows(snapshot)
    if node.field == "cluster":
        found = rows.living & (rows.cluster == read_cluster(node.value))
    else:
        found = rows.in_state(node.value)
    keys = np.sort(rows.key[found]).astype("<i8")
    return Among(start=node.start, end=node.end, keys=keys.tobytes())


def _among_remote(node: Filter, view: ClusterView) -> Node:
    from pinakes.search.cluster.copies import keys_in_cluster, keys_in_state

    is_current = node.field == "is" and node.value == "current"
    if node.field == "cluster":
        found = keys_in_cluster(view, read_cluster(node.value))
    else:
        found = keys_in_state(view, "superseded" if is_current else node.value)
    keys = np.array(found, "<i8").tobytes()
    among = Among(start=node.start, end=node.end, keys=keys)
    # All others are current: too many to be named.
    return Not(start=node.start, end=node.end, child=among) if is_current else among

"""Queries put to an archive that is on an OpenSearch cluster.

In: a plan, and a snapshot without segments. Out: the same snapshot narrowed to what the plan needs:
the cluster finds and counts, the local code decides, proves, scores and cites. docs/opensearch.md
tells how both are kept equal.
"""

from __future__ import annotations

from pinakes.search.cluster.dictionaries import ClusterLexicon
from pinakes.search.cluster.narrowing import ask_ahead, narrow
from pinakes.search.cluster.reading import ClusterReader

__all__ = ["ClusterLexicon", "ClusterReader", "ask_ahead", "narrow"]

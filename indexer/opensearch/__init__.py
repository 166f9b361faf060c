"""The second engine: an OpenSearch cluster that holds what segments hold, and the texts.

In: articles of a store. Out: `ClusterView`, one state of the archive on the cluster, which counts,
finds and fetches articles. docs/opensearch.md tells what stands where.
"""

from __future__ import annotations

from pinakes.indexer.opensearch.articles import ClusterArticles
from pinakes.indexer.opensearch.connection import Cluster, connect
from pinakes.indexer.opensearch.errors import (
    ClusterError,
    ClusterMissingError,
    StateLostError,
    TooManyClausesError,
)
from pinakes.indexer.opensearch.index import ClusterIndex
from pinakes.indexer.opensearch.mappings import ARTICLE_TERMS, PASSAGE_TERMS, PASSAGES
from pinakes.indexer.opensearch.records import fit_term, passage_id
from pinakes.indexer.opensearch.state import Clause, read_state
from pinakes.indexer.opensearch.totals import Totals
from pinakes.indexer.opensearch.view import ClusterView

__all__ = [
    "ARTICLE_TERMS",
    "PASSAGES",
    "PASSAGE_TERMS",
    "Clause",
    "Cluster",
    "ClusterArticles",
    "ClusterError",
    "ClusterIndex",
    "ClusterMissingError",
    "ClusterView",
    "StateLostError",
    "TooManyClausesError",
    "Totals",
    "connect",
    "fit_term",
    "passage_id",
    "read_state",
]

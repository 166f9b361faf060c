"""The second engine: an OpenSearch cluster that holds what segments hold, and the texts.

In: articles of a store. Out: `ClusterView`, one state of the archive on the cluster, which counts,
finds and fetches articles. docs/opensearch.md tells what stands where.
"""

from __future__ import annotations

from pinakes.indexer.opensearch.articles import ClusterArticles
from pinakes.indexer.opensearch.columns import ask_rows, read_rows
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
from pinakes.indexer.opensearch.searches import COUNTED, MOST_HITS, UNREAD, read_count
from pinakes.indexer.opensearch.state import Clause, read_state
from pinakes.indexer.opensearch.totals import Totals
from pinakes.indexer.opensearch.view import ClusterView

__all__ = [
    "ARTICLE_TERMS",
    "COUNTED",
    "MOST_HITS",
    "PASSAGES",
    "PASSAGE_TERMS",
    "UNREAD",
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
    "ask_rows",
    "connect",
    "fit_term",
    "passage_id",
    "read_count",
    "read_rows",
    "read_state",
]

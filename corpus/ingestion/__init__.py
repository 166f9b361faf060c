"""Files in, articles in the store out: what is new, changed, moved, copied, removed or gone."""

from pinakes.corpus.ingestion.purging import find_targets, let_back, purge_articles
from pinakes.corpus.ingestion.removal import remove
from pinakes.corpus.ingestion.report import (
    Change,
    FileOutcome,
    IngestObserver,
    IngestOptions,
    IngestReport,
    PurgeTargets,
    RemoveReport,
)
from pinakes.corpus.ingestion.rereading import read_again
from pinakes.corpus.ingestion.run import ingest

__all__ = [
    "Change",
    "FileOutcome",
    "IngestObserver",
    "IngestOptions",
    "IngestReport",
    "PurgeTargets",
    "RemoveReport",
    "find_targets",
    "ingest",
    "let_back",
    "purge_articles",
    "read_again",
    "remove",
]

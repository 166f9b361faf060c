"""Files in, articles in the store out: what is new, changed, moved, copied, removed or gone."""

from pinakes.corpus.ingestion.removal import remove
from pinakes.corpus.ingestion.report import (
    Change,
    FileOutcome,
    IngestObserver,
    IngestOptions,
    IngestReport,
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
    "RemoveReport",
    "ingest",
    "read_again",
    "remove",
]

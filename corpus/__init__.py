"""Articles in, tagged passages out, and the store that keeps them.

In: source files. Out: `Article`s with their `Passage`s and `Tag`s, in versions that readers can
rely on while a writer goes on; and a ledger that says what became of every file.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pinakes.corpus.article_columns import ArticleColumns
from pinakes.corpus.errors import (
    ArchiveDamagedError,
    ArchiveError,
    ArchiveExistsError,
    ArchiveFormatError,
    ArchiveLockedError,
    ArchiveMissingError,
    ArchiveReadOnlyError,
    EmptySourceError,
    PinakesError,
    SourceError,
    SourceGoneError,
    UnknownArticleError,
    UnsupportedSourceError,
)
from pinakes.corpus.locators import locate
from pinakes.corpus.model import (
    EXTRACTION_VERSION,
    UNKNOWN_LANGUAGE,
    Article,
    Block,
    Extract,
    Kind,
    MetadataValue,
    Passage,
    Problem,
    SourceText,
    Tag,
)
from pinakes.corpus.passage_table import PassageTable, TagPattern

if TYPE_CHECKING:
    from pinakes.corpus.config import Config
    from pinakes.corpus.folder import ArchiveFolder
    from pinakes.corpus.ingestion import (
        Change,
        FileOutcome,
        IngestObserver,
        IngestOptions,
        IngestReport,
        RemoveReport,
        ingest,
        read_again,
        remove,
    )
    from pinakes.corpus.ledger import Counts, LedgerRow, Status, StoreState
    from pinakes.corpus.lock import WriterLock
    from pinakes.corpus.passages import PassageSize, split
    from pinakes.corpus.provenance import FieldProvenance, trace
    from pinakes.corpus.readers import SUPPORTED_SUFFIXES, ContainerLimits, RecordFields, read
    from pinakes.corpus.readers.assemble import clean
    from pinakes.corpus.reading_limits import ReadingLimits
    from pinakes.corpus.saved_search import SavedSearch
    from pinakes.corpus.sentences import sentence_spans
    from pinakes.corpus.store import Store

__all__ = [
    "EXTRACTION_VERSION",
    "SUPPORTED_SUFFIXES",
    "UNKNOWN_LANGUAGE",
    "ArchiveDamagedError",
    "ArchiveError",
    "ArchiveExistsError",
    "ArchiveFolder",
    "ArchiveFormatError",
    "ArchiveLockedError",
    "ArchiveMissingError",
    "ArchiveReadOnlyError",
    "Article",
    "ArticleColumns",
    "Block",
    "Change",
    "Config",
    "ContainerLimits",
    "Counts",
    "EmptySourceError",
    "Extract",
    "FieldProvenance",
    "FileOutcome",
    "IngestObserver",
    "IngestOptions",
    "IngestReport",
    "Kind",
    "LedgerRow",
    "MetadataValue",
    "Passage",
    "PassageSize",
    "PassageTable",
    "PinakesError",
    "Problem",
    "ReadingLimits",
    "RecordFields",
    "RemoveReport",
    "SavedSearch",
    "SourceError",
    "SourceGoneError",
    "SourceText",
    "Status",
    "Store",
    "StoreState",
    "Tag",
    "TagPattern",
    "UnknownArticleError",
    "UnsupportedSourceError",
    "WriterLock",
    "clean",
    "ingest",
    "locate",
    "read",
    "read_again",
    "remove",
    "sentence_spans",
    "split",
    "trace",
]

# Reading a query or `--help` needs nouns and errors only; the rest brings SQLite and the readers.
_HOMES = {
    "ArchiveFolder": "folder",
    "Change": "ingestion",
    "Config": "config",
    "ContainerLimits": "readers",
    "Counts": "ledger",
    "FieldProvenance": "provenance",
    "FileOutcome": "ingestion",
    "IngestObserver": "ingestion",
    "IngestOptions": "ingestion",
    "IngestReport": "ingestion",
    "LedgerRow": "ledger",
    "PassageSize": "passages",
    "ReadingLimits": "reading_limits",
    "RecordFields": "readers",
    "RemoveReport": "ingestion",
    "SUPPORTED_SUFFIXES": "readers",
    "SavedSearch": "saved_search",
    "Status": "ledger",
    "Store": "store",
    "StoreState": "ledger",
    "WriterLock": "lock",
    "ingest": "ingestion",
    "read": "readers",
    "read_again": "ingestion",
    "remove": "ingestion",
    "clean": "readers.assemble",
    "sentence_spans": "sentences",
    "split": "passages",
    "trace": "provenance",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)

"""Articles in, tagged passages out, and the store that keeps them.

In: source files. Out: `Article`s with their `Passage`s and `Tag`s, in versions that readers can
rely on while a writer goes on; and a ledger that says what became of every file.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pinakes.corpus.errors import (
    FREE_SPACE,
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
    is_full,
    unwritten,
)
from pinakes.corpus.model import (
    EXTRACTION_VERSION,
    UNKNOWN_LANGUAGE,
    Article,
    Kind,
    MetadataValue,
    Passage,
    Tag,
)

if TYPE_CHECKING:
    from pinakes.corpus.article_columns import ArticleColumns, RetaggedArticle, TagDifference
    from pinakes.corpus.article_record import ArticleRecord, ReadsArticles
    from pinakes.corpus.child_process import (
        ForkedProcess,
        can_fork,
        core_count,
        fork_python,
        has_idle_core,
        start_python,
        streams_of,
        take_streams,
    )
    from pinakes.corpus.config import Config, default_config
    from pinakes.corpus.damaged_article import DamagedArticle
    from pinakes.corpus.deadline import TimeLimitError, check_time, checked_by, time_limit
    from pinakes.corpus.engine_settings import EngineSettings, write_engine
    from pinakes.corpus.extract import Block, Extract, Problem, SourceText
    from pinakes.corpus.file_lock import lock_file
    from pinakes.corpus.folder import ArchiveFolder
    from pinakes.corpus.framing import FrameError, read_frame, write_frame
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
    from pinakes.corpus.ledger import Counts, Status, StoreState
    from pinakes.corpus.ledger_row import LedgerRow
    from pinakes.corpus.locators import locate
    from pinakes.corpus.lock import WriterLock
    from pinakes.corpus.loggers import logger_of, print_warnings
    from pinakes.corpus.passage_table import PassageTable, TagPattern
    from pinakes.corpus.passages import split
    from pinakes.corpus.process_memory import give_back, share_one_heap
    from pinakes.corpus.provenance import FieldProvenance, trace
    from pinakes.corpus.readers import SUPPORTED_SUFFIXES, read
    from pinakes.corpus.readers.assemble import clean
    from pinakes.corpus.reading_limits import ReadingLimits
    from pinakes.corpus.reading_options import ContainerLimits, PassageSize, RecordFields
    from pinakes.corpus.saved_search import SavedSearch
    from pinakes.corpus.sentences import sentence_spans
    from pinakes.corpus.spelling_out import spelled
    from pinakes.corpus.store import Store
    from pinakes.corpus.store.checks import StoreFault, check_store
    from pinakes.corpus.store.compression import read_frames
    from pinakes.corpus.store.copying import copy_store
    from pinakes.corpus.store.laying_open import Piece, lay_open, read_dictionaries
    from pinakes.corpus.store.packed_rows import Frames
    from pinakes.corpus.store.rewriting import rewrite_store
    from pinakes.corpus.store.saved_rows import SavedRows
    from pinakes.corpus.store.writes import StoreWriter
    from pinakes.corpus.syncing import make_folder, sync_file, sync_files, sync_folder
    from pinakes.corpus.tagging.applying import (
        ArticleTags,
        article_text,
        find_tags,
        is_value,
        rule_name,
        tidy_value,
    )
    from pinakes.corpus.tagging.by_hand import HAND_RULE, HandTag, passage_names, with_hand_tags
    from pinakes.corpus.tagging.finds_ahead import AheadArticle, AheadPlan, FindsAhead
    from pinakes.corpus.tagging.level import TagLevel
    from pinakes.corpus.tagging.places.names import place_forms
    from pinakes.corpus.tagging.registry import (
        Taggers,
        check_type,
        is_foreign,
        load_taggers,
        runs_at,
        stamp_name,
        stamp_of,
        tagger_names,
    )
    from pinakes.corpus.tagging.retag_plan import MayFind, Retagging
    from pinakes.corpus.tagging.retagged_content import ContentTagger, RetaggedContent
    from pinakes.corpus.tagging.retagging import RetagOptions, RetagReport, facts_of, retag
    from pinakes.corpus.tagging.settings import RuleText, TagSettings
    from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, Tagger

__all__ = [
    "EXTRACTION_VERSION",
    "FREE_SPACE",
    "HAND_RULE",
    "SUPPORTED_SUFFIXES",
    "UNKNOWN_LANGUAGE",
    "AheadArticle",
    "AheadPlan",
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
    "ArticleRecord",
    "ArticleTags",
    "ArticleText",
    "Block",
    "Change",
    "Config",
    "ContainerLimits",
    "ContentTagger",
    "Counts",
    "DamagedArticle",
    "EmptySourceError",
    "EngineSettings",
    "Extract",
    "FieldProvenance",
    "FileOutcome",
    "FindsAhead",
    "ForkedProcess",
    "FoundTag",
    "FrameError",
    "Frames",
    "HandTag",
    "IngestObserver",
    "IngestOptions",
    "IngestReport",
    "Kind",
    "LedgerRow",
    "MayFind",
    "MetadataValue",
    "Passage",
    "PassageSize",
    "PassageTable",
    "PassageText",
    "Piece",
    "PinakesError",
    "Problem",
    "PurgeTargets",
    "ReadingLimits",
    "ReadsArticles",
    "RecordFields",
    "RemoveReport",
    "RetagOptions",
    "RetagReport",
    "RetaggedArticle",
    "RetaggedContent",
    "Retagging",
    "RuleText",
    "SavedRows",
    "SavedSearch",
    "SourceError",
    "SourceGoneError",
    "SourceText",
    "Status",
    "Store",
    "StoreFault",
    "StoreState",
    "StoreWriter",
    "Tag",
    "TagDifference",
    "TagLevel",
    "TagPattern",
    "TagSettings",
    "Tagger",
    "Taggers",
    "TimeLimitError",
    "UnknownArticleError",
    "UnsupportedSourceError",
    "WriterLock",
    "article_text",
    "can_fork",
    "check_store",
    "check_time",
    "check_type",
    "checked_by",
    "clean",
    "copy_store",
    "core_count",
    "default_config",
    "facts_of",
    "find_tags",
    "find_targets",
    "fork_python",
    "give_back",
    "has_idle_core",
    "ingest",
    "is_foreign",
    "is_full",
    "is_value",
    "lay_open",
    "let_back",
    "load_taggers",
    "locate",
    "lock_file",
    "logger_of",
    "make_folder",
    "passage_names",
    "place_forms",
    "print_warnings",
    "purge_articles",
    "read",
    "read_again",
    "read_dictionaries",
    "read_frame",
    "read_frames",
    "remove",
    "retag",
    "rewrite_store",
    "rule_name",
    "runs_at",
    "sentence_spans",
    "share_one_heap",
    "spelled",
    "split",
    "stamp_name",
    "stamp_of",
    "start_python",
    "streams_of",
    "sync_file",
    "sync_files",
    "sync_folder",
    "tagger_names",
    "take_streams",
    "tidy_value",
    "time_limit",
    "trace",
    "unwritten",
    "with_hand_tags",
    "write_engine",
    "write_frame",
]

# Reading a query or `--help` needs nouns and errors only; the rest brings SQLite and the readers.
_HOMES = {
    "AheadArticle": "tagging.finds_ahead",
    "AheadPlan": "tagging.finds_ahead",
    "ArchiveFolder": "folder",
    "ArticleColumns": "article_columns",
    "ArticleRecord": "article_record",
    "ArticleTags": "tagging.applying",
    "ArticleText": "tagging.tagger",
    "Block": "extract",
    "Change": "ingestion.report",
    "Config": "config",
    "ContainerLimits": "reading_options",
    "ContentTagger": "tagging.retagged_content",
    "Counts": "ledger",
    "DamagedArticle": "damaged_article",
    "EngineSettings": "engine_settings",
    "Extract": "extract",
    "FieldProvenance": "provenance",
    "FileOutcome": "ingestion.report",
    "FindsAhead": "tagging.finds_ahead",
    "ForkedProcess": "child_process",
    "FoundTag": "tagging.tagger",
    "FrameError": "framing",
    "Frames": "store.packed_rows",
    "HAND_RULE": "tagging.by_hand",
    "HandTag": "tagging.by_hand",
    "IngestObserver": "ingestion.report",
    "IngestOptions": "ingestion.report",
    "IngestReport": "ingestion.report",
    "LedgerRow": "ledger_row",
    "MayFind": "tagging.retag_plan",
    "PassageSize": "reading_options",
    "PassageTable": "passage_table",
    "PassageText": "tagging.tagger",
    "Piece": "store.laying_open",
    "Problem": "extract",
    "PurgeTargets": "ingestion.report",
    "ReadingLimits": "reading_limits",
    "ReadsArticles": "article_record",
    "RecordFields": "reading_options",
    "RemoveReport": "ingestion.report",
    "RetagOptions": "tagging.retagging",
    "RetagReport": "tagging.retagging",
    "RetaggedArticle": "article_columns",
    "RetaggedContent": "tagging.retagged_content",
    "Retagging": "tagging.retag_plan",
    "RuleText": "tagging.settings",
    "SUPPORTED_SUFFIXES": "readers",
    "SavedRows": "store.saved_rows",
    "SavedSearch": "saved_search",
    "SourceText": "extract",
    "Status": "ledger",
    "Store": "store",
    "StoreFault": "store.checks",
    "StoreState": "ledger",
    "StoreWriter": "store.writes",
    "TagDifference": "article_columns",
    "TagLevel": "tagging.level",
    "TagPattern": "passage_table",
    "TagSettings": "tagging.settings",
    "Tagger": "tagging.tagger",
    "Taggers": "tagging.registry",
    "TimeLimitError": "deadline",
    "WriterLock": "lock",
    "article_text": "tagging.applying",
    "can_fork": "child_process",
    "check_store": "store.checks",
    "check_time": "deadline",
    "check_type": "tagging.registry",
    "checked_by": "deadline",
    "clean": "readers.assemble",
    "copy_store": "store.copying",
    "core_count": "child_process",
    "default_config": "config",
    "facts_of": "tagging.retagging",
    "find_tags": "tagging.applying",
    "find_targets": "ingestion.purging",
    "fork_python": "child_process",
    "give_back": "process_memory",
    "has_idle_core": "child_process",
    "ingest": "ingestion.run",
    "is_foreign": "tagging.registry",
    "is_value": "tagging.applying",
    "lay_open": "store.laying_open",
    "let_back": "ingestion.purging",
    "load_taggers": "tagging.registry",
    "locate": "locators",
    "make_folder": "syncing",
    "passage_names": "tagging.by_hand",
    "place_forms": "tagging.places.names",
    "print_warnings": "loggers",
    "purge_articles": "ingestion.purging",
    "read": "readers",
    "read_again": "ingestion.rereading",
    "read_dictionaries": "store.laying_open",
    "read_frame": "framing",
    "read_frames": "store.compression",
    "remove": "ingestion.removal",
    "retag": "tagging.retagging",
    "rewrite_store": "store.rewriting",
    "rule_name": "tagging.applying",
    "runs_at": "tagging.registry",
    "sentence_spans": "sentences",
    "share_one_heap": "process_memory",
    "spelled": "spelling_out",
    "split": "passages",
    "stamp_name": "tagging.registry",
    "stamp_of": "tagging.registry",
    "start_python": "child_process",
    "streams_of": "child_process",
    "lock_file": "file_lock",
    "logger_of": "loggers",
    "sync_file": "syncing",
    "sync_files": "syncing",
    "sync_folder": "syncing",
    "tagger_names": "tagging.registry",
    "take_streams": "child_process",
    "tidy_value": "tagging.applying",
    "time_limit": "deadline",
    "trace": "provenance",
    "with_hand_tags": "tagging.by_hand",
    "write_engine": "engine_settings",
    "write_frame": "framing",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)

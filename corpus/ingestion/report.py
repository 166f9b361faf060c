"""The nouns of an ingest: what it is told, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pinakes.corpus.ledger import Status
from pinakes.corpus.reading_limits import ReadingLimits
from pinakes.corpus.reading_options import ContainerLimits, PassageSize, RecordFields
from pinakes.corpus.tagging.settings import TagSettings

if TYPE_CHECKING:
    from pinakes.corpus.damaged_article import DamagedArticle
    from pinakes.corpus.extract import Problem
    from pinakes.corpus.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """How files are taken in.

    Attributes:
        batch_articles: After how many articles, or ten times as many files, a transaction ends.
        batch_s: After how many seconds it ends too.
        size: How long passages are.
        fields: Which columns or keys of records hold what.
        containers: How much is read out of files that hold others.
        tags: Which taggers articles go through.
        copies: Whether to find out which articles are copies of one another.
        limits: Read files in processes of their own, within these; with None, in this one.
        force: Read files again that have not changed.
        retry_failed: Read files again that could not be read.
        prune: Forget what is no longer there even if a given path is gone, or a folder empty.
        is_rehearsal: Find out what would be done, and do nothing.
        max_file_bytes: Larger files are unsupported, as they are read into memory whole; but not
            mailboxes, WARC, gzip and ZIP files, which are read piece by piece.
    """

    batch_articles: int = 1000
    batch_s: float = 15.0
    size: PassageSize = field(default_factory=PassageSize)
    fields: RecordFields = field(default_factory=RecordFields)
    containers: ContainerLimits = field(default_factory=ContainerLimits)
    tags: TagSettings = field(default_factory=TagSettings)
    copies: bool = True
    limits: ReadingLimits | None = None
    force: bool = False
    retry_failed: bool = False
    prune: bool = False
    is_rehearsal: bool = False
    max_file_bytes: int = 1 << 30

    def __post_init__(self) -> None:
        if self.batch_articles < 1 or self.max_file_bytes < 1:
            raise ValueError("batch_articles and max_file_bytes: expected 1 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestObserver:
    """Who is told how a run goes on.

    Attributes:
        on_plan: Called with how many files there are to work off, once that is known; those that
            have not changed are not among them.
        on_file: Called after every file.
        on_commit: Called with the store's generation after every transaction that raised it.
    """

    on_plan: Callable[[int], None] = lambda _files: None
    on_file: Callable[[FileOutcome], None] = lambda _outcome: None
    on_commit: Callable[[int], None] = lambda _generation: None


class Change(StrEnum):
    """How a file differs from what the archive knew."""

    NEW = "new"
    CHANGED = "changed"
    RENAMED = "renamed"
    REMOVED = "removed"
    """It is gone from the folder."""
    IGNORED = "ignored"
    """It was known, and a `.pinakesignore` leaves it out now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """What became of one file in one run.

    Attributes:
        path: As the archive knows it.
        status: What became of it; `unchanged` if nothing had to be done.
        detail: The id of the article it duplicates, or why it cannot be searched.
        change: How it differs from what the archive knew; nothing for an unchanged file.
        known_as: What the ledger goes on saying of an unchanged file.
        old_path: Where it was before, if it was renamed.
        articles: How many articles of it are new or have another text.
        passages: How many passages these have.
        problems: The records of it that could not be read.
        notes: What its reader said of how the text came about.
    """

    path: str
    status: Status
    detail: str = ""
    change: Change | None = None
    known_as: Status | None = None
    old_path: str = ""
    articles: int = 0
    passages: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of all files of one run.

    Attributes:
        outcomes: Those that were neither plainly indexed nor unchanged, in the order of work.
        by_status: How many files ended as what; a status that no file has is left out. A given
            path at which there is nothing counts as an error.
        by_change: How many files differ in which way from what the archive knew.
        failed_before: How many of the unchanged files could not be read when they were tried last.
        articles: How many articles are new or have another text.
        passages: How many passages these have.
        problems: How many records could not be read.
        retagged: How many articles have other tags because a rule of the user's has changed.
        failed_rules: Names of rules of the user's that cannot be read, or failed in an article
            that was tagged again; of a dry run only the former.
        seconds: Wall time.
        named_ignored: Files that were named, and that a `.pinakesignore` leaves out when the
            folder they are in is taken in.
    """

    outcomes: tuple[FileOutcome, ...]
    by_status: Mapping[Status, int]
    by_change: Mapping[Change, int]
    failed_before: int = 0
    articles: int
    passages: int
    problems: int
    retagged: int = 0
    failed_rules: tuple[str, ...] = ()
    seconds: float
    named_ignored: tuple[str, ...] = ()

    @property
    def files(self) -> int:
        """How many files were looked at, but those gone from their folder and those ignored."""
        ignored = self.by_status.get(Status.IGNORED, 0)
        return sum(self.by_status.values()) - self.removed - ignored - self.purged

    @property
    def errors(self) -> int:
        """How many files could not be read."""
        return self.by_status.get(Status.ERROR, 0)

    @property
    def changed(self) -> int:
        """How many known files have other bytes."""
        return self.by_change.get(Change.CHANGED, 0)

    @property
    def kept_out(self) -> int:
        """How many files were passed over as they were taken out by hand."""
        return self.by_status.get(Status.REMOVED, 0) - self.removed

    @property
    def purged(self) -> int:
        """How many files were passed over as what they hold was purged."""
        return self.by_status.get(Status.PURGED, 0)

    @property
    def renamed(self) -> int:
        """How many files have moved."""
        return self.by_change.get(Change.RENAMED, 0)

    @property
    def newly_ignored(self) -> int:
        """How many files were known, and are left out now."""
        return self.by_change.get(Change.IGNORED, 0)

    @property
    def removed(self) -> int:
        """How many files are gone from their folder."""
        return self.by_change.get(Change.REMOVED, 0)


class PurgeTargets(NamedTuple):
    """What is to be purged.

    Attributes:
        articles: As they are in the store.
        files: Those that were named themselves, or are below folders that were.
        damaged: What is known of articles that cannot be read.
    """

    articles: tuple[Article, ...]
    files: tuple[str, ...] = ()
    damaged: tuple[DamagedArticle, ...] = ()

    @property
    def all_articles(self) -> tuple[Article | DamagedArticle, ...]:
        """All articles, those that cannot be read behind the others."""
        return (*self.articles, *self.damaged)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveReport:
    """What was taken out by hand.

    Attributes:
        articles: The ids of the articles that are gone.
        files: The files that hold nothing any more, by name.
    """

    articles: tuple[str, ...]
    files: tuple[str, ...]

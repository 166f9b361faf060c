"""`Archive`: the one class that an application holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pinakes.corpus import ArchiveFolder
from pinakes.indexer import LISTS_MB
from pinakes.search.archive_articles import ArchiveArticles
from pinakes.search.archive_queries import ArchiveQueries
from pinakes.search.options import OptionsError
from pinakes.search.reading import reader_of

if TYPE_CHECKING:
    from pinakes.corpus import (
        FileOutcome,
        IngestObserver,
        IngestReport,
        RemoveReport,
    )
    from pinakes.search.adding import AddedRecords
    from pinakes.search.archive_records import ArchiveRecords
    from pinakes.search.index_options import IndexOptions
    from pinakes.search.tagging.archive_tags import ArchiveTags
    from pinakes.search.upkeep.archive_upkeep import ArchiveUpkeep


def _nothing() -> None:
    """Do nothing when an archive is closed that stays."""


def _open_exactly(root: str, lists_mb: float) -> Archive:
    return Archive.open(root, exact=True, lists_mb=lists_mb)


class Archive(ArchiveQueries, ArchiveArticles):
    """A folder of articles that answers queries; made by `open` or `create`, and to be closed.

    One object serves any number of threads. Other threads and processes may write meanwhile: every
    answer is of one generation of the archive, whole. An index that is missing, damaged or of
    another format is made again from the store, once, when it is needed.

    Attributes:
        root: The folder that holds `.pinakes/`.
        id: Made when the archive was; the same wherever it is moved.
    """

    def __init__(self, folder: ArchiveFolder, *, lists_mb: float = LISTS_MB) -> None:
        """Hold the archive in `folder`; `open` and `create` are the ways in."""
        if not 0 <= lists_mb < float("inf"):
            raise OptionsError(f"lists_mb is a number of megabytes, 0 or more: not {lists_mb}")
        self._folder = folder
        self._lists_mb = lists_mb
        self._reader = reader_of(folder, lists_mb=lists_mb)
        self._delete: Callable[[], object] = _nothing
        self.root = folder.root
        with self._reader.store() as store:
            self.id = store.archive_id

    @classmethod
    def create(cls, root: Path | str) -> Self:
        """Make an empty archive in the folder `root`, which is made too if need be.

        Raises:
            ArchiveExistsError: There is one already.
            ArchiveReadOnlyError: The folder cannot be written.
        """
        return cls(ArchiveFolder.create(Path(root)))

    @classmethod
    def open(
        cls, start: Path | str = ".", *, exact: bool = False, lists_mb: float = LISTS_MB
    ) -> Self:
        """Open the archive in the folder `start`, or, unless `exact`, in the nearest one above.

        Args:
            start: A folder.
            exact: Look nowhere else.
            lists_mb: How much memory unpacked lists of the index may take, those asked for last.

        Raises:
            ArchiveMissingError: There is none.
            ArchiveFormatError: Another Pinakes wrote it, in a format that this one does not read.
            ArchiveDamagedError: Its store cannot be read.
            OptionsError: `lists_mb` is below 0, or without end.
        """
        folder = ArchiveFolder.open(Path(start)) if exact else ArchiveFolder.find(Path(start))
        return cls(folder, lists_mb=lists_mb)

    @classmethod
    def temporary(cls) -> Self:
        """Make an empty archive whose folder is deleted when it is closed, at the latest at exit.

        The folder is in memory where the system has a place for that (`/dev/shm`), else among the
        temporary files. It is a folder as any other, so that what holds in tests holds elsewhere.
        """
        import weakref

        from pinakes.search.temporary import make_temporary

        folder, delete = make_temporary()
        made = cls(folder)
        made._delete = weakref.finalize(made, delete)
        return made

    def __reduce__(self) -> tuple[Callable[..., Archive], tuple[str, float]]:
        # In another process it is opened again.
        return _open_exactly, (str(self.root), self._lists_mb)

    @cached_property
    def added(self) -> AddedRecords:
        """The articles that an application adds from elsewhere than files."""
        from pinakes.search.adding import AddedRecords

        return AddedRecords(self._folder, self._reader)

    @cached_property
    def tags(self) -> ArchiveTags:
        """What its passages are tagged with."""
        from pinakes.search.tagging.archive_tags import ArchiveTags

        return ArchiveTags(self._folder, self._reader)

    @cached_property
    def records(self) -> ArchiveRecords:
        """Searches described, repeated, and handed on."""
        from pinakes.search.archive_records import ArchiveRecords

        return ArchiveRecords(self._folder, self._reader, self._read)

    @cached_property
    def upkeep(self) -> ArchiveUpkeep:
        """What keeps it whole, and what makes it forget."""
        from pinakes.search.upkeep.archive_upkeep import ArchiveUpkeep

        return ArchiveUpkeep(self._folder, self._reader)

    def close(self) -> None:
        """Let go of every file. Searches under way in other threads end as they would have."""
        self._reader.close()
        self._delete()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def index(
        self,
        paths: Path | str | Iterable[Path | str],
        *,
        force: bool = False,
        wait_s: float = 10.0,
        options: IndexOptions | None = None,
        progress: Callable[[FileOutcome], None] | IngestObserver | None = None,
    ) -> IngestReport:
        """Take in files and folders; what has not changed since the last time is left alone.

        What is done so far stays, whatever stops it: the next call goes on from there. Files are
        read in other processes, each within limits of time and memory.

        Args:
            paths: A file or folder, or several; of a folder everything below, and what is gone is
                removed. None at all, with `options.retry_failed`, are the files that failed.
            force: Read files again that have not changed; short for `options.force`.
            wait_s: How long to wait for another writer, in seconds.
            options: What else is asked for, if anything.
            progress: Called after every file; or an observer, told of more than that.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
            ArchiveReadOnlyError: The archive cannot be written.
        """
        from pinakes.search.index_options import IndexOptions
        from pinakes.search.taking_in import failed_files, take_in

        options = options or IndexOptions()
        # A string is an iterable of strings too: its letters, and `/` among them.
        given = [paths] if isinstance(paths, (str, Path)) else list(paths)
        if not given and options.retry_failed:
            given = failed_files(self._folder, self.ledger())
        options = replace(options, force=options.force or force)
        return take_in(self._folder, given, options=options, wait_s=wait_s, progress=progress)

    def add(
        self,
        records: Iterable[Mapping[str, object]],
        *,
        is_complete: bool = False,
        wait_s: float = 10.0,
        options: IndexOptions | None = None,
        progress: Callable[[FileOutcome], None] | IngestObserver | None = None,
    ) -> IngestReport:
        """Take in articles that an application has elsewhere than in files, as in a database.

        Each record has an id of its own, by which it is known again, and a text; the names of its
        fields are those of files of records. What has not changed is left alone. Each is kept as a
        file below `added/`: see docs/embedding.md.

        Args:
            records: In any number; of several with the same id the last one counts.
            is_complete: Whether they are all there are: what was added before and is not among
                them is removed.
            wait_s: As of `index`, as what follows.
            options: As of `index`.
            progress: As of `index`.

        Raises:
            ArchiveLockedError: Another process is still writing after `wait_s`.
            ArchiveDamagedError: There is a link in the place of `added/` or of a folder in it.
            ArchiveReadOnlyError: The archive cannot be written.
        """
        from pinakes.search.index_options import IndexOptions

        asked = options or IndexOptions()
        return self.added.add(
            records, is_complete=is_complete, wait_s=wait_s, options=asked, progress=progress
        )

    def remove(self, targets: str | Iterable[str], *, wait_s: float = 10.0) -> RemoveReport:
        """Take articles out, by id or by file; their files are left alone and do not come back.

        Raises:
            UnknownArticleError: A target is neither the id of an article nor a file of the ledger.
            ArchiveLockedError: Another process is still writing after `wait_s`.
        """
        from pinakes.search.taking_in import take_out

        ids = [targets] if isinstance(targets, str) else list(targets)
        return take_out(self._folder, ids, wait_s=wait_s)

"""The store: the truth about an archive, in one SQLite file."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pinakes.corpus.errors import ArchiveReadOnlyError
from pinakes.corpus.store import reads
from pinakes.corpus.store.articles import ArticleReader
from pinakes.corpus.store.contents import Contents
from pinakes.corpus.store.rows import check_rows, only_row
from pinakes.corpus.store.schema import (
    create_database,
    identity_of,
    open_database,
    pending_path,
    translated,
)

if TYPE_CHECKING:
    from pinakes.corpus.article_columns import ArticleColumns, BirthObserver
    from pinakes.corpus.article_record import ArticleRecord, ReadsArticles
    from pinakes.corpus.damaged_article import DamagedArticle, OnDamage
    from pinakes.corpus.ledger import Counts, Status, StoreState
    from pinakes.corpus.ledger_row import LedgerRow
    from pinakes.corpus.model import Article
    from pinakes.corpus.store.packed_rows import PackedRows
    from pinakes.corpus.store.saved_rows import SavedRows
    from pinakes.corpus.store.tag_rows import TagRows
    from pinakes.corpus.store.writes import StoreWriter

_CHECKPOINT_TIMEOUT_MS = 1000


class Store:
    """The articles, passages, tags and ledger of an archive.

    Articles are kept in versions that never change: each has a key, is born with one generation of
    the archive and dies with another. So a reader that stays with one generation is not disturbed
    by a writer, until `prune`.

    Use an object in one thread at a time; opening one takes less than a millisecond. Every method
    may raise `ArchiveDamagedError` or, while another process keeps the file to itself for more than
    ten seconds, `ArchiveLockedError`.

    Attributes:
        path: The file.
        archive_id: Made when the archive was; the same wherever it is moved.
        renews_moved: Whether an article that stands unchanged in a file whose bytes have changed
            gets a new version: for who keeps elsewhere in which bytes it stands.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        """Take over a connection that has been checked; `open` and `create` are the ways in."""
        self._connection = connection
        self._read_only = read_only
        self._observer: BirthObserver | None = None
        self.renews_moved = False
        self._contents = Contents(connection)
        self._own_articles = ArticleReader(connection, self._contents)
        self._articles: ReadsArticles = self._own_articles
        self.path = path
        self._identity = identity_of(path)
        with translated(self.path):
            (self.archive_id,) = only_row(connection.execute("SELECT id FROM archive"), str)

    @cached_property
    def saved(self) -> SavedRows:
        """The searches that the archive keeps."""
        from pinakes.corpus.store.saved_rows import SavedRows

        return SavedRows(self._connection, self.path, read_only=self._read_only)

    @cached_property
    def tags(self) -> TagRows:
        """Which taggers its articles have gone through."""
        from pinakes.corpus.store.tag_rows import TagRows

        return TagRows(self._connection, self.path)

    @cached_property
    def packed(self) -> PackedRows:
        """Its articles as they are packed."""
        from pinakes.corpus.store.packed_rows import PackedRows

        return PackedRows(self._connection, self._contents, self.path)

    @classmethod
    def create(cls, path: Path, *, archive_id: str = "") -> Self:
        """Make an empty store at `path`, and open it for writing; `archive_id` is random if empty.

        Raises:
            ArchiveExistsError: There is a file already.
            ArchiveReadOnlyError: The folder cannot be written.
        """
        connection = create_database(path, archive_id or str(uuid.uuid4()))
        return cls(connection, path, read_only=False)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = True) -> Self:
        """Open the store at `path`.

        Raises:
            ArchiveDamagedError: There is none, or it is something else.
            ArchiveFormatError: A newer Pinakes wrote it, or an older one.
            ArchiveReadOnlyError: Permissions do not allow it.
        """
        connection = open_database(path, read_only=read_only)
        try:
            return cls(connection, path, read_only=read_only)
        except BaseException:
            connection.close()
            raise

    def is_replaced(self) -> bool:
        """Return whether another file has taken the place of this one: it is to be opened anew."""
        return identity_of(self.path) != self._identity

    def is_superseded(self) -> bool:
        """Return whether this file is replaced, or is to be by what a process has begun.

        What is written to it may be lost then, also where that process was killed: whoever opens
        the store next finishes that. To read it is as good as ever.
        """
        # In this order: the new file has one of its two names at each moment.
        return pending_path(self.path).exists() or self.is_replaced()

    def close(self) -> None:
        """Let go of the file."""
        self._contents.close()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def state(self) -> StoreState:
        """Return where the store is in its history."""
        with translated(self.path):
            return reads.read_state(self._connection)

    def token_of(self, generation: int) -> str | None:
        """Return the token of `generation`; None if it is pruned, or was never reached.

        It is random, made by the commit that raised the store to this generation: a store that is
        restored from a backup and written again has other tokens from there on.
        """
        with translated(self.path):
            return reads.read_token(self._connection, generation)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all calls inside see one state of the store, whatever is written meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        with translated(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with translated(self.path):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def counts(self, generation: int) -> Counts:
        """Return how much the archive holds at `generation`; of a pruned one, at the oldest."""
        with translated(self.path):
            return reads.read_counts(self._connection, generation)

    def articles(self, keys: Sequence[int]) -> dict[int, Article]:
        """Return the articles with these keys, in their order; those pruned are left out."""
        with translated(self.path):
            found = {a.key: a for a in self._articles.with_keys(keys)}
        return {key: found[key] for key in keys if key in found}

    def find(self, article_id: str, *, generation: int) -> Article:
        """Return the article with this id, or with the only id that begins so.

        Raises:
            UnknownArticleError: There is none, or several, or fewer than 4 digits were given.
        """
        with translated(self.path):
            return self._articles.find(article_id, generation)

    def find_any(self, article_id: str, *, generation: int) -> Article | DamagedArticle:
        """Do as `find`; of an article that is damaged return what is known."""
        with translated(self.path):
            return self._own_articles.find_any(article_id, generation)

    @contextmanager
    def passing_over_damage(self, on_damage: OnDamage) -> Iterator[None]:
        """Let all calls inside that return several articles pass over those that are damaged.

        Without this, one that is damaged ends the call. `on_damage` is told of each, perhaps more
        than once.
        """
        before, self._own_articles.on_damage = self._own_articles.on_damage, on_damage
        try:
            yield
        finally:
            self._own_articles.on_damage = before

    def with_text(self, text_sha256: str, *, generation: int) -> Article | None:
        """Return the first article with this text (SHA-256 in hexadecimal); None if none has it.

        All articles are gone through: for what has to be found once in a while.
        """
        with translated(self.path):
            return self._articles.with_text(text_sha256, generation)

    def living(self, generation: int) -> Iterator[Article]:
        """Yield the articles alive at `generation`, by ascending key."""
        return self.born_between(0, generation)

    def born_between(self, since: int, until: int) -> Iterator[Article]:
        """Yield the articles born in `(since, until]` and alive at `until`, by ascending key."""
        with translated(self.path):
            yield from self._articles.by_key_order(born_after=since, generation=until)

    def checksums(self, generation: int) -> list[tuple[str, str, str]]:
        """Return id, and SHA-256 of text and file in hexadecimal, of all alive then, by id."""
        with translated(self.path):
            return reads.read_checksums(self._connection, generation)

    def columns_between(self, since: int, until: int) -> Iterator[ArticleColumns]:
        """Yield what an index keeps of the articles of `born_between`, but of damaged ones.

        The log tells of these.
        """
        with translated(self.path):
            yield from self._articles.columns_by_key_order(born_after=since, generation=until)

    def records_between(self, since: int, until: int) -> Iterator[ArticleRecord]:
        """Yield all that is kept of the articles of `born_between`."""
        with translated(self.path):
            yield from self._own_articles.records_by_key_order(born_after=since, generation=until)

    @contextmanager
    def reading_from(self, articles: ReadsArticles) -> Iterator[None]:
        """Let all calls inside that return articles ask `articles`, which has them elsewhere."""
        self._articles = articles
        try:
            yield
        finally:
            self._articles = self._own_articles

    def held_by(self, paths: Iterable[str]) -> list[Article]:
        """Return the articles that any of these files holds now, by ascending key."""
        with translated(self.path):
            keys = reads.read_keys_in(self._connection, paths)
        return list(self.articles(keys).values())

    def copies_of(self, ids: Iterable[str]) -> list[Article]:
        """Return the living articles that are copies of these, but for these, by ascending key."""
        with translated(self.path):
            keys = reads.read_copies(self._connection, ids)
        return list(self.articles(keys).values())

    def keys_born(self, since: int, until: int) -> list[int]:
        """Return the keys of the articles of `born_between`."""
        with translated(self.path):
            return reads.read_born(self._connection, since, until)

    def died_between(self, since: int, until: int) -> list[int]:
        """Return the keys of articles born up to `since` that died in `(since, until]`, sorted."""
        with translated(self.path):
            return reads.read_died(self._connection, since, until)

    def purged_among(self, paths: Iterable[str]) -> set[str]:
        """Return which files and folders, by their names, were purged, and are kept out."""
        from pinakes.corpus.store.purged_rows import PurgedRows

        with translated(self.path):
            return PurgedRows(self._connection).paths_among(paths)

    def count_purged(self) -> int:
        """Return how many articles were purged, and are kept out."""
        from pinakes.corpus.store.purged_rows import PurgedRows

        with translated(self.path):
            return PurgedRows(self._connection).count()

    def ledger(self, *, status: Status | None = None) -> Iterator[LedgerRow]:
        """Yield what became of every file, or of those with one status, by path."""
        from pinakes.corpus.store.ledger_rows import read_ledger

        with translated(self.path):
            yield from read_ledger(self._connection, status)

    def thin_files(self, generation: int) -> list[tuple[LedgerRow, tuple[int, ...]]]:
        """Return files of little or no text, by path, with the keys of their living articles."""
        from pinakes.corpus.store.ledger_rows import read_thin

        with translated(self.path):
            return read_thin(self._connection, generation)

    def known_files(self, below: str = "") -> dict[str, tuple[int, int, Status]]:
        """Return size, time and status of the files at or below a path; of all for an empty one."""
        from pinakes.corpus.store.ledger_rows import read_known

        with translated(self.path):
            return read_known(self._connection, below)

    def sha256_by_path(self, below: str) -> dict[str, str]:
        """Return the SHA-256 of the files at or below a path; empty where it is not known."""
        from pinakes.corpus.store.ledger_rows import read_sha256_by_path

        with translated(self.path):
            return read_sha256_by_path(self._connection, below)

    def sha256_by_size(self, sizes: Collection[int]) -> dict[int, list[str]]:
        """Return, for files of these sizes that hold articles, SHA-256 of their bytes by size."""
        from pinakes.corpus.store.ledger_rows import read_sha256_by_size

        with translated(self.path):
            return read_sha256_by_size(self._connection, sizes)

    def files_with_records_removed(self) -> frozenset[str]:
        """Return the files of which some records, but not all, were taken out by hand."""
        with translated(self.path):
            rows = self._connection.execute("SELECT DISTINCT path FROM removed_records")
            return frozenset(path for (path,) in check_rows(rows, str))

    @contextmanager
    def observed(self, observer: BirthObserver) -> Iterator[None]:
        """Tell `observer`, of all transactions inside, which articles they write, as they do."""
        self._observer = observer
        try:
            yield
        finally:
            self._observer = None

    @contextmanager
    def transaction(self, *, is_kept: bool = True) -> Iterator[StoreWriter]:
        """Make changes, all of them or, after an exception or if they are not to be kept, none.

        Raises the generation by one if anything changed. What is written is on the disk when the
        block is left.

        Raises:
            ArchiveReadOnlyError: The store was opened for reading.
            ArchiveLockedError: Another process is writing.
        """
        from pinakes.corpus.store.births import Births
        from pinakes.corpus.store.writes import StoreWriter

        if self._read_only:
            raise ArchiveReadOnlyError(self.path, "opened for reading")
        with translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                births = Births(self._observer, self._own_articles.columns_with_keys)
                writer = StoreWriter(
                    self._connection, self._contents, births, renews_moved=self.renews_moved
                )
                yield writer
                if is_kept:
                    writer.finish()
                else:
                    self._forget()
                self._connection.execute("COMMIT" if is_kept else "ROLLBACK")
            except BaseException:
                self._forget()
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _forget(self) -> None:
        """Take back what was told of a transaction that is not kept."""
        self._contents.forget()
        if self._observer is not None:
            self._observer.forget()

    def prune(self, upto: int) -> None:
        """Delete for good what died at generation `upto` or before.

        Readers of generations below `upto` can no longer count on finding their articles.
        """
        from pinakes.corpus.store.pruning import delete_dead

        if self._read_only:
            raise ArchiveReadOnlyError(self.path, "opened for reading")
        with translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                delete_dead(self._connection, upto)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def checkpoint(self, *, wait_ms: int = _CHECKPOINT_TIMEOUT_MS) -> None:
        """Move what SQLite keeps in its log into the file, so that the file alone is the store.

        Where readers are in the way for longer than `wait_ms`, what they stop stays in the log,
        which is no error. A store opened for reading is left alone.
        """
        if self._read_only:
            return
        with translated(self.path):
            execute = self._connection.execute
            (timeout_ms,) = execute("PRAGMA busy_timeout").fetchone()
            execute(f"PRAGMA busy_timeout = {wait_ms}")
            try:
                execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                execute(f"PRAGMA busy_timeout = {timeout_ms}")

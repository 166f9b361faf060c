"""How the file of the store is made and opened: checked before anything in it is used."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pinakes.corpus.errors import (
    FREE_SPACE,
    ArchiveDamagedError,
    ArchiveError,
    ArchiveExistsError,
    ArchiveFormatError,
    ArchiveLockedError,
    ArchiveReadOnlyError,
)
from pinakes.corpus.store.rows import DamagedArticleRowError
from pinakes.corpus.store.tables import FORMAT, TABLES, bring_up, is_outdated, read_tables

APPLICATION_ID = 0x50494E41  # "PINA", as `file` shows it
BUSY_TIMEOUT_S = 10.0
# A row that fits in no page with another wastes the rest of it: with pages of 4 kB, a quarter of
# the file where articles have 9 kB.
_PAGE_BYTES = 16384
_MAX_RACES = 20
_LOG_PAGES = 256
"""After how many the log is moved into the file: 4 MB."""

_START_OVER = "move its folder away, index the articles again and copy config.toml back"
_NOT_OURS = f"is not a store of Pinakes; {_START_OVER}"
_ONE_DAMAGED = (
    "is damaged ({}); `pinakes doctor` tells the files of what is damaged, and what to do: "
    "`pinakes index --force FILE` reads an article again, `pinakes remove ID` takes it out"
)
_DAMAGED = f"is damaged ({{}}); restore a backup, or {_START_OVER}"
# A store another process is making or has in hand may be busy; these codes say so.
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}
_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}
# Those for which the file itself need not be at fault.
_NEUTRAL = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_INTERRUPT}


Identity = tuple[int, int]


def pending_path(path: Path) -> Path:
    """Return what the file is called that is to take the place of the store at `path`."""
    return path.with_name(path.name + ".new")


def identity_of(path: Path) -> Identity | None:
    """Return what tells a file from another one that takes its name; None if there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about the file at `path` into an `ArchiveError`."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        # What is not text where text should be has no code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _BUSY:
            raise ArchiveLockedError(path, owner="another process") from error
        if code in _READ_ONLY:
            raise ArchiveReadOnlyError(path, str(error)) from error
        if code in _DISK:
            raise ArchiveError(path, f"{error}; {FREE_SPACE}") from error
        if code == sqlite3.SQLITE_NOTADB:
            raise ArchiveDamagedError(path, _NOT_OURS) from error
        if code in _NEUTRAL:
            raise ArchiveError(path, f"cannot be read or written ({error})") from error
        is_of_one = isinstance(error, DamagedArticleRowError)
        problem = _ONE_DAMAGED if is_of_one else _DAMAGED
        raise ArchiveDamagedError(path, problem.format(error)) from error


def create_database(path: Path, archive_id: str) -> sqlite3.Connection:
    """Make the file at `path` with empty tables, and open it for writing.

    Raises:
        ArchiveExistsError: There is a file already.
    """
    try:
        # SQLite would take over an empty file that another process has just made.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    except FileExistsError as error:
        raise ArchiveExistsError(path) from error
    except OSError as error:
        raise ArchiveReadOnlyError(path, error) from error
    with translated(path):
        connection = _connect(path, mode="rw")
        try:
            connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = WAL")
            _set_up(connection)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            for statement in TABLES:
                connection.execute(statement)
            connection.execute("INSERT INTO archive VALUES (1, ?, 0, 0)", (archive_id,))
            first = "INSERT INTO generations VALUES (0, 0, 0, 0, 0, '{}', hex(randomblob(8)))"
            connection.execute(first)
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
    return connection


def open_database(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open the file at `path` after making sure that it is a store in a format known here.

    Raises:
        ArchiveDamagedError: There is none, or it is something else.
        ArchiveFormatError: A newer Pinakes wrote it, or an older one.
        ArchiveReadOnlyError: It is to be written and cannot be.
        ArchiveError: It cannot be read.
    """
    for _ in range(_MAX_RACES):
        if pending_path(path).exists():
            from pinakes.corpus.store.replacing import finish_replacement

            finish_replacement(path)
        before = identity_of(path)
        connection = _open(path, read_only=read_only)
        # Its log is opened by name, and has to be that of the same file.
        if identity_of(path) == before and not pending_path(path).exists():
            return connection
        connection.close()
    raise ArchiveLockedError(path, owner="a purge")


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Open a file that has been checked for another time, to write; raises what SQLite does."""
    connection = _connect(path, mode="rw")
    _set_up(connection)
    return connection


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not path.is_file():
        raise ArchiveDamagedError(
            path, "is missing; restore a backup, or delete .pinakes and index the articles again"
        )
    if not os.access(path, os.R_OK):
        raise ArchiveError(path, "cannot be read (permission denied); check its permissions")
    if not read_only and not os.access(path, os.W_OK):
        raise ArchiveReadOnlyError(path, "permission denied")
    with translated(path):
        connection = _connect(path, mode="ro" if read_only else "rw")
        try:
            if _is_outdated(connection):
                _bring_up(path)
            _check(connection, path)
            _set_up(connection)
            if read_only:
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def _connect(path: Path, *, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    if mode == "ro" and _is_frozen(path):
        uri += "&immutable=1"
    return sqlite3.connect(
        uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )


def _is_frozen(path: Path) -> bool:
    """Whether nobody can write the store, and nothing is waiting in its log.

    SQLite needs two files beside a database in WAL mode; where it can neither find nor make them,
    it reads only what it may take for immutable.
    """
    log = path.with_name(path.name + "-wal")
    return not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    if found != APPLICATION_ID:
        raise ArchiveDamagedError(path, _NOT_OURS)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, FORMAT):
        raise ArchiveFormatError(path, found=version, supported=FORMAT)
    if version != FORMAT or read_tables(connection) != set(TABLES):
        raise ArchiveDamagedError(path, _DAMAGED.format("its tables are not those of a store"))


def _is_outdated(connection: sqlite3.Connection) -> bool:
    """Return whether it is a store of an older format that can be brought up."""
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    return found == APPLICATION_ID and is_outdated(connection)


def _bring_up(path: Path) -> None:
    """Make a store of this format of an older one, without what is new."""
    connection = _connect(path, mode="rw")
    try:
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have done it meanwhile.
        if _is_outdated(connection):
            bring_up(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _set_up(connection: sqlite3.Connection) -> None:
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "foreign_keys = ON",
        "synchronous = FULL",
        "cache_size = -32768",
        f"wal_autocheckpoint = {_LOG_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")

"""Writes the store anew, so that nothing is left in its file of what was deleted.

SQLite only marks deleted rows as free, and our dictionaries are made of texts, of those too that
are gone. So all that is left is copied into a new file, row by row, with contents compressed anew
by a dictionary of what is left; then it takes the place of the old one.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from pinakes.corpus.store.compression import compressor, train
from pinakes.corpus.store.contents import FIRST_TRAINED_AT, SAMPLES, Contents
from pinakes.corpus.store.forgetting import forget_articles
from pinakes.corpus.store.pruning import delete_dead
from pinakes.corpus.store.reads import read_state
from pinakes.corpus.store.replacing import replace_store
from pinakes.corpus.store.rows import DECODING_ERRORS, DamagedRowError, check_rows, only_row
from pinakes.corpus.store.schema import connect_to_write, create_database, translated

_MADE_ANEW = ("contents", "dictionaries")
_KEEPS_OPEN_FILES = sys.platform == "win32"
"""Whether the system lets nobody replace a file that is open, by whomever."""


def rewrite_store(path: Path, *, forgotten: Iterable[str] = ()) -> None:
    """Write the store at `path` anew without the dead, and without any trace of some articles.

    Its generation, and the keys and ids of what stays, are what they were; content that is damaged
    stays so. Whoever calls this holds the archive's `WriterLock`, and has no connection of its own
    that it goes on using. Readers that have the store open go on reading the old file, which has no
    name any more.

    Args:
        path: Of the store, whose index has caught up with it: the dead are not asked for again.
        forgotten: Ids of articles that are dead.

    Raises:
        ArchiveDamagedError: A table cannot be read; the store is as it was.
        ArchiveLockedError: A reader keeps the file where the system does not let go of it.
    """
    draft = path.with_name(path.name + ".part")
    _discard(draft)
    with translated(path), closing(connect_to_write(path)) as source:
        # Saved searches are written without the lock of writers. Nothing of this is committed: to
        # close a connection takes back what it has begun.
        source.execute("BEGIN IMMEDIATE")
        try:
            delete_dead(source, read_state(source).generation)
            forget_articles(source, forgotten)
            (archive_id,) = only_row(source.execute("SELECT id FROM archive"), str)
            with closing(create_database(draft, archive_id)) as target:
                _copy(source, target)
            if _KEEPS_OPEN_FILES:
                # A search that is saved from here on may be lost; the file could not be replaced.
                source.close()
            replace_store(path, draft)
        finally:
            _discard(draft)


def _discard(draft: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite^_%'"
    names = [name for (name,) in check_rows(source.execute(f"{tables} ESCAPE '^'"), str)]
    target.execute("PRAGMA foreign_keys = OFF")
    # It is no store before it is whole, and in its place.
    target.execute("PRAGMA synchronous = OFF")
    target.execute("BEGIN IMMEDIATE")
    for name in names:
        target.execute(f"DELETE FROM {name}")  # noqa: S608  # tables of ours: checked on opening
        if name not in _MADE_ANEW:
            _copy_rows(source, target, name)
    _copy_contents(source, target)
    # A key never comes back, not even that of the last article.
    target.execute("DELETE FROM sqlite_sequence")
    _copy_rows(source, target, "sqlite_sequence")
    target.execute("COMMIT")
    target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _copy_rows(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    rows = source.execute(f"SELECT * FROM {table}")  # noqa: S608  # as above
    target.executemany(_insertion(rows, table), rows)


def _insertion(rows: sqlite3.Cursor, table: str) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows.description))})"  # noqa: S608


def _copy_contents(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    with closing(Contents(source)) as contents:
        number, compress = _make_dictionary(source, target, contents)
        rows = source.execute("SELECT * FROM contents ORDER BY content")
        insert = _insertion(rows, "contents")
        names = [name for name, *_ in rows.description]
        packed, dictionary = names.index("packed"), names.index("dictionary")

        def renewed() -> Iterator[list[object]]:
            for row in rows:
                values = list(row)
                try:
                    values[packed] = compress(contents.read(row[packed], row[dictionary]))
                    values[dictionary] = number
                except (DamagedRowError, *DECODING_ERRORS):
                    # It was damaged after the purge was begun, or is dead. Its dictionary is not
                    # kept, as others are made of texts that are to be gone.
                    values[dictionary] = 0
                yield values

        target.executemany(insert, renewed())


def _make_dictionary(
    source: sqlite3.Connection, target: sqlite3.Connection, contents: Contents
) -> tuple[int, Callable[[bytes], bytes]]:
    """Write a dictionary of what is left, if that is enough; return its number, 0 for none."""
    (count,) = only_row(source.execute("SELECT count(*) FROM contents"), int)
    if count < FIRST_TRAINED_AT:
        return 0, compressor(None)
    numbered = "SELECT packed, dictionary, row_number() OVER (ORDER BY content) AS place"
    rows = source.execute(
        f"SELECT packed, dictionary FROM ({numbered} FROM contents) WHERE place % ? = 0",  # noqa: S608
        (count // SAMPLES,),
    )
    dictionary = train(contents.samples(rows.fetchall()))
    if dictionary is None:
        return 0, compressor(None)
    target.execute("INSERT INTO dictionaries VALUES (1, ?)", (dictionary.dict_content,))
    return 1, compressor(dictionary)

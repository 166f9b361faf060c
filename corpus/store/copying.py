"""Copies the store as it is at one moment, while others may write it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pinakes.corpus.store.schema import open_database, translated
from pinakes.corpus.syncing import sync_file


def copy_store(path: Path, target: Path) -> None:
    """Write what the store at `path` holds at this moment into the new file `target`.

    The copy is one file, of one state, without free pages; it is on the disk when this returns.

    Raises:
        ArchiveDamagedError: The store cannot be read.
    """
    with translated(path), closing(open_database(path, read_only=True)) as connection:
        # It writes to another file, which SQLite takes for a write too.
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("VACUUM INTO ?", (str(target),))
    # SQLite makes copies that have no log.
    with translated(target), closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode = WAL").fetchall()
    sync_file(target)

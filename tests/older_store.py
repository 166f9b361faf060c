"""Stores of older formats, made of new ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pinakes.corpus.store import tables


def make_older(path: Path, version: int) -> None:
    """Make a store of an older format of one of this format, without what was new since."""
    older = tables._TABLES_OF[version]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for sql in set(tables.TABLES) - older:
            kind, name = sql.split()[1:3]
            if kind == "TABLE":
                connection.execute(f"CREATE TEMP TABLE kept_{name} AS SELECT * FROM {name}")  # noqa: S608
            connection.execute(f"DROP {kind} IF EXISTS {name}")
        for sql in older - set(tables.TABLES):
            connection.execute(sql)
            name = sql.split()[2]
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
            connection.execute(f"INSERT INTO {name} SELECT {columns} FROM kept_{name}")  # noqa: S608
        for sql in older - tables.read_tables(connection):
            connection.execute(sql)
        connection.execute(f"PRAGMA user_version = {version}")

"""Lays open all that a store holds, row by row, with nothing compressed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from pinakes.corpus.ledger import Status
from pinakes.corpus.store.contents import Contents
from pinakes.corpus.store.forgetting import HANGING, SHARED
from pinakes.corpus.store.rows import DECODING_ERRORS, check_rows
from pinakes.corpus.store.schema import open_database, translated

_LIVING = (
    "SELECT key, id, content FROM articles"
    " WHERE died IS NULL AND id NOT IN (SELECT value FROM json_each(?))"
)


class Piece(NamedTuple):
    """One value of one row.

    Attributes:
        table: Whose row it is.
        row: What the row begins with, as text: a key, a path, a name.
        column: Its column.
        content: The value; text is UTF-8, and contents are not compressed.
        is_text: Whether it is text, contents too, which have some numbers beside it.
        is_living: Whether it is of an article that is in the archive now, or what the ledger says
            of how a file was read.
    """

    table: str
    row: str
    column: str
    content: bytes
    is_text: bool
    is_living: bool


def lay_open(path: Path, *, without: Iterable[str] = ()) -> Iterator[Piece]:
    """Yield every value of the store at `path` that is text or bytes, and how its tables are made.

    What cannot be understood is yielded as it stands. Articles with the ids `without` are taken for
    dead.
    """
    with translated(path), closing(open_database(path, read_only=True)) as connection:
        connection.execute("BEGIN")
        found = connection.execute(_LIVING, (json.dumps(list(without)),))
        rows = list(check_rows(found, int, str, int))
        known = {
            what: {row[at] for row in rows} for at, what in enumerate(("key", "id", "content"))
        }
        tables = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        for table, sql in check_rows(connection.execute(tables).fetchall(), str, str):
            yield Piece("sqlite_schema", table, "sql", sql.encode(), is_text=True, is_living=True)
            column, what = {**HANGING, **SHARED}.get(table, ("", ""))
            yield from _lay_open_table(connection, table, column, known.get(what, set()))


def _lay_open_table(
    connection: sqlite3.Connection, table: str, column: str, living: set[Any]
) -> Iterator[Piece]:
    rows = connection.execute(f"SELECT * FROM {table}")  # noqa: S608  # checked on opening
    names = [name for name, *_ in rows.description]
    with closing(Contents(connection)) as contents:
        for row in rows:
            values = dict(zip(names, row, strict=True))
            is_living = values.get(column) in living
            if table == "articles":
                is_living = is_living and values["died"] is None
            for name, value in values.items():
                if isinstance(value, (str, bytes)):
                    is_text = isinstance(value, str)
                    content = value.encode() if isinstance(value, str) else value
                    if table == "contents" and name == "packed":
                        content, is_text = _unpacked(contents, values), True
                    is_kept = is_living or (table == "files" and _is_message(name, values))
                    yield Piece(table, str(row[0]), name, content, is_text, is_kept)


def _is_message(name: str, values: dict[str, Any]) -> bool:
    """Whether a column of the ledger is written by this program; a copy's detail is an id."""
    if name == "detail":
        return str(values["status"]) != Status.DUPLICATE_OF
    return name in ("problems", "notes")


def _unpacked(contents: Contents, values: dict[str, Any]) -> bytes:
    try:
        return contents.read(values["packed"], values["dictionary"])
    except (sqlite3.DatabaseError, *DECODING_ERRORS):
        return bytes(values["packed"])


def read_dictionaries(path: Path) -> list[bytes]:
    """Return with what the contents of the store at `path` are compressed."""
    with translated(path), closing(open_database(path, read_only=True)) as connection:
        rows = connection.execute("SELECT bytes FROM dictionaries ORDER BY dictionary")
        return [content for (content,) in check_rows(rows.fetchall(), bytes)]

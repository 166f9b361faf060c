"""Checks that rows hold what they should: SQLite keeps anything in any column."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import UnionType
from typing import Any


class DamagedRowError(sqlite3.DatabaseError):
    """A row does not hold what it should; told to callers of the store like SQLite's own."""


class DamagedArticleRowError(DamagedRowError):
    """What the store holds of one article cannot be understood; others may be whole."""


DECODING_ERRORS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    struct.error,
)
"""What may go wrong when the values of a row are decoded."""


@contextmanager
def decoding(what: str) -> Iterator[None]:
    """Turn what goes wrong when the values of a row are decoded into `DamagedRowError`."""
    try:
        yield
    except DECODING_ERRORS as error:
        raise DamagedRowError(f"{what} cannot be understood: {error}") from error


@contextmanager
def decoding_article(article_id: str) -> Iterator[None]:
    """Do the same of what the store holds of an article: `DamagedArticleRowError`."""
    try:
        with decoding(f"article {article_id}"):
            yield
    except DamagedRowError as error:
        raise DamagedArticleRowError(*error.args) from error


def check_rows(rows: Iterable[Sequence[Any]], *types: type | UnionType) -> Iterator[Any]:
    """Yield rows after making sure that their columns are of these types."""
    for row in rows:
        if not all(map(isinstance, row, types)):
            raise DamagedRowError("a row holds values of other types than it should")
        yield row


def only_row(rows: Iterable[Sequence[Any]], *types: type | UnionType) -> Any:
    """Return the first row of a query that must have one."""
    for row in check_rows(rows, *types):
        return row
    raise DamagedRowError("a row is missing")


def row_number(cursor: sqlite3.Cursor) -> int:
    """Return the number of the row just written."""
    if cursor.lastrowid is None:
        raise sqlite3.InternalError("a row was written and has no number")
    return cursor.lastrowid

"""Reads and writes the saved searches of a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pinakes.corpus.errors import ArchiveReadOnlyError
from pinakes.corpus.store.rows import check_rows
from pinakes.corpus.store.schema import translated

if TYPE_CHECKING:
    from pinakes.corpus.saved_search import SavedSearch

_ROW = "SELECT name, query, syntax, saved, seen FROM saved_searches"
_ROW_TYPES = (str, str, int, str, int | None)
_RAISE_SEEN = (
    "UPDATE saved_searches SET seen = max(ifnull(seen, 0), :generation)"
    " WHERE name = :name AND query = :query"
)
# An article is never changed before it is born, which has an index.
_CHANGED = (
    "SELECT key FROM articles WHERE changed > :since AND born > :since AND born <= :until"
    " AND (died IS NULL OR died > :until) ORDER BY key"
)


class SavedRows:
    """The saved searches of a store, and what is new for them.

    Each change is on the disk when it returns.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        """Read and write through the connection of the store at `path`."""
        self._connection = connection
        self._path = path
        self._read_only = read_only

    def __iter__(self) -> Iterator[SavedSearch]:
        """Yield all of them by name."""
        from pinakes.corpus.saved_search import SavedSearch

        with translated(self._path):
            rows = self._connection.execute(f"{_ROW} ORDER BY name").fetchall()
            for name, query, syntax, saved, seen in check_rows(rows, *_ROW_TYPES):
                yield SavedSearch(name=name, query=query, syntax=syntax, saved=saved, seen=seen)

    def changed_between(self, since: int, until: int) -> list[int]:
        """Return the keys of articles alive at `until` that are new or changed since `since`.

        Ascending. Files that are moved, copied or read again without a change change no article.
        """
        with translated(self._path):
            rows = self._connection.execute(_CHANGED, {"since": since, "until": until})
            return [key for (key,) in check_rows(rows, int)]

    def put(self, search: SavedSearch, *, replace: bool) -> bool:
        """Keep a search; return False if there is one of its name that is not to be replaced."""
        kind = "REPLACE" if replace else "IGNORE"
        row = (search.name, search.query, search.syntax, search.saved, search.seen)
        insert = f"INSERT OR {kind} INTO saved_searches VALUES (?, ?, ?, ?, ?)"  # noqa: S608
        with self._writing() as connection:
            return connection.execute(insert, row).rowcount > 0

    def remove(self, name: str) -> bool:
        """Forget a search; return whether there was one of this name."""
        delete = "DELETE FROM saved_searches WHERE name = ?"
        with self._writing() as connection:
            return connection.execute(delete, (name,)).rowcount > 0

    def remember(self, search: SavedSearch, generation: int) -> None:
        """Note that `generation` answered a search, unless a later one has, or it is another."""
        values = {"name": search.name, "query": search.query, "generation": generation}
        with self._writing() as connection:
            connection.execute(_RAISE_SEEN, values)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._read_only:
            raise ArchiveReadOnlyError(self._path, "opened for reading")
        with translated(self._path):
            yield self._connection

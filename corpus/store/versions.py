"""The versions of articles: none is changed that a reader may look at."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from pinakes.corpus.store.births import Births
from pinakes.corpus.store.rows import only_row, row_number


class Version(NamedTuple):
    """What a version says of its article.

    Attributes:
        id: Of the article.
        content: The number of its content.
        record: Its name in its files.
        sha256: Of the bytes that it was read from.
        changed: The generation since which the article has its content.
        cluster: Which articles are copies of it; 0 for a cluster that the version founds.
    """

    id: str
    content: int
    record: str
    sha256: bytes
    changed: int
    cluster: int


class Versions:
    """The versions that are written inside one transaction.

    Attributes:
        is_changed: Whether any was.
    """

    def __init__(self, connection: sqlite3.Connection, births: Births, generation: int) -> None:
        """Write through a connection that is in a transaction, for what will be `generation`."""
        self._connection = connection
        self._births = births
        self._generation = generation
        self.is_changed = False

    def add(self, version: Version) -> int:
        """Write a version, and return its key."""
        self.is_changed = True
        *facts, changed, cluster = version
        cursor = self._connection.execute(
            "INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?, NULL, ?)",
            (*facts, self._generation, changed, cluster),
        )
        key = row_number(cursor)
        if not cluster:
            self._connection.execute("UPDATE articles SET cluster = key WHERE key = ?", (key,))
        self._births.note(key)
        return key

    def read(self, key: int) -> tuple[Version, int]:
        """Return a version, and the generation it was born with."""
        row = self._connection.execute(
            "SELECT id, content, record, sha256, changed, cluster, born FROM articles"
            " WHERE key = ?",
            (key,),
        )
        *facts, born = only_row(row, str, int, str, bytes, int, int, int)
        return Version(*facts), born

    def renew(self, key: int, *, content: int | None = None) -> int:
        """Return the key of a version that no reader knows, made of this one if need be.

        It holds what the row `content` says, if one is given.
        """
        self.is_changed = True
        version, born = self.read(key)
        if content is not None:
            version = version._replace(content=content)
        if born == self._generation and not self._births.is_told(key):
            if content is not None:
                self._connection.execute(
                    "UPDATE articles SET content = ? WHERE key = ?", (content, key)
                )
            self._births.note(key)
            return key
        new = self.add(version)
        self._connection.execute(
            "INSERT INTO article_paths SELECT ?, place, path FROM article_paths WHERE key = ?",
            (new, key),
        )
        self._end(key, born)
        return new

    def end(self, key: int) -> Version:
        """Let a version die, or vanish if no reader can have seen it; return what it said."""
        version, born = self.read(key)
        self._end(key, born)
        return version

    def _end(self, key: int, born: int) -> None:
        self.is_changed = True
        if born < self._generation:
            self._connection.execute(
                "UPDATE articles SET died = ? WHERE key = ?", (self._generation, key)
            )
            return
        self._connection.execute("DELETE FROM articles WHERE key = ?", (key,))
        self._births.drop(key)

"""Remembers by checksums alone what was purged, so that it does not come back from its files."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from enum import StrEnum

from pinakes.corpus.store.rows import check_rows, only_row

_BUNCH_BYTES = 8


class Trace(StrEnum):
    """What a checksum is of."""

    PATH = "path"
    """Of a file, as the archive knows it: it stays out whatever it holds."""
    FILE = "file"
    """The bytes of a file: they stay out under any name."""
    SOURCE = "source"
    """Of a file of records that stays, but for the article that was purged."""
    RECORD = "record"
    """The file of an article, and the article's name in it."""
    TEXT = "text"
    """Of an article: it stays out of whatever file it is read."""


class PurgedRows:
    """What is kept out for good, for the time of one connection.

    Names are hashed with the archive's id, which does no more than keep two archives from being
    compared: whoever has the store and guesses a name can tell whether it was purged.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read and write through the connection of the store; to write, in a transaction."""
        self._connection = connection
        self._salt: bytes | None = None

    def keep_out(self, traces: Iterable[tuple[Trace, bytes]]) -> None:
        """Keep out what has any of these checksums; they are of one article, and go together."""
        bunch = os.urandom(_BUNCH_BYTES)
        rows = [(kind.value, digest, bunch) for kind, digest in traces]
        self._connection.executemany("INSERT OR IGNORE INTO purged VALUES (?, ?, ?)", rows)

    def note_path(self, path: str, because: tuple[Trace, bytes]) -> None:
        """Keep a file out by its name too, together with that for which it was kept out."""
        self._connection.execute(
            "INSERT OR IGNORE INTO purged SELECT ?, ?, bunch FROM purged"
            " WHERE kind = ? AND digest = ?",
            (Trace.PATH.value, self.path(path)[1], because[0].value, because[1]),
        )

    def holds(self, *traces: tuple[Trace, bytes]) -> bool:
        """Return whether any of these checksums is of what was purged."""
        return any(
            self._connection.execute(
                "SELECT 1 FROM purged WHERE kind = ? AND digest = ? LIMIT 1", (kind.value, digest)
            ).fetchone()
            for kind, digest in traces
        )

    def paths_among(self, paths: Iterable[str]) -> set[str]:
        """Return which of these files, or folders that end with `/`, stay out by their names.

        What is in a folder that does stays out as well.
        """
        rows = self._connection.execute("SELECT digest FROM purged WHERE kind = 'path'")
        known = {digest for (digest,) in check_rows(rows, bytes)}
        if not known:
            return set()
        is_known: dict[str, bool] = {"": False}
        return {path for path in paths if self._is_below(path, known, is_known)}

    def let_back(self, traces: Iterable[tuple[Trace, bytes]]) -> int:
        """Forget what has any of these checksums, and what goes together with it; count articles.

        Articles that were purged from the same file are let back together.
        """
        bunches = {bunch for trace in traces for bunch in self._bunches_of(trace)}
        delete = "DELETE FROM purged WHERE bunch = ?"
        self._connection.executemany(delete, [(bunch,) for bunch in bunches])
        return len(bunches)

    def is_empty(self) -> bool:
        """Return whether nothing is kept out."""
        return self._connection.execute("SELECT 1 FROM purged LIMIT 1").fetchone() is None

    def count(self) -> int:
        """Return how many articles are kept out."""
        query = "SELECT count(DISTINCT bunch) FROM purged"
        (articles,) = only_row(self._connection.execute(query), int)
        return int(articles)

    def path(self, path: str) -> tuple[Trace, bytes]:
        """Return the checksum of a file's name."""
        return Trace.PATH, self._digest(path)

    def source(self, path: str) -> tuple[Trace, bytes]:
        """Return the checksum of the name of a file of which another part stays."""
        return Trace.SOURCE, self._digest(path)

    def record(self, path: str, record: str) -> tuple[Trace, bytes]:
        """Return the checksum of an article's name in a file."""
        return Trace.RECORD, self._digest(path, record)

    def _is_below(self, path: str, known: set[bytes], is_known: dict[str, bool]) -> bool:
        folder, slash, _ = path.rstrip("/").rpartition("/")
        above = folder + slash
        if above not in is_known:
            is_known[above] = self._is_below(above, known, is_known)
        return is_known[above] or self.path(path)[1] in known

    def _bunches_of(self, trace: tuple[Trace, bytes]) -> Iterator[bytes]:
        kind, digest = trace
        query = "SELECT bunch FROM purged WHERE kind = ? AND digest = ?"
        found = self._connection.execute(query, (kind.value, digest)).fetchall()
        for (bunch,) in check_rows(found, bytes):
            yield bunch

    def _digest(self, *names: str) -> bytes:
        if self._salt is None:
            (archive_id,) = only_row(self._connection.execute("SELECT id FROM archive"), str)
            self._salt = archive_id.encode()
        return hashlib.sha256(b"\0".join((self._salt, *map(str.encode, names)))).digest()


def of_file(sha256: str) -> tuple[Trace, bytes]:
    """Return the checksum of a file's bytes, from its hexadecimal form."""
    return Trace.FILE, bytes.fromhex(sha256)


def of_text(text_sha256: bytes) -> tuple[Trace, bytes]:
    """Return the checksum of an article's text."""
    return Trace.TEXT, text_sha256

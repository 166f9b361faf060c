"""Writes to the ledger of the store, inside one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from pinakes.corpus.ledger import LedgerRow
from pinakes.corpus.store.reads import read_files
from pinakes.corpus.store.rows import check_rows


class LedgerWriter:
    """The changes of one transaction to what is known of the files.

    Attributes:
        is_changed: Whether anything has changed that a reader of the archive can tell.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write through a connection that is in a transaction."""
        self._connection = connection
        self.is_changed = False

    def file(self, path: str) -> LedgerRow | None:
        """Return the ledger's row of a file."""
        return next(read_files(self._connection, "path = ?", (path,)), None)

    def with_bytes(self, sha256: str) -> Iterator[LedgerRow]:
        """Yield the rows of the files with these bytes, by path."""
        return read_files(self._connection, "sha256 = ?", (bytes.fromhex(sha256),))

    def put(self, row: LedgerRow) -> None:
        """Write a file's row of the ledger, in the place of the one there was."""
        old = self.file(row.path)
        if old is None or _facts(old) != _facts(row):
            self.is_changed = True
        problems = json.dumps([[p.where, p.reason] for p in row.problems], ensure_ascii=False)
        self._connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row.path,
                row.status.value,
                row.detail,
                row.size,
                row.mtime_ns,
                bytes.fromhex(row.sha256) or None,
                row.articles,
                problems,
                json.dumps(row.notes, ensure_ascii=False),
            ),
        )

    def drop(self, path: str) -> None:
        """Forget a file."""
        self._connection.execute("DELETE FROM files WHERE path = ?", (path,))
        self._connection.execute("DELETE FROM removed_records WHERE path = ?", (path,))
        self.is_changed = True

    def keep_out(self, path: str, record: str, text_sha256: bytes) -> None:
        """Note that a record with this text is not to come back from its file by itself."""
        self._connection.execute(
            "INSERT OR REPLACE INTO removed_records VALUES (?, ?, ?)", (path, record, text_sha256)
        )

    def kept_out(self, path: str) -> dict[str, bytes]:
        """Return the records of a file that were taken out, with the SHA-256 of their texts."""
        rows = self._connection.execute(
            "SELECT record, text_sha256 FROM removed_records WHERE path = ?", (path,)
        )
        return dict(check_rows(rows, str, bytes))

    def let_back(self, path: str) -> None:
        """Forget which records of a file were taken out."""
        self._connection.execute("DELETE FROM removed_records WHERE path = ?", (path,))

    def refresh(self, path: str, *, size: int, mtime_ns: int) -> None:
        """Note the size and time of a file whose bytes are as they were; that is no change."""
        self._connection.execute(
            "UPDATE files SET size = ?, mtime_ns = ? WHERE path = ?", (size, mtime_ns, path)
        )

    def rename(self, old: str, row: LedgerRow) -> None:
        """Put `row` in the place of that of the file `old`, with what was taken out of it."""
        self._connection.execute(
            "UPDATE OR REPLACE removed_records SET path = ? WHERE path = ?", (row.path, old)
        )
        self.drop(old)
        self.put(row)


def _facts(row: LedgerRow) -> tuple[object, ...]:
    """Return what readers of the archive can tell of a file."""
    return row.status, row.detail, row.articles, row.problems, row.notes

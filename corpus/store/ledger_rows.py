"""Reads the ledger of the store, and writes to it inside one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pinakes.corpus.ledger import Status
from pinakes.corpus.ledger_row import THIN_NOTE, LedgerRow
from pinakes.corpus.store.rows import check_rows, decoding

if TYPE_CHECKING:
    from pinakes.corpus.extract import Problem

_FILE = "SELECT path, status, detail, size, mtime_ns, sha256, articles, problems, notes FROM files"
_FILE_TYPES = (str, str, str, int, int, bytes | None, int, str, str)
_KNOWN = "SELECT path, size, mtime_ns, status FROM files"
_HASHES = "SELECT path, sha256 FROM files"
_BELOW = "path = :below OR (path >= :below || '/' AND path < :below || '0')"


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

    def left_out(self, prefix: str) -> list[LedgerRow]:
        """Return the rows of what was ignored, of those whose paths begin with `prefix`."""
        condition = "status = ? AND substr(path, 1, length(?)) = ?"
        values = (Status.IGNORED.value, prefix, prefix)
        return list(read_files(self._connection, condition, values))

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


def read_ledger(connection: sqlite3.Connection, status: Status | None) -> Iterator[LedgerRow]:
    """Yield the rows of the ledger, or those of one status, by path."""
    last = ""
    condition = "path > :last" + (" AND status = :status" if status else "")
    while True:
        rows = connection.execute(
            f"{_FILE} WHERE {condition} ORDER BY path LIMIT 1000", {"last": last, "status": status}
        ).fetchall()
        page = list(map(_ledger_row, check_rows(rows, *_FILE_TYPES)))
        yield from page
        if len(page) < 1000:
            return
        last = page[-1].path


def read_files(
    connection: sqlite3.Connection, condition: str, values: Sequence[object]
) -> Iterator[LedgerRow]:
    """Yield the rows of the ledger that satisfy a condition in SQL, by path."""
    rows = connection.execute(f"{_FILE} WHERE {condition} ORDER BY path", values)
    yield from map(_ledger_row, check_rows(rows, *_FILE_TYPES))


def read_thin(
    connection: sqlite3.Connection, generation: int
) -> list[tuple[LedgerRow, tuple[int, ...]]]:
    """Return the files without text, and those of which suspiciously little was kept, by path.

    Each with the keys of its articles that are alive at `generation`.
    """
    thin = list(
        read_files(
            connection,
            "status = ? OR instr(notes, ?)",
            (Status.EMPTY.value, json.dumps(THIN_NOTE, ensure_ascii=False)[1:]),
        )
    )
    rows = connection.execute(
        "SELECT path, key FROM article_paths JOIN articles USING (key)"
        " WHERE path IN (SELECT value FROM json_each(?))"
        " AND born <= ? AND (died IS NULL OR died > ?) ORDER BY key",
        (json.dumps([row.path for row in thin]), generation, generation),
    )
    keys: dict[str, list[int]] = {}
    for path, key in check_rows(rows, str, int):
        keys.setdefault(path, []).append(key)
    return [(row, tuple(keys.get(row.path, ()))) for row in thin]


def read_known(connection: sqlite3.Connection, below: str) -> dict[str, tuple[int, int, Status]]:
    """Return size, time and status of the files at or below a path; of all for an empty one."""
    rows = connection.execute(
        f"{_KNOWN} WHERE {_BELOW}" if below else _KNOWN,
        {"below": below},
    )
    with decoding("the ledger"):
        return {
            path: (size, time, Status(status))
            for path, size, time, status in check_rows(rows, str, int, int, str)
        }


def read_sha256_by_path(connection: sqlite3.Connection, below: str) -> dict[str, str]:
    """Return the SHA-256 of the bytes of the files at or below a path; empty where not known."""
    rows = connection.execute(f"{_HASHES} WHERE {_BELOW}", {"below": below})
    return {
        path: sha256.hex() if sha256 else "" for path, sha256 in check_rows(rows, str, bytes | None)
    }


def read_sha256_by_size(
    connection: sqlite3.Connection, sizes: Collection[int]
) -> dict[int, list[str]]:
    """Return, for files of these sizes that hold articles, SHA-256 of their bytes by size."""
    found: dict[int, list[str]] = {}
    rows = connection.execute(
        "SELECT size, sha256 FROM files WHERE sha256 IS NOT NULL AND articles > 0"
    )
    for size, sha256 in check_rows(rows, int, bytes):
        if size in sizes:
            found.setdefault(size, []).append(sha256.hex())
    return found


def _ledger_row(row: Sequence[Any]) -> LedgerRow:
    path, status, detail, size, mtime_ns, sha256, articles, problems, notes = row
    with decoding(f"the ledger's row of {path}"):
        return LedgerRow(
            path=path,
            status=Status(status),
            detail=detail,
            size=size,
            mtime_ns=mtime_ns,
            sha256=sha256.hex() if sha256 else "",
            articles=articles,
            problems=_problems_of(json.loads(problems)),
            notes=tuple(map(str, json.loads(notes))),
        )


def _problems_of(told: list[tuple[str, str]]) -> tuple[Problem, ...]:
    if told == []:
        return ()
    # Not at the top: few files have any.
    from pinakes.corpus.extract import Problem

    return tuple([Problem(where=str(where), reason=str(reason)) for where, reason in told])

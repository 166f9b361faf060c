"""Reads counts and the ledger from the tables of the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from pinakes.corpus.ledger import Counts, LedgerRow, Status, StoreState
from pinakes.corpus.model import Problem
from pinakes.corpus.store.rows import (
    check_rows,
    decoding,
    only_row,
)

_FILE = "SELECT path, status, detail, size, mtime_ns, sha256, articles, problems, notes FROM files"
_FILE_TYPES = (str, str, str, int, int, bytes | None, int, str, str)


def read_state(connection: sqlite3.Connection) -> StoreState:
    """Return the latest generation, and up to which the dead are gone."""
    row = only_row(connection.execute("SELECT generation, pruned FROM archive"), int, int)
    return StoreState(generation=row[0], pruned=row[1])


def read_token(connection: sqlite3.Connection, generation: int) -> str | None:
    """Return the token of a generation; None if it is pruned, or was never reached."""
    query = "SELECT token FROM generations WHERE generation = ?"
    for row in check_rows(connection.execute(query, (generation,)), str):
        return str(row[0])
    return None


def read_counts(connection: sqlite3.Connection, generation: int) -> Counts:
    """Return how much `generation` holds; of one that is pruned, the oldest there is."""
    columns = "SELECT articles, passages, files, unsearchable, by_status FROM generations"
    rows = (
        connection.execute(
            f"{columns} WHERE generation <= ? ORDER BY generation DESC LIMIT 1", (generation,)
        ).fetchall()
        or connection.execute(f"{columns} ORDER BY generation LIMIT 1").fetchall()
    )
    articles, passages, files, unsearchable, statuses = only_row(rows, int, int, int, int, str)
    with decoding("the counts of a generation"):
        by_status = {Status(name): int(count) for name, count in json.loads(statuses).items()}
    return Counts(
        articles=articles,
        passages=passages,
        files=files,
        unsearchable=unsearchable,
        by_status=by_status,
    )


def count_living(connection: sqlite3.Connection, generation: int) -> tuple[int, int]:
    """Return how many articles and passages live, going on from the generation before."""
    before = read_counts(connection, generation - 1)
    changes = "SELECT count(*), total(passage_count) FROM articles JOIN contents USING (content)"
    born = connection.execute(f"{changes} WHERE born = ?", (generation,)).fetchone()
    died = connection.execute(f"{changes} WHERE died = ?", (generation,)).fetchone()
    return before.articles + born[0] - died[0], before.passages + int(born[1] - died[1])


def count_files(connection: sqlite3.Connection) -> tuple[int, int, dict[str, int]]:
    """Return how many files the ledger counts, how many cannot be searched, and all by status."""
    found = connection.execute(
        "SELECT status, articles = 0, count(*) FROM files GROUP BY 1, 2 ORDER BY 1"
    )
    rows = list(check_rows(found, str, int, int))
    by_status: dict[str, int] = {}
    for status, _is_bare, count in rows:
        by_status[status] = by_status.get(status, 0) + count
    unsearchable = sum(
        count
        for status, is_bare, count in rows
        if is_bare and status in (Status.EMPTY, Status.UNSUPPORTED, Status.ERROR)
    )
    left_out = sum(by_status.get(status, 0) for status in (Status.REMOVED, Status.IGNORED))
    return sum(by_status.values()) - left_out, unsearchable, by_status


def read_born(connection: sqlite3.Connection, since: int, until: int) -> list[int]:
    """Return the keys of articles born in `(since, until]` and alive at `until`, ascending."""
    rows = connection.execute(
        "SELECT key FROM articles WHERE born > ? AND born <= ? AND (died IS NULL OR died > ?)"
        " ORDER BY key",
        (since, until, until),
    )
    return [key for (key,) in check_rows(rows, int)]


def read_died(connection: sqlite3.Connection, since: int, until: int) -> list[int]:
    """Return the keys of articles born up to `since` that died in `(since, until]`, ascending."""
    rows = connection.execute(
        "SELECT key FROM articles WHERE died > ? AND died <= ? AND born <= ? ORDER BY key",
        (since, until, since),
    )
    return [key for (key,) in rows]


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
            problems=tuple([Problem(where=str(w), reason=str(r)) for w, r in json.loads(problems)]),
            notes=tuple(map(str, json.loads(notes))),
        )

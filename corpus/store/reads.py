"""Reads counts, and which articles came and went, from the tables of the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from pinakes.corpus.ledger import Counts, Status, StoreState
from pinakes.corpus.store.rows import (
    check_rows,
    decoding,
    only_row,
)


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


def read_copies(connection: sqlite3.Connection, ids: Iterable[str]) -> list[int]:
    """Return the keys of the living articles that share a cluster with these, but for these."""
    rows = connection.execute(
        "SELECT key FROM articles WHERE died IS NULL"
        " AND id NOT IN (SELECT value FROM json_each(?1))"
        " AND cluster IN (SELECT cluster FROM articles WHERE died IS NULL AND cluster <> 0"
        " AND id IN (SELECT value FROM json_each(?1))) ORDER BY key",
        (json.dumps(list(ids)),),
    )
    return [key for (key,) in check_rows(rows, int)]


def read_keys_in(connection: sqlite3.Connection, paths: Iterable[str]) -> list[int]:
    """Return the keys of the living articles that any of these files holds, ascending."""
    rows = connection.execute(
        "SELECT DISTINCT key FROM article_paths JOIN articles USING (key)"
        " WHERE path IN (SELECT value FROM json_each(?)) AND died IS NULL ORDER BY key",
        (json.dumps(list(paths)),),
    )
    return [key for (key,) in check_rows(rows, int)]


def read_checksums(connection: sqlite3.Connection, generation: int) -> list[tuple[str, str, str]]:
    """Return id and SHA-256 of text and of file, in hexadecimal, of all alive at `generation`."""
    rows = connection.execute(
        "SELECT id, text_sha256, sha256 FROM articles JOIN contents USING (content)"
        " WHERE born <= ? AND (died IS NULL OR died > ?) ORDER BY id",
        (generation, generation),
    )
    found = check_rows(rows, str, bytes, bytes)
    return [(article_id, text.hex(), file.hex()) for article_id, text, file in found]


def read_died(connection: sqlite3.Connection, since: int, until: int) -> list[int]:
    """Return the keys of articles born up to `since` that died in `(since, until]`, ascending."""
    rows = connection.execute(
        "SELECT key FROM articles WHERE died > ? AND died <= ? AND born <= ? ORDER BY key",
        (since, until, since),
    )
    return [key for (key,) in rows]

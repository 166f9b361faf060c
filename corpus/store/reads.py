"""Reads articles and counts from the tables of the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pinakes.corpus.errors import UnknownArticleError
from pinakes.corpus.ledger import Counts, LedgerRow, Status, StoreState
from pinakes.corpus.model import Article, Problem
from pinakes.corpus.store.packing import unpack
from pinakes.corpus.store.rows import (
    check_rows,
    decoding,
    only_row,
)

_PAGE = 200
_SHORTEST_PREFIX = 4
_LONGEST_ID = 64
_ARTICLE = (
    "SELECT key, id, record, sha256, text_sha256, packed"
    " FROM articles JOIN contents USING (content)"
)
_ARTICLE_TYPES = (int, str, str, bytes, bytes, bytes)
_BY_KEY = _ARTICLE + " WHERE key IN (SELECT value FROM json_each(?))"  # noqa: S608  # constants
_BY_KEY_ORDER = _ARTICLE + (
    " WHERE key > :last AND born <= :generation AND (died IS NULL OR died > :generation)"
    " ORDER BY key LIMIT :limit"
)
_BY_ID = (
    "SELECT id, key FROM articles WHERE id >= :id AND id < :id || 'g'"
    " AND born <= :generation AND (died IS NULL OR died > :generation) ORDER BY id"
)
_PATHS = (
    "SELECT key, path FROM article_paths"
    " WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key, place"
)
_FILE = "SELECT path, status, detail, size, mtime_ns, sha256, articles, problems FROM files"
_FILE_TYPES = (str, str, str, int, int, bytes | None, int, str)


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


def read_articles(connection: sqlite3.Connection, keys: Sequence[int]) -> Iterator[Article]:
    """Yield the articles with these keys, living or dead, that are still there."""
    for first in range(0, len(keys), _PAGE):
        some = json.dumps([int(key) for key in keys[first : first + _PAGE]])
        yield from _unpacked(connection, _BY_KEY, (some,))


def read_by_key_order(
    connection: sqlite3.Connection, *, born_after: int, generation: int
) -> Iterator[Article]:
    """Yield the articles alive at `generation` and born after `born_after`, by ascending key."""
    query = connection.execute("SELECT min(key) FROM articles WHERE born > ?", (born_after,))
    (first,) = only_row(query, int | None)
    if first is None:
        return
    # Keys are dealt out in order of birth, so what was born before is below the first key.
    last = first - 1
    while True:
        values = {"last": last, "generation": generation, "limit": _PAGE}
        page = list(_unpacked(connection, _BY_KEY_ORDER, values))
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1].key


def read_died(connection: sqlite3.Connection, since: int, until: int) -> list[int]:
    """Return the keys of articles born up to `since` that died in `(since, until]`, ascending."""
    rows = connection.execute(
        "SELECT key FROM articles WHERE died > ? AND died <= ? AND born <= ? ORDER BY key",
        (since, until, since),
    )
    return [key for (key,) in rows]


def find_article(connection: sqlite3.Connection, article_id: str, generation: int) -> Article:
    """Return the article alive at `generation` with this id, or with an id that begins so."""
    wanted = article_id.strip().lower()
    if not (_SHORTEST_PREFIX <= len(wanted) <= _LONGEST_ID) or wanted.strip("0123456789abcdef"):
        raise UnknownArticleError(article_id)
    rows = connection.execute(_BY_ID, {"id": wanted, "generation": generation})
    found = list(check_rows(rows, str, int))
    if len(found) > 1 and found[0][0] != wanted:
        raise UnknownArticleError(article_id, candidates=tuple(each for each, _ in found))
    for article in read_articles(connection, [key for _, key in found[:1]]):
        return article
    raise UnknownArticleError(article_id)


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
    path, status, detail, size, mtime_ns, sha256, articles, problems = row
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
        )


def _unpacked(
    connection: sqlite3.Connection, statement: str, values: tuple[str] | dict[str, int]
) -> Iterator[Article]:
    rows = list(check_rows(connection.execute(statement, values), *_ARTICLE_TYPES))
    paths = _paths_of(connection, [row[0] for row in rows])
    for row in rows:
        yield unpack(row, paths.get(row[0], ()))


def _paths_of(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = connection.execute(_PATHS, (json.dumps(list(keys)),))
    for key, path in check_rows(rows, int, str):
        found.setdefault(key, []).append(path)
    return found

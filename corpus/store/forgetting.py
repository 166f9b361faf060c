"""Which rows of the store hang on an article, and how all of them are deleted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from pinakes.corpus.store.rows import check_rows

HANGING = {
    "article_paths": ("key", "key"),
    "articles": ("id", "id"),
    "hand_tags": ("id", "id"),
    "sketch_hashes": ("number", "key"),
    "sketches": ("id", "id"),
}
"""For each table with rows of one article: its column, and whether that holds the `id` of the
article, the `key` of one of its versions, or the number of a `content`."""
SHARED = {"contents": ("content", "content")}
"""Tables with rows that articles may share; of them goes what no article refers to any more."""
APART = frozenset(
    {
        "archive",
        "dictionaries",
        "files",
        "generations",
        "purged",
        "removed_records",
        "saved_searches",
        "taggings",
    }
)
"""Tables without rows of one article: those of its files are the ledger's, the rest is nobody's."""


def forget_articles(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Delete all versions of articles, living or dead, and every row that hangs on one of them.

    Inside a transaction of the caller's. What is deleted may be legible in the file until the store
    is written anew: see `rewriting`.
    """
    names = json.dumps(sorted(set(ids)))
    owned = "SELECT key, content FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    rows = list(check_rows(connection.execute(owned, (names,)), int, int))
    contents = sorted({content for _, content in rows})
    wanted = {
        "id": names,
        "key": json.dumps([key for key, _ in rows]),
        "content": json.dumps(contents),
    }
    for table, (column, what) in HANGING.items():
        delete = f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"  # noqa: S608  # constants
        connection.execute(delete, (wanted[what],))
    for table, (column, what) in SHARED.items():
        connection.execute(
            f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"  # noqa: S608  # constants
            " AND NOT EXISTS (SELECT 1 FROM articles"
            f" WHERE articles.content = {table}.{column})",
            (wanted[what],),
        )

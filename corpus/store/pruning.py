"""Deletes for good what no reader of a store can ask for any more."""

from __future__ import annotations

import sqlite3

from pinakes.corpus.store.reads import read_state


def delete_dead(connection: sqlite3.Connection, upto: int) -> None:
    """Delete what died at generation `upto`, or the latest if that is lower, or before.

    Inside a transaction of the caller's.
    """
    execute = connection.execute
    state = read_state(connection)
    upto = min(upto, state.generation)
    if upto <= state.pruned:
        return
    candidates = execute(
        "SELECT DISTINCT content FROM articles WHERE died <= ?", (upto,)
    ).fetchall()
    execute("DELETE FROM articles WHERE died <= ?", (upto,))
    connection.executemany(
        "DELETE FROM contents WHERE content = ? AND NOT EXISTS"
        " (SELECT 1 FROM articles WHERE articles.content = contents.content)",
        candidates,
    )
    execute("DELETE FROM generations WHERE generation < ?", (upto,))
    execute("UPDATE archive SET pruned = ?", (upto,))

"""Ids for articles: the same bytes have the same id in every archive, unless another has it."""

from __future__ import annotations

import hashlib
import sqlite3

_FIRST_DIGITS = 8
_MORE_DIGITS = 4


def new_id(connection: sqlite3.Connection, sha256: str, record: str) -> str:
    """Return the beginning of the SHA-256 of a file's SHA-256 and a record that no id is."""
    digits = hashlib.sha256(bytes.fromhex(sha256) + record.encode()).hexdigest()
    for length in range(_FIRST_DIGITS, len(digits) + 1, _MORE_DIGITS):
        taken = connection.execute(
            "SELECT 1 FROM articles WHERE id = ? AND died IS NULL LIMIT 1", (digits[:length],)
        )
        if taken.fetchone() is None:
            return digits[:length]
    return new_id(connection, digits, record)

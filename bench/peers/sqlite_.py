"""SQLite's FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.inputs import BenchPassage
from bench.peer import PeerMissingError, Resources, folder_sizes
from bench.shapes import TOP_COUNT, Answer, Asked, Join, Shape

_TOP = f"SELECT rowid, rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT {TOP_COUNT}"
_TOTAL = "SELECT count(*) FROM passages WHERE passages MATCH ?"
_SHOW = (
    "SELECT rowid, rank, passages.text, snippet(passages, 0, '\x02', '\x03', '…', 30) FROM passages"
    f" WHERE passages MATCH ? ORDER BY rank LIMIT {TOP_COUNT}"
)
_OPERATORS = {Join.OR: " OR ", Join.AND: " AND ", Join.PHRASE: " "}


class Fts5:
    """One table with Porter's stems, words folded, positions of all, texts inside."""

    def describe(self) -> dict[str, str]:
        return {
            "version": sqlite3.sqlite_version,
            "fields": "Porter stems (positions)",
            "settings": "synchronous=FULL, one transaction, optimised after",
        }

    def can(self, shape: Shape) -> bool:
        return shape.asked is not Asked.TOTALS

    def build(
        self, folder: Path, passages: Sequence[BenchPassage], resources: Resources
    ) -> dict[str, float]:
        with sqlite3.connect(folder / "fts5.sqlite") as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{resources.memory_mb * 1000}")
            try:
                connection.execute(
                    "CREATE VIRTUAL TABLE passages USING"
                    " fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')"
                )
            except sqlite3.OperationalError as error:
                raise PeerMissingError("this Python's SQLite has no FTS5") from error
            connection.executemany(
                "INSERT INTO passages (rowid, text) VALUES (?, ?)",
                ((number, passage.text) for number, passage in enumerate(passages)),
            )
            connection.execute("CREATE TABLE ids (number INTEGER PRIMARY KEY, id TEXT)")
            connection.executemany(
                "INSERT INTO ids VALUES (?, ?)",
                ((number, passage.id) for number, passage in enumerate(passages)),
            )
        connection.close()
        return {}

    def finish(self, folder: Path) -> None:
        with sqlite3.connect(folder / "fts5.sqlite") as connection:
            connection.execute("INSERT INTO passages (passages) VALUES ('optimize')")
        connection.close()

    def sizes(self, folder: Path) -> dict[str, int]:
        return folder_sizes(folder)

    def open(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts5.sqlite")
        self._connection.execute("PRAGMA mmap_size = 2000000000")

    def prepare(self, words: tuple[str, ...], shape: Shape) -> Any:
        if shape.join is Join.PHRASE:
            return f'"{" ".join(words)}"'
        return _OPERATORS[shape.join].join(f'"{word}"' for word in words)

    def search(self, prepared: Any, shape: Shape) -> Any:
        run = self._connection.execute
        if shape.asked is Asked.WHOLE:
            return run(_SHOW, (prepared,)).fetchall(), run(_TOTAL, (prepared,)).fetchone()[0]
        total = -1
        if shape.asked is Asked.TOTALS:
            (total,) = run(_TOTAL, (prepared,)).fetchone()
        return run(_TOP, (prepared,)).fetchall(), total

    def read_answer(self, found: Any, join: Join) -> Answer:
        rows, total = found
        numbers = [row[0] for row in rows]
        ids = dict(
            self._connection.execute(
                f"SELECT number, id FROM ids WHERE number IN ({','.join('?' * len(numbers))})",
                numbers,
            )
        )
        return Answer([(ids[row[0]], -row[1]) for row in rows], total)


def create() -> Fts5:
    """Return the engine."""
    return Fts5()

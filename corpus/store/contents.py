"""What articles hold, in rows that versions of an article share: written, and read back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from pinakes.corpus.store.compression import (
    Dictionary,
    compressor,
    decompress,
    load_dictionary,
    train,
)
from pinakes.corpus.store.packing import PackedArticle
from pinakes.corpus.store.rows import check_rows, decoding, only_row, row_number

# The first dictionary is of what comes first into an archive, which need not be like the rest.
_TRAINED_AT = frozenset(256 << 4 * more for more in range(8))
_SAMPLES = 256
_SAMPLE_BYTES = 512


class Contents:
    """The contents and dictionaries of a store; for one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read and write through the connection of the store."""
        self._connection = connection
        self._dictionaries: dict[int, Dictionary | None] = {0: None}
        self._latest = 0
        self._compress: Callable[[bytes], bytes] | None = None

    def forget(self) -> None:
        """Forget what dictionaries there are: after a transaction is undone these may be others."""
        self._dictionaries = {0: None}
        self._compress = None

    def read(self, frame: bytes, dictionary: int) -> bytes:
        """Return what was packed into a row.

        Raises:
            DamagedRowError: The dictionary is missing or none.
            ValueError: The frame is not what it should be.
        """
        if dictionary not in self._dictionaries:
            self._dictionaries[dictionary] = self._load(dictionary)
        return decompress(frame, self._dictionaries[dictionary])

    def add(self, packed: PackedArticle) -> int:
        """Write what an article holds; return the number of the row."""
        compress = self._compress or self._use_latest()
        cursor = self._connection.execute(
            "INSERT INTO contents (passage_count, digest, text_sha256, dictionary, packed)"
            " VALUES (?, ?, ?, ?, ?)",
            (
                packed.passage_count,
                packed.digest,
                packed.text_sha256,
                self._latest,
                compress(packed.content),
            ),
        )
        content = row_number(cursor)
        if content in _TRAINED_AT:
            self._train(content)
        return content

    def drop_orphan(self, content: int) -> None:
        """Delete a row that no version of an article refers to any more."""
        self._connection.execute(
            "DELETE FROM contents WHERE content = ? AND NOT EXISTS"
            " (SELECT 1 FROM articles WHERE articles.content = contents.content)",
            (content,),
        )

    def _load(self, number: int) -> Dictionary:
        query = "SELECT bytes FROM dictionaries WHERE dictionary = ?"
        (content,) = only_row(self._connection.execute(query, (number,)), bytes)
        with decoding(f"dictionary {number}"):
            return load_dictionary(content)

    def _use_latest(self) -> Callable[[bytes], bytes]:
        query = "SELECT max(dictionary) FROM dictionaries"
        (latest,) = only_row(self._connection.execute(query), int | None)
        self._latest = latest or 0
        self._compress = compressor(self._load(latest) if latest else None)
        return self._compress

    def _train(self, last: int) -> None:
        """Make another dictionary, of samples from all there is."""
        numbers = list(range(last, 0, -(last // _SAMPLES)))
        rows = self._connection.execute(
            "SELECT packed, dictionary FROM contents"
            " WHERE content IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        with decoding("what a dictionary is made of"):
            samples = [
                _ends(self.read(frame, number)) for frame, number in check_rows(rows, bytes, int)
            ]
        dictionary = train(samples)
        if dictionary:
            self._connection.execute(
                "INSERT INTO dictionaries (bytes) VALUES (?)", (dictionary.dict_content,)
            )
            self._use_latest()


def _ends(content: bytes) -> bytes:
    """Return the beginning of a text, and what stands behind it."""
    if len(content) <= 2 * _SAMPLE_BYTES:
        return content
    return content[:_SAMPLE_BYTES] + content[-_SAMPLE_BYTES:]

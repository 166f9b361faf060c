"""Reads articles as they are packed, for what changes nothing of them but their tags."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pinakes.corpus.store.compression import Dictionary, compressor, decompress, load_dictionary
from pinakes.corpus.store.contents import Contents
from pinakes.corpus.store.packing import PackedArticle
from pinakes.corpus.store.rows import check_rows, decoding_article
from pinakes.corpus.store.schema import translated

_BY_KEY = (
    "SELECT key, id, content, digest, text_sha256, passage_count, extraction, dictionary, packed"
    " FROM articles JOIN contents USING (content)"
    " WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key"
)
_TYPES = (int, str, int, bytes, bytes, int, int, int, bytes)


class PackedRow(NamedTuple):
    """An article as the store holds it.

    Attributes:
        key: As of `Article`, as is `id`.
        content: The number of the row that holds what follows.
        digest: As of `PackedArticle`, as are the next three.
        dictionary: The number of the dictionary that the frame was made with.
        frame: What is packed, compressed.
    """

    key: int
    id: str
    content: int
    digest: bytes
    text_sha256: bytes
    passage_count: int
    extraction: int
    dictionary: int
    frame: bytes

    def packed(self, content: bytes, stamps: tuple[str, ...]) -> PackedArticle:
        """Return it with other tags, and as having gone through other taggers."""
        return PackedArticle(
            digest=self.digest,
            text_sha256=self.text_sha256,
            content=content,
            passage_count=self.passage_count,
            stamps=stamps,
            extraction=self.extraction,
        )


class PackedRows:
    """The articles of a store as they are packed; for one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, contents: Contents, path: Path) -> None:
        """Read through the connection of the store at `path`."""
        self._connection = connection
        self._contents = contents
        self._path = path

    def with_keys(self, keys: Sequence[int]) -> list[PackedRow]:
        """Return the articles with these keys that are still there, by ascending key."""
        with translated(self._path):
            rows = self._connection.execute(_BY_KEY, (json.dumps(list(keys)),))
            return [PackedRow(*row) for row in check_rows(rows, *_TYPES)]

    def dictionaries(self) -> dict[int, bytes]:
        """Return what dictionaries there are by their numbers, ascending."""
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT dictionary, bytes FROM dictionaries ORDER BY dictionary"
            )
            return dict(check_rows(rows, int, bytes))

    def content_of(self, row: PackedRow) -> bytes:
        """Return what is packed; raises `ArchiveDamagedError` if that cannot be told."""
        with self.reading(row):
            return self._contents.read(row.frame, row.dictionary)

    @contextmanager
    def reading(self, row: PackedRow) -> Iterator[None]:
        """Turn what goes wrong when what is packed is read into `ArchiveDamagedError`."""
        with translated(self._path), decoding_article(row.id):
            yield


class Frames:
    """Reads and makes frames as a store does, for who has only its dictionaries."""

    def __init__(self, dictionaries: Mapping[int, bytes]) -> None:
        """Take what dictionaries there are; the last one is used for new frames."""
        self._dictionaries: dict[int, Dictionary | None] = {0: None}
        for number, content in dictionaries.items():
            self._dictionaries[number] = load_dictionary(content)
        self.latest = max(self._dictionaries)
        """The number of the dictionary of new frames."""

    def read(self, frame: bytes, dictionary: int) -> bytes:
        """Return what was packed; raises `LookupError` or `ValueError` if that cannot be told."""
        return decompress(frame, self._dictionaries[dictionary])

    def make(self, content: bytes) -> bytes:
        """Return the frame of what is packed."""
        return self._compress(content)

    @cached_property
    def _compress(self) -> Callable[[bytes], bytes]:
        return compressor(self._dictionaries[self.latest])

"""What articles hold, in rows that versions of an article share: written, and read back."""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from pinakes.corpus.store.compression import (
    Dictionary,
    compressor,
    decompress,
    load_dictionary,
    train,
)
from pinakes.corpus.store.rows import (
    DECODING_ERRORS,
    DamagedRowError,
    check_rows,
    decoding,
    only_row,
    row_number,
)

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from pinakes.corpus.store.packing import PackedArticle

FIRST_TRAINED_AT = 256
"""Of how many contents the first dictionary is made."""
SAMPLES = 256
"""Of how many contents a dictionary is made at least, and of fewer than twice as many."""
# The first dictionary is of what comes first into an archive, which need not be like the rest.
_TRAINED_AT = frozenset(FIRST_TRAINED_AT << 4 * more for more in range(8))
_SAMPLE_BYTES = 512
# Large enough that a thread is worth its while.
_BATCH_BYTES = 1 << 18
_BATCHES_AHEAD = 2

_PACKED = (
    "SELECT content, passage_count, digest, text_sha256, extraction, packed, dictionary,"
    " ifnull(stamps, '[]')"
    " FROM articles JOIN contents USING (content) LEFT JOIN taggings USING (tagging)"
    " WHERE key = ?"
)

T = TypeVar("T")
_Batch = list[tuple["PackedArticle", T]]


class Contents:
    """The contents and dictionaries of a store; for one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read and write through the connection of the store."""
        self._connection = connection
        self._dictionaries: dict[int, Dictionary | None] = {0: None}
        self._latest = 0
        self._compress: Callable[[bytes], bytes] | None = None
        self._taggings: dict[tuple[str, ...], int] = {(): 0}
        self._pool: ThreadPoolExecutor | None = None
        # With the number of its dictionary, the frame of an article that is about to be added; and
        # the article, for of one that is gone another may have the identity.
        self._ready: dict[int, tuple[int, bytes, PackedArticle]] = {}
        self._undone = 0

    def close(self) -> None:
        """End the thread that compresses."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def forget(self) -> None:
        """Forget what dictionaries there are: after a transaction is undone these may be others."""
        self._dictionaries = {0: None}
        self._taggings = {(): 0}
        self._compress = None
        self._ready.clear()
        self._undone += 1

    def read(self, frame: bytes, dictionary: int) -> bytes:
        """Return what was packed into a row.

        Raises:
            DamagedRowError: The dictionary is missing or none.
            ValueError: The frame is not what it should be.
        """
        if dictionary not in self._dictionaries:
            self._dictionaries[dictionary] = self._load(dictionary)
        return decompress(frame, self._dictionaries[dictionary])

    def add(self, packed: PackedArticle, ready: tuple[int, bytes] | None = None) -> int:
        """Write what an article holds; return the number of the row.

        `ready` is, with the number of its dictionary, the frame of it, where that is made already.
        """
        compress = self._compress or self._use_latest()
        if ready and ready[0] != self._latest:
            # Since it was made there is another dictionary.
            packed = packed._replace(content=self.read(ready[1], ready[0]))
            ready = None
        if not ready and id(packed) in self._ready:
            ready = self._ready.pop(id(packed))[:2]
        dictionary, frame = ready or (self._latest, compress(packed.content))
        cursor = self._connection.execute(
            "INSERT INTO contents"
            " (passage_count, digest, text_sha256, extraction, dictionary, packed, tagging)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                packed.passage_count,
                packed.digest,
                packed.text_sha256,
                packed.extraction,
                dictionary,
                frame,
                self.tagging_of(packed.stamps),
            ),
        )
        content = row_number(cursor)
        if content in _TRAINED_AT:
            self._train(content)
        return content

    def tagging_of(self, stamps: tuple[str, ...]) -> int:
        """Return the number under which the store remembers stamps, a new one if need be."""
        if stamps not in self._taggings:
            row = (json.dumps(stamps, ensure_ascii=False),)
            self._connection.execute("INSERT OR IGNORE INTO taggings (stamps) VALUES (?)", row)
            found = self._connection.execute("SELECT tagging FROM taggings WHERE stamps = ?", row)
            (self._taggings[stamps],) = only_row(found, int)
        return self._taggings[stamps]

    def ahead(self, articles: Iterable[tuple[PackedArticle, T]]) -> Iterator[_Batch[T]]:
        """Yield articles, each with anything, in batches that are compressed before their turn.

        Where there is a second core for it. Each batch is to be added before the next is asked for.
        """
        batches = _batches(articles)
        head = list(islice(batches, 2))
        # Not at the top: who reads needs no other processes.
        from pinakes.corpus.child_process import core_count

        if len(head) < 2 or core_count() < 2:
            yield from chain(head, batches)
            return
        waiting: deque[tuple[_Batch[T], int, int, Future[list[bytes]]]] = deque()
        for batch in chain(head, batches):
            waiting.append((batch, self._undone, *self._begin_compressing(batch)))
            if len(waiting) > _BATCHES_AHEAD:
                yield self._make_ready(*waiting.popleft())
        while waiting:
            yield self._make_ready(*waiting.popleft())

    def _begin_compressing(self, batch: _Batch[T]) -> tuple[int, Future[list[bytes]]]:
        if self._compress is None:
            self._use_latest()
        if self._pool is None:
            # Who reads needs no threads.
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(1)
        # Each batch has a compressor of its own, for they are for one thread at a time.
        compress = compressor(self._dictionaries[self._latest])
        contents = [packed.content for packed, _ in batch]
        return self._latest, self._pool.submit(_compress_all, compress, contents)

    def _make_ready(
        self, batch: _Batch[T], undone: int, dictionary: int, frames: Future[list[bytes]]
    ) -> _Batch[T]:
        self._ready.clear()
        made = frames.result()
        # After something was undone the number may be that of another dictionary.
        if undone == self._undone:
            for (packed, _), frame in zip(batch, made, strict=True):
                self._ready[id(packed)] = dictionary, frame, packed
        return batch

    def packed_of(self, key: int) -> tuple[PackedArticle, int]:
        """Return what an article holds, and the number of the row."""
        from pinakes.corpus.store.packing import PackedArticle

        row = only_row(
            self._connection.execute(_PACKED, (key,)), int, int, bytes, bytes, int, bytes, int, str
        )
        content, passage_count, digest, text_sha256, extraction, frame, dictionary, stamps = row
        with decoding(f"content {content}"):
            packed = PackedArticle(
                digest=digest,
                text_sha256=text_sha256,
                content=self.read(frame, dictionary),
                passage_count=passage_count,
                extraction=extraction,
                stamps=tuple(map(str, json.loads(stamps))),
            )
        return packed, content

    def is_legible(self, content: int, text_sha256: bytes) -> bool:
        """Return whether a row can be read, and says that it is of this text."""
        query = "SELECT packed, dictionary, text_sha256 FROM contents WHERE content = ?"
        row = only_row(self._connection.execute(query, (content,)), object, object, object)
        try:
            self.read(*row[:2])
        except (DamagedRowError, *DECODING_ERRORS):
            return False
        return bool(row[2] == text_sha256)

    def note_stamps(self, key: int, stamps: tuple[str, ...]) -> None:
        """Note which taggers what an article holds has gone through."""
        self._connection.execute(
            "UPDATE contents SET tagging = ?"
            " WHERE content = (SELECT content FROM articles WHERE key = ?)",
            (self.tagging_of(stamps), key),
        )

    def drop_orphan(self, content: int) -> None:
        """Delete a row that no version of an article refers to any more."""
        self._connection.execute(
            "DELETE FROM contents WHERE content = ? AND NOT EXISTS"
            " (SELECT 1 FROM articles WHERE articles.content = contents.content)",
            (content,),
        )

    def samples(self, rows: Iterable[Sequence[Any]]) -> list[bytes]:
        """Return of what a dictionary is made, given frames with their dictionaries' numbers.

        What is damaged is passed over.
        """
        samples = []
        for frame, number in check_rows(rows, bytes, int):
            with suppress(DamagedRowError, *DECODING_ERRORS):
                samples.append(_sample_ends(self.read(frame, number)))
        return samples

    def _load(self, number: int) -> Dictionary:
        query = "SELECT bytes FROM dictionaries WHERE dictionary = ?"
        (content,) = only_row(self._connection.execute(query, (number,)), bytes)
        with decoding(f"dictionary {number}"):
            return load_dictionary(content)

    def _use_latest(self) -> Callable[[bytes], bytes]:
        query = "SELECT max(dictionary) FROM dictionaries"
        (latest,) = only_row(self._connection.execute(query), int | None)
        self._latest = latest or 0
        if self._latest not in self._dictionaries:
            self._dictionaries[self._latest] = self._load(self._latest)
        self._compress = compressor(self._dictionaries[self._latest])
        return self._compress

    def _train(self, last: int) -> None:
        """Make another dictionary, of samples from all there is."""
        numbers = list(range(last, 0, -(last // SAMPLES)))
        rows = self._connection.execute(
            "SELECT packed, dictionary FROM contents"
            " WHERE content IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        dictionary = train(self.samples(rows))
        if dictionary:
            self._connection.execute(
                "INSERT INTO dictionaries (bytes) VALUES (?)", (dictionary.dict_content,)
            )
            self._use_latest()


def _batches(articles: Iterable[tuple[PackedArticle, T]]) -> Iterator[_Batch[T]]:
    batch: _Batch[T] = []
    size = 0
    for packed, other in articles:
        batch.append((packed, other))
        size += packed.size_bytes
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _compress_all(compress: Callable[[bytes], bytes], contents: Sequence[bytes]) -> list[bytes]:
    return list(map(compress, contents))


def _sample_ends(content: bytes) -> bytes:
    """Return the beginning of a text, and what stands behind it: a sample for a dictionary."""
    if len(content) <= 2 * _SAMPLE_BYTES:
        return content
    return content[:_SAMPLE_BYTES] + content[-_SAMPLE_BYTES:]

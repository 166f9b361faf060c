"""Reads articles from the tables of the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pinakes.corpus.deadline import check_time
from pinakes.corpus.errors import UnknownArticleError
from pinakes.corpus.store.contents import Contents
from pinakes.corpus.store.rows import DECODING_ERRORS, DamagedRowError, check_rows, only_row
from pinakes.corpus.store.unpacking import unpack, unpack_columns

if TYPE_CHECKING:
    from pinakes.corpus.article_columns import ArticleColumns
    from pinakes.corpus.article_record import ArticleRecord
    from pinakes.corpus.model import Article

T = TypeVar("T", "Article", "ArticleColumns", "ArticleRecord")
_Unpacker = Callable[[Sequence[Any], Sequence[str]], T]

_PAGE = 200
_SHORTEST_PREFIX = 4
_LONGEST_ID = 64
_ARTICLE = (
    "SELECT key, id, record, sha256, text_sha256, extraction, cluster, packed, dictionary"
    " FROM articles JOIN contents USING (content)"
)
_ARTICLE_TYPES = (int, str, str, bytes, bytes, int, int, bytes, int)
_BY_KEY = _ARTICLE + " WHERE key IN (SELECT value FROM json_each(?))"  # noqa: S608  # constants
_BY_KEY_ORDER = _ARTICLE + (
    " WHERE key > :last AND born <= :generation AND (died IS NULL OR died > :generation)"
    " ORDER BY key LIMIT :limit"
)
_BY_ID = (
    "SELECT id, key FROM articles WHERE id >= :id AND id < :id || 'g'"
    " AND born <= :generation AND (died IS NULL OR died > :generation) ORDER BY id"
)
_BY_TEXT = (
    "SELECT key FROM articles JOIN contents USING (content) WHERE text_sha256 = :digest"
    " AND born <= :generation AND (died IS NULL OR died > :generation) ORDER BY key LIMIT 1"
)
_PATHS = (
    "SELECT key, path FROM article_paths"
    " WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key, place"
)


class ArticleReader:
    """Reads the articles of a store; for one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, contents: Contents) -> None:
        """Read through the connection of the store."""
        self._connection = connection
        self._contents = contents

    def with_keys(self, keys: Sequence[int]) -> Iterator[Article]:
        """Yield the articles with these keys, living or dead, that are still there."""
        return self._with_keys(keys, _unpack)

    def columns_with_keys(self, keys: Sequence[int]) -> Iterator[ArticleColumns]:
        """Yield what an index keeps of them."""
        return self._with_keys(keys, _unpack_columns)

    def by_key_order(self, *, born_after: int, generation: int) -> Iterator[Article]:
        """Yield the articles alive at `generation` and born after `born_after`, by key."""
        return self._by_key_order(born_after, generation, _unpack)

    def columns_by_key_order(self, *, born_after: int, generation: int) -> Iterator[ArticleColumns]:
        """Yield what an index keeps of them."""
        return self._by_key_order(born_after, generation, _unpack_columns)

    def records_by_key_order(self, *, born_after: int, generation: int) -> Iterator[ArticleRecord]:
        """Yield all that is kept of them."""
        return self._by_key_order(born_after, generation, _unpack_record)

    def _with_keys(self, keys: Sequence[int], unpack_row: _Unpacker[T]) -> Iterator[T]:
        for first in range(0, len(keys), _PAGE):
            some = json.dumps([int(key) for key in keys[first : first + _PAGE]])
            yield from self._unpacked(_BY_KEY, (some,), unpack_row)

    def _by_key_order(
        self, born_after: int, generation: int, unpack_row: _Unpacker[T]
    ) -> Iterator[T]:
        query = "SELECT min(key) FROM articles WHERE born > ?"
        (first,) = only_row(self._connection.execute(query, (born_after,)), int | None)
        if first is None:
            return
        # Keys are dealt out in order of birth, so what was born before is below the first key.
        last = first - 1
        while True:
            values = {"last": last, "generation": generation, "limit": _PAGE}
            page = list(self._unpacked(_BY_KEY_ORDER, values, unpack_row))
            yield from page
            if len(page) < _PAGE:
                return
            last = page[-1].key

    def find(self, article_id: str, generation: int) -> Article:
        """Return the article alive at `generation` with this id, or with one that begins so."""
        wanted = article_id.strip().lower()
        if not (_SHORTEST_PREFIX <= len(wanted) <= _LONGEST_ID) or wanted.strip("0123456789abcdef"):
            raise UnknownArticleError(article_id)
        rows = self._connection.execute(_BY_ID, {"id": wanted, "generation": generation})
        found = list(check_rows(rows, str, int))
        if len(found) > 1 and found[0][0] != wanted:
            raise UnknownArticleError(article_id, candidates=tuple(each for each, _ in found))
        for article in self.with_keys([key for _, key in found[:1]]):
            return article
        raise UnknownArticleError(article_id)

    def with_text(self, text_sha256: str, generation: int) -> Article | None:
        """Return the first article alive at `generation` with this text; None if none has it."""
        try:
            digest = bytes.fromhex(text_sha256)
        except ValueError:
            return None
        rows = self._connection.execute(_BY_TEXT, {"digest": digest, "generation": generation})
        keys = [key for (key,) in check_rows(rows, int)]
        return next(self.with_keys(keys), None)

    def _unpacked(
        self, statement: str, values: tuple[str] | dict[str, int], unpack_row: _Unpacker[T]
    ) -> Iterator[T]:
        rows = list(check_rows(self._connection.execute(statement, values), *_ARTICLE_TYPES))
        paths = self._paths_of([row[0] for row in rows])
        for *head, packed, dictionary in rows:
            check_time()
            try:
                content = self._contents.read(packed, dictionary)
                article = unpack_row((*head, content), paths.get(head[0], ()))
            except DECODING_ERRORS as error:
                what = f"article {head[1]} cannot be understood: {error}"
                raise DamagedRowError(what) from error
            yield article

    def _paths_of(self, keys: Iterable[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        rows = self._connection.execute(_PATHS, (json.dumps(list(keys)),))
        for key, path in check_rows(rows, int, str):
            found.setdefault(key, []).append(path)
        return found


def _unpack(row: Sequence[Any], paths: Sequence[str]) -> Article:
    *head, _cluster, content = row
    return unpack((*head, content), paths)


def _unpack_columns(row: Sequence[Any], paths: Sequence[str]) -> ArticleColumns:
    key, article_id, *_, cluster, content = row
    return unpack_columns((key, article_id, cluster, content), paths)


def _unpack_record(row: Sequence[Any], paths: Sequence[str]) -> ArticleRecord:
    from pinakes.corpus.article_record import ArticleRecord

    key, article_id, record, sha256, text_sha256, extraction, cluster, content = row
    return ArticleRecord(
        key=key,
        id=article_id,
        record=record,
        sha256=sha256,
        text_sha256=text_sha256,
        extraction=extraction,
        cluster=cluster,
        content=content,
        paths=tuple(paths),
    )

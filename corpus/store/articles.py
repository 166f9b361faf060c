"""Reads articles from the tables of the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pinakes.corpus.deadline import check_time
from pinakes.corpus.errors import UnknownArticleError
from pinakes.corpus.store.contents import Contents
from pinakes.corpus.store.rows import (
    DECODING_ERRORS,
    DamagedArticleRowError,
    DamagedRowError,
    check_rows,
    only_row,
)
from pinakes.corpus.store.unpacking import unpack, unpack_columns

if TYPE_CHECKING:
    from pinakes.corpus.article_columns import ArticleColumns
    from pinakes.corpus.article_record import ArticleRecord
    from pinakes.corpus.damaged_article import DamagedArticle, OnDamage
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
        self.on_damage: OnDamage | None = None

    def with_keys(self, keys: Sequence[int]) -> Iterator[Article]:
        """Yield the articles with these keys, living or dead, that are still there."""
        return self._with_keys(keys, _unpack, self.on_damage)

    def columns_with_keys(self, keys: Sequence[int]) -> Iterator[ArticleColumns]:
        """Yield what an index keeps of them; of damaged ones nothing, and the log tells so."""
        return self._with_keys(keys, _unpack_columns, _log_damage)

    def by_key_order(self, *, born_after: int, generation: int) -> Iterator[Article]:
        """Yield the articles alive at `generation` and born after `born_after`, by key."""
        return self._by_key_order(born_after, generation, _unpack, self.on_damage)

    def columns_by_key_order(self, *, born_after: int, generation: int) -> Iterator[ArticleColumns]:
        """Yield what an index keeps of them; of damaged ones nothing, and the log tells so."""
        return self._by_key_order(born_after, generation, _unpack_columns, _log_damage)

    def records_by_key_order(self, *, born_after: int, generation: int) -> Iterator[ArticleRecord]:
        """Yield all that is kept of them."""
        return self._by_key_order(born_after, generation, _unpack_record, None)

    def _with_keys(
        self, keys: Sequence[int], unpack_row: _Unpacker[T], on_damage: OnDamage | None
    ) -> Iterator[T]:
        for first in range(0, len(keys), _PAGE):
            some = json.dumps([int(key) for key in keys[first : first + _PAGE]])
            yield from self._unpacked(self._rows(_BY_KEY, (some,)), unpack_row, on_damage)

    def _by_key_order(
        self,
        born_after: int,
        generation: int,
        unpack_row: _Unpacker[T],
        on_damage: OnDamage | None,
    ) -> Iterator[T]:
        query = "SELECT min(key) FROM articles WHERE born > ?"
        (first,) = only_row(self._connection.execute(query, (born_after,)), int | None)
        if first is None:
            return
        # Keys are dealt out in order of birth, so what was born before is below the first key.
        last = first - 1
        while True:
            values = {"last": last, "generation": generation, "limit": _PAGE}
            rows = self._rows(_BY_KEY_ORDER, values)
            yield from list(self._unpacked(rows, unpack_row, on_damage))
            if len(rows) < _PAGE:
                return
            last = rows[-1][0]

    def find(self, article_id: str, generation: int) -> Article:
        """Return the article alive at `generation` with this id, or with one that begins so."""
        key = self._key_of(article_id, generation)
        for article in self._with_keys([key], _unpack, None):
            return article
        raise UnknownArticleError(article_id)

    def find_any(self, article_id: str, generation: int) -> Article | DamagedArticle:
        """Do as `find`; of an article that is damaged return what is known."""
        key = self._key_of(article_id, generation)
        damaged: list[DamagedArticle] = []
        found: list[Article | DamagedArticle] = [*self._with_keys([key], _unpack, damaged.append)]
        for each in found + damaged:
            return each
        raise UnknownArticleError(article_id)

    def _key_of(self, article_id: str, generation: int) -> int:
        wanted = article_id.strip().lower()
        if not (_SHORTEST_PREFIX <= len(wanted) <= _LONGEST_ID) or wanted.strip("0123456789abcdef"):
            raise UnknownArticleError(article_id)
        rows = self._connection.execute(_BY_ID, {"id": wanted, "generation": generation})
        found = list(check_rows(rows, str, int))
        if len(found) > 1 and found[0][0] != wanted:
            raise UnknownArticleError(article_id, candidates=tuple(each for each, _ in found))
        for _, key in found:
            return int(key)
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

    def _rows(self, statement: str, values: tuple[str] | dict[str, int]) -> list[Any]:
        return list(check_rows(self._connection.execute(statement, values), *_ARTICLE_TYPES))

    def _unpacked(
        self, rows: Sequence[Any], unpack_row: _Unpacker[T], on_damage: OnDamage | None
    ) -> Iterator[T]:
        paths = self._paths_of([row[0] for row in rows])
        for *head, packed, dictionary in rows:
            check_time()
            try:
                content = self._contents.read(packed, dictionary)
                article = unpack_row((*head, content), paths.get(head[0], ()))
            except (DamagedRowError, *DECODING_ERRORS) as error:
                problem = f"article {head[1]} cannot be understood: {error}"
                if on_damage is None:
                    raise DamagedArticleRowError(problem) from error
                on_damage(_describe(head, paths.get(head[0], ()), problem))
                continue
            yield article

    def _paths_of(self, keys: Iterable[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        rows = self._connection.execute(_PATHS, (json.dumps(list(keys)),))
        for key, path in check_rows(rows, int, str):
            found.setdefault(key, []).append(path)
        return found


def _describe(head: Sequence[Any], paths: Iterable[str], problem: str) -> DamagedArticle:
    # Not at the top, as what the log needs below: most articles are whole.
    from pinakes.corpus.damaged_article import DamagedArticle

    key, article_id, record, sha256, text_sha256, *_ = head
    return DamagedArticle(
        key=key,
        id=article_id,
        record=record,
        sha256=sha256.hex(),
        text_sha256=text_sha256.hex(),
        paths=tuple(paths),
        problem=problem,
    )


def _log_damage(damaged: DamagedArticle) -> None:
    from pinakes.corpus.loggers import logger_of
    from pinakes.corpus.spelling_out import spelled

    logger_of(__name__).warning("left out of the index: %s", spelled(damaged.problem))


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

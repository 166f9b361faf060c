"""Reads articles from the cluster, as `ArticleReader` does from the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from pinakes.corpus import (
    Article,
    ArticleColumns,
    ArticleRecord,
    UnknownArticleError,
    check_time,
)
from pinakes.indexer.opensearch.errors import ClusterError
from pinakes.indexer.opensearch.view import ClusterView

T = TypeVar("T")

_SHORTEST_PREFIX = 4
_LONGEST_ID = 64
_MOST_TOLD = 10


class ClusterArticles:
    """The articles of one state of an archive on a cluster, whatever generation is named."""

    def __init__(self, view: ClusterView) -> None:
        """Read what `view` shows."""
        self._view = view

    def with_keys(self, keys: Sequence[int]) -> Iterator[Article]:
        """Yield the articles with these keys that are living."""
        return self._unpacked(self._view.records.with_keys(keys), ArticleRecord.unpack)

    def columns_with_keys(self, keys: Sequence[int]) -> Iterator[ArticleColumns]:
        """Yield what an index keeps of them."""
        return self._unpacked(self._view.records.with_keys(keys), ArticleRecord.columns)

    def by_key_order(self, *, born_after: int, generation: int) -> Iterator[Article]:
        """Yield the living articles born after `born_after`, by key."""
        del generation
        return self._unpacked(
            self._view.records.each(_born_after(born_after)), ArticleRecord.unpack
        )

    def columns_by_key_order(self, *, born_after: int, generation: int) -> Iterator[ArticleColumns]:
        """Yield what an index keeps of them."""
        del generation
        return self._unpacked(
            self._view.records.each(_born_after(born_after)), ArticleRecord.columns
        )

    def find(self, article_id: str, generation: int) -> Article:
        """Return the living article with this id, or with one that begins so."""
        del generation
        wanted = article_id.strip().lower()
        if not (_SHORTEST_PREFIX <= len(wanted) <= _LONGEST_ID) or wanted.strip("0123456789abcdef"):
            raise UnknownArticleError(article_id)
        body = {"size": _MOST_TOLD, "sort": ["id", "key"], "_source": ["key", "id", "paths"]}
        hits = self._view.search({"prefix": {"id": wanted}}, body)["hits"]["hits"]
        found = [hit["_source"] for hit in hits]
        # Two stores may have given the same id to different articles.
        named = [each for each in found if each["id"] == wanted] or found
        if len(named) > 1:
            told = (f"{each['id']} ({each['paths'][0]})" for each in named if each["paths"])
            is_one_id = len({each["id"] for each in named}) == 1
            candidates = told if is_one_id else (each["id"] for each in named)
            raise UnknownArticleError(article_id, candidates=tuple(candidates))
        for article in self.with_keys([each["key"] for each in named]):
            return article
        raise UnknownArticleError(article_id)

    def with_text(self, text_sha256: str, generation: int) -> Article | None:
        """Return the first living article with this text; None if none has it."""
        del generation
        body = {"size": 1, "sort": ["key"], "_source": ["key"]}
        hits = self._view.search({"term": {"text_sha256": text_sha256.lower()}}, body)
        keys = [hit["_source"]["key"] for hit in hits["hits"]["hits"]]
        return next(self.with_keys(keys), None)

    def _unpacked(
        self, records: Iterable[ArticleRecord], unpack: Callable[[ArticleRecord], T]
    ) -> Iterator[T]:
        for record in records:
            check_time()
            try:
                yield unpack(record)
            except (ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
                what = f"article {record.id} on the cluster cannot be understood: {error}"
                raise ClusterError(self._view.path, what) from error


def _born_after(generation: int) -> dict[str, object]:
    return {"range": {"born": {"gt": generation}}}

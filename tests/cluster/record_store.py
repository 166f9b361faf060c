"""Articles that are in no store, as a feeder of a cluster holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from pinakes.corpus import Article, ArticleRecord, Extract, MetadataValue
from pinakes.corpus.store.packing import pack


@dataclass(frozen=True)
class RecordStore:
    """What `ClusterIndex` asks of a store, of one generation."""

    records: Sequence[ArticleRecord]
    archive_id: str = "random"

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        yield

    def state(self) -> Any:
        return SimpleNamespace(generation=1)

    def token_of(self, generation: int) -> str:
        return f"token-{generation}"

    def records_between(self, since: int, until: int) -> Iterator[ArticleRecord]:
        assert (since, until) == (0, 1)
        yield from self.records


def record_of(article: Article) -> ArticleRecord:
    """Return an article as a store would keep it."""
    fields = {
        "author": article.authors,
        "source": (article.source,),
        "url": (article.url,),
        "published": (article.published,),
        "language": (article.language,),
    }
    metadata = tuple(
        MetadataValue(field=field, value=value, origin="test:1")
        for field, values in fields.items()
        for value in values
        if value
    )
    extract = Extract(text=article.text, blocks=(), metadata=metadata)
    return ArticleRecord(
        key=article.key,
        id=article.id,
        record=article.record,
        sha256=b"",
        text_sha256=b"",
        extraction=1,
        cluster=article.key,
        content=pack(extract, article.passages).content,
        paths=article.paths,
    )

"""Which of the articles that a search lost are damaged."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from pinakes.corpus import DamagedArticle, Store, UnknownArticleError
from pinakes.indexer import Snapshot


def find_damaged(ids: Iterable[str], snapshot: Snapshot, store: Store) -> frozenset[str]:
    """Return those of some articles that the archive has and cannot read."""
    damaged: set[str] = set()
    for article_id in ids:
        with suppress(UnknownArticleError):
            article = store.find_any(article_id, generation=snapshot.generation)
            if isinstance(article, DamagedArticle) and article.id == article_id:
                damaged.add(article_id)
    return frozenset(damaged)

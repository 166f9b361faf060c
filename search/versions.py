"""The captures of one address that an archive holds: versions of a page."""

from __future__ import annotations

from pinakes.corpus import Article, Store
from pinakes.indexer import Snapshot
from pinakes.search.evaluation.copies import article_rows


def find_versions(article_id: str, snapshot: Snapshot, store: Store) -> tuple[Article, ...]:
    """Return the articles with the address of one, itself included, the earliest capture first.

    Without an address, it is its only version.

    Raises:
        UnknownArticleError: There is none with this id, or several.
    """
    article = store.find(article_id, generation=snapshot.generation)
    if snapshot.remote is not None:
        from pinakes.search.cluster.copies import versions_of

        keys = versions_of(snapshot.remote, article.key)
    else:
        keys = article_rows(snapshot).versions_of(article.key)
    return tuple(store.articles(keys or [article.key]).values())

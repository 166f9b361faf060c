"""How folded values of fields are written in the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from pinakes.corpus import Article, Store
from pinakes.indexer import Segment, Snapshot, fold_value
from pinakes.search.facet_columns import columns_of
from pinakes.search.readable import Readable

_TAG = "tag:"
_INDEX_FIELDS = {"source": "source", "author": "byline"}


class Speller:
    """Finds out how values are written: as where they first occur, and remembers it."""

    def __init__(self, snapshot: Snapshot, store: Store) -> None:
        """Look in the articles of `snapshot`, which are in `store`."""
        self._snapshot = snapshot
        self._readable = Readable(store)
        self._known = columns_of(snapshot).spelled

    def spell(self, field: str, folded: str) -> str:
        """Return how a value of a facet's field is written; as it is folded if nobody knows."""
        if field not in _INDEX_FIELDS and not field.startswith(_TAG):
            return folded
        known = self._known.get((field, folded))
        if known is None:
            known = self._known[field, folded] = self._look_up(field, folded)
        return known

    def _look_up(self, field: str, folded: str) -> str:
        name = _INDEX_FIELDS.get(field, "tag")
        term = f"{field.removeprefix(_TAG)}:{folded}" if name == "tag" else folded
        for key in self._firsts_with(name, term):
            if key is not None:
                articles = self._readable.articles([key]).values()
                written = (value for article in articles for value in _values(article, field))
                return next((value for value in written if fold_value(value) == folded), folded)
        return folded

    def _firsts_with(self, name: str, term: str) -> Iterator[int | None]:
        """Yield the key of the first living article that has a term, of each segment."""
        if self._snapshot.remote is not None:
            from pinakes.search.cluster.values import first_with

            yield first_with(self._snapshot.remote, name, term)
            return
        for segment in self._snapshot.segments:
            yield _first_with(segment, name, term)


def _first_with(segment: Segment, name: str, term: str) -> int | None:
    """Return the key of the first living article that has a term."""
    postings = segment.postings(name, term)
    if postings is None:
        return None
    passages = postings.passages
    if segment.live_passages is not None:
        passages = passages[np.flatnonzero(segment.live_passages[passages])]
    if not len(passages):
        return None
    return int(segment.article_key[segment.passage_article[passages[0]]])


def _values(article: Article, field: str) -> Iterable[str]:
    if field == "source":
        return (article.source,)
    if field == "author":
        return article.authors
    type_ = field.removeprefix(_TAG)
    return (
        tag.value
        for passage in article.passages
        for tag in passage.tags
        if fold_value(tag.type) == type_
    )

"""All the articles that satisfy a query, a window of the archive at a time, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus import Article, Store
from pinakes.indexer import Snapshot, restrict
from pinakes.search.evaluation import Clause, RankedArticle, Ranking, evaluate, prepare
from pinakes.search.options import Scope, SearchOptions, Sort
from pinakes.search.query import Query
from pinakes.search.readable import Readable, met_before

_MIN_ARTICLES = 4096
_MAX_WINDOWS = 64
_TEXTS = 64
"""How many texts are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArticle:
    """An article that satisfies a query, with its text and what proves it.

    Attributes:
        article: Whole.
        ranked: Its evidence.
        clauses: Of the query, by number.
    """

    article: Article
    ranked: RankedArticle
    clauses: tuple[Clause, ...]


def find_all(
    query: Query,
    snapshot: Snapshot,
    store: Store,
    *,
    scope: Scope,
    sort: Sort | None = None,
    readable: Readable | None = None,
) -> Iterator[FoundArticle]:
    """Yield every article that satisfies `query`, in the order in which the archive took them in.

    With `Sort.DATE` oldest first, with `Sort.NEWEST` newest first, those without a date last; equal
    ones in the order of the archive. Scores mean nothing here: each window has its own.

    An article that is damaged ends it; with `readable`, which reads of the same store, it is passed
    over and noted there.
    """
    articles = readable.articles if readable else store.articles
    texts = readable.texts if readable else store.articles
    if snapshot.remote is not None:
        from pinakes.search.cluster.windows import find_in_windows

        windows = find_in_windows(query, snapshot, store, scope=scope, sort=sort)
        for ranking, hits in windows:
            yield from _with_texts(ranking, hits, articles)
        return
    clauses = prepare(query.root, snapshot, texts=texts).clauses
    if readable:
        readable.recall(clauses, snapshot)
    else:
        store.articles(met_before(clauses, snapshot))
    keys = _keys_in_order(snapshot, sort)
    counting = SearchOptions(limit=0, scope=scope, sort=Sort.DATE, collapse=False)
    count = evaluate(query.root, snapshot, counting, texts=texts).articles
    if not count:
        return
    size = max(_MIN_ARTICLES, -(-len(keys) // _MAX_WINDOWS))
    if count <= size:
        size = len(keys)
    for first in range(0, len(keys), size):
        window = keys[first : first + size].tolist()
        looked_at = restrict(snapshot, window) if size < len(keys) else snapshot
        options = replace(counting, limit=min(count, len(window)), totals=False)
        ranking = evaluate(query.root, looked_at, options, texts=texts)
        found = {hit.key: hit for hit in ranking.hits}
        yield from _with_texts(ranking, [found[key] for key in window if key in found], articles)


def _with_texts(
    ranking: Ranking,
    hits: Sequence[RankedArticle],
    read: Callable[[Sequence[int]], Mapping[int, Article]],
) -> Iterator[FoundArticle]:
    for start in range(0, len(hits), _TEXTS):
        some = hits[start : start + _TEXTS]
        articles = read([hit.key for hit in some])
        for hit in some:
            if hit.key in articles:
                article = articles[hit.key]
                yield FoundArticle(article=article, ranked=hit, clauses=ranking.clauses)


def _keys_in_order(snapshot: Snapshot, sort: Sort | None) -> NDArray[np.int64]:
    keys: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    days: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for segment in snapshot.segments:
        live = slice(None) if segment.live is None else segment.live
        keys.append(segment.article_key[live].astype(np.int64))
        days.append(segment.published[live, 0].astype(np.int64))
    all_keys, all_days = np.concatenate(keys), np.concatenate(days)
    if sort is Sort.DATE:
        all_days[all_days == 0] = np.iinfo(np.int64).max
    elif sort is Sort.NEWEST:
        all_days = -all_days
    else:
        all_days[:] = 0
    return all_keys[np.lexsort((all_keys, all_days))]

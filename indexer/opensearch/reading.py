"""Reads articles of a state of an archive from the cluster."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

from pinakes.corpus import ArticleRecord, check_time
from pinakes.indexer.opensearch.kept import Kept
from pinakes.indexer.opensearch.records import FETCHED, read_record
from pinakes.indexer.opensearch.searches import MOST_HITS
from pinakes.indexer.opensearch.state import Clause

if TYPE_CHECKING:
    from pinakes.indexer.opensearch.view import ClusterView

_KEPT_BYTES = 128 << 20
_FIRST_PAGE = 100
_PAGE = 2_000
_PAGE_BYTES = 4 << 20
_PAGE_WORDS = 500_000
"""So many words take about as much, packed."""


class KeptRecords:
    """Articles of a state that were read lately, and clusters of copies that were asked for.

    Attributes:
        records: By key.
        shared: By cluster, whether more than one living article is of it.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.records: Kept[int, ArticleRecord] = Kept(_KEPT_BYTES)
        self.shared: dict[int, bool] = {}


class RecordReader(NamedTuple):
    """Reads articles of a state, and keeps those just read.

    Attributes:
        view: The state.
        kept: What was read of it.
    """

    view: ClusterView
    kept: KeptRecords

    def each(self, query: Clause, *, first: int = _FIRST_PAGE) -> Iterator[ArticleRecord]:
        """Yield the living articles that satisfy a query, by their keys on the cluster.

        The next ones are on their way while these are worked on: `first` at first, then as many as
        their length allows.
        """
        size, seen_bytes, count = first, 1, 0
        with ThreadPoolExecutor(1, thread_name_prefix="pinakes-fetch") as thread:
            coming = thread.submit(self._page, query, size, [])
            while True:
                hits = coming.result()
                is_last = len(hits) < size
                count += len(hits)
                seen_bytes += sum(len(hit["_source"]["content"]) for hit in hits)
                size = min(_PAGE, max(1, _PAGE_BYTES * count // seen_bytes))
                if not is_last:
                    coming = thread.submit(self._page, query, size, hits[-1]["sort"])
                for hit in hits:
                    check_time()
                    yield self._keep(read_record(hit["_source"]))
                if is_last:
                    return

    def _page(self, query: Clause, size: int, after: Sequence[int]) -> list[Any]:
        body: dict[str, Any] = {"size": size, "sort": ["key"], "_source": list(FETCHED)}
        if after:
            body["search_after"] = list(after)
        hits: list[Any] = self.view.search(query, body)["hits"]["hits"]
        return hits

    def with_keys(self, keys: Collection[int], *, words: int = 0) -> list[ArticleRecord]:
        """Return the living articles with these keys, ascending; those just read are kept.

        `words` is how many they have together, if that is known.
        """
        page = _FIRST_PAGE
        if 0 < words <= _PAGE_WORDS:
            page = _PAGE
        known = {key: record for key in keys if (record := self.kept.records.get(key)) is not None}
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        for part in _in_parts(missing):
            found = self.each({"terms": {"key": part}}, first=min(page, len(missing) + 1))
            known.update((record.key, record) for record in found)
        return [known[key] for key in sorted(known)]

    def read_page(self, keys: Sequence[int], clusters: Collection[int]) -> None:
        """Read a few articles, and whether copies of them live, at once: both are kept."""
        missing = [key for key in keys if self.kept.records.get(key) is None][:_FIRST_PAGE]
        unknown = sorted({cluster for cluster in clusters if cluster not in self.kept.shared})
        read = {"size": len(missing), "_source": list(FETCHED)}
        searches: list[tuple[Clause, dict[str, Any]]] = []
        if missing:
            searches.append(({"terms": {"key": missing}}, read))
        searches += map(_ask_sizes, _in_parts(unknown))
        answers = self.view.search_each(searches)
        if missing:
            for hit in answers.pop(0)["hits"]["hits"]:
                self._keep(read_record(hit["_source"]))
        several = {
            each["key"]
            for answer in answers
            for each in answer["aggregations"]["sizes"]["buckets"]
            if each["doc_count"] > 1
        }
        # In one step: another thread takes for true what it finds here.
        self.kept.shared.update({cluster: cluster in several for cluster in unknown})

    def are_shared(self, clusters: Collection[int]) -> dict[int, bool]:
        """Return of each cluster of copies whether more than one living article is of it."""
        self.read_page([], clusters)
        return {cluster: self.kept.shared[cluster] for cluster in clusters}

    def _keep(self, record: ArticleRecord) -> ArticleRecord:
        return self.kept.records.put(record.key, record, len(record.content))


def _in_parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield some at a time, of which the cluster tells all in one answer."""
    for first in range(0, len(numbers), MOST_HITS):
        yield numbers[first : first + MOST_HITS]


def _ask_sizes(clusters: Sequence[int]) -> tuple[Clause, dict[str, Any]]:
    """Return a search that tells how many living articles are of each of some clusters."""
    sizes = {"terms": {"field": "cluster", "size": len(clusters)}}
    return {"terms": {"cluster": clusters}}, {"size": 0, "aggs": {"sizes": sizes}}

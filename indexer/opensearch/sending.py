"""Sends articles to a cluster as documents, and deletes what is dead there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pinakes.corpus import check_time
from pinakes.indexer.opensearch.bulk import Action, create_action, delete_action, index_action, send
from pinakes.indexer.opensearch.connection import Cluster
from pinakes.indexer.opensearch.errors import ClusterError
from pinakes.indexer.opensearch.publishing import Publisher, identity_of
from pinakes.indexer.opensearch.records import (
    FETCHED,
    Document,
    make_document,
    read_record,
    store_key,
    term_id,
)
from pinakes.indexer.opensearch.searches import SEARCHED
from pinakes.indexer.opensearch.state import Clause

if TYPE_CHECKING:
    from pinakes.corpus import ArticleRecord

_BATCH = 500
_BATCH_BYTES = 8 << 20
_DELETED = 5_000
_MOST_KNOWN = 1_000_000
"""So many words are remembered as sent; they are sent again then, which changes nothing."""
_PAUSES_S = (0.1, 0.3, 1, 3, 5, 10, 10, 10)


class Sender:
    """Sends what one store adds to the archive.

    Attributes:
        archive_id: Of the store.
    """

    def __init__(self, cluster: Cluster, publisher: Publisher) -> None:
        """Send for the store that `publisher` publishes for."""
        self._cluster = cluster
        self._publisher = publisher
        self.archive_id = publisher.archive_id
        self._known_terms: set[tuple[str, str]] = set()

    def send(
        self, records: Iterable[ArticleRecord], index: str, *, number: int, generation: int
    ) -> None:
        """Send articles that the store's `generation` has, and let them be found when published.

        What is seen as another store's is hidden.
        """
        documents = self._documents(records, number, generation)
        send(self._cluster, self._actions(documents, index))
        self.refresh(index, self._cluster.name("terms"))

    def settle(self, index: str) -> None:
        """Send those again of which the state says whether they are seen, so that they say it."""
        unsettled = self._publisher.unsettled()
        send(self._cluster, self._actions(self._again(index, unsettled), index))
        if unsettled:
            self.refresh(index, self._cluster.name("terms"))
            self._publisher.forget_settled(unsettled)

    def bury(self, index: str, dead: Sequence[int]) -> None:
        """Delete documents that the state says are dead, and let it say no more of them."""
        ids = (hit["_id"] for hit in self._with_keys(index, dead, []))
        send(self._cluster, (delete_action(index, id_) for id_ in ids))
        self.refresh(index)
        self._publisher.forget(dead)

    def clean(self, index: str, number: int, *, since: int) -> None:
        """Delete what has a number and is born after a generation: what nobody ever saw."""
        mine: Clause = {"term": {"feeder": number}}
        query = {"bool": {"filter": [mine, {"range": {"born": {"gt": since}}}]}}
        self.refresh(index)
        if self._cluster.request("POST", f"/{index}/_count", {"query": query})["count"]:
            self._cluster.request(
                "POST", f"/{index}/_delete_by_query", {"query": query},
                params={"conflicts": "proceed", "refresh": "true"},
            )  # fmt: skip

    def forget_terms(self) -> None:
        """Send every word again with the next articles."""
        self._known_terms.clear()

    def refresh(self, *indexes: str) -> None:
        """Let what was sent be found."""
        path = f"/{','.join(indexes)}/_refresh"
        for pause_s in _PAUSES_S:
            if not self._cluster.request("POST", path)["_shards"]["failed"]:
                return
            self._cluster.note_retry("a part did not refresh")
            time.sleep(pause_s)
        raise ClusterError(self._cluster.path, "a part of the index does not refresh")

    def _documents(
        self, records: Iterable[ArticleRecord], number: int, generation: int
    ) -> Iterator[Document]:
        for batch in _batches(records):
            identities = [identity_of(record.sha256, record.record) for record in batch]
            elsewhere = self._publisher.seen_elsewhere(set(identities))
            for record, identity in zip(batch, identities, strict=True):
                check_time()
                yield make_document(
                    record, feeder=number, born=generation, is_hidden=identity in elsewhere
                )

    def _again(self, index: str, unsettled: Mapping[int, bool]) -> Iterator[Document]:
        for hit in self._with_keys(index, list(unsettled), [*FETCHED, "feeder", "born"]):
            source = hit["_source"]
            found = read_record(source)
            record = found._replace(key=store_key(found.key), cluster=store_key(found.cluster))
            yield make_document(
                record,
                feeder=source["feeder"],
                born=source["born"],
                is_hidden=unsettled[found.key],
            )

    def _actions(self, documents: Iterable[Document], index: str) -> Iterator[Action]:
        terms_index = self._cluster.name("terms")
        for document in documents:
            for field, term in document.terms - self._known_terms:
                name = term_id(field, term)
                yield create_action(terms_index, name, {"field": field, "term": term})
            if len(self._known_terms) > _MOST_KNOWN:
                self._known_terms.clear()
            self._known_terms |= document.terms
            yield index_action(index, document.id, document.body, name=document.name)

    def _with_keys(
        self, index: str, keys: Sequence[int], fields: Sequence[str]
    ) -> Iterator[dict[str, Any]]:
        most = _BATCH if fields else _DELETED
        for first in range(0, len(keys), most):
            some = list(keys[first : first + most])
            body = {
                "size": len(some),
                "_source": list(fields) or False,
                "query": {"terms": {"key": some}},
            }
            answer = self._cluster.request("POST", f"/{index}/_search", body, params=SEARCHED)
            yield from answer["hits"]["hits"]


def _batches(records: Iterable[ArticleRecord]) -> Iterator[list[ArticleRecord]]:
    """Yield some at a time: not very many, and fewer long ones."""
    batch: list[ArticleRecord] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record.content)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch

"""Publishes what stores have sent to a cluster: each article once, all of a commit or nothing.

Every store sends all its own articles, also those that another one has sent: these are hidden.
Which documents are seen is said by the archive's state, which is replaced only if nobody else has
replaced it since it was read, else it is looked again. So no store waits for another, or depends on
its coming back; and what one no longer has is seen as another's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from typing import NamedTuple, TypeVar

from pinakes.indexer.opensearch.connection import Cluster
from pinakes.indexer.opensearch.errors import ClusterError
from pinakes.indexer.opensearch.searches import SEARCHED, UNREAD
from pinakes.indexer.opensearch.state import (
    Clause,
    ClusterState,
    Feeder,
    change_state,
    living,
    read_state,
    seen,
)

T = TypeVar("T")

_PAGE = 10_000
_BATCH = 5_000


class _Sent(NamedTuple):
    """A document of an article, as far as it concerns who sees it."""

    key: int
    identity: str
    is_hidden: bool


def identity_of(file_sha256: bytes, record: str) -> str:
    """Return by what the same record of the same bytes is known, in whatever store.

    >>> identity_of(bytes(32), "") == identity_of(bytes(32), "2")
    False
    """
    return sha256(file_sha256 + record.encode("utf-8", "replace")).hexdigest()


class Publisher:
    """Makes what one store has sent seen.

    Attributes:
        archive_id: Of the store.
    """

    def __init__(self, cluster: Cluster, archive_id: str) -> None:
        """Publish for a store that is among those that feed the archive, or will be."""
        self._cluster = cluster
        self.archive_id = archive_id

    def enter(self, first_index: str, analysis: str) -> ClusterState:
        """Let the store be among those that feed the archive; return the state.

        Args:
            first_index: What holds the articles, if nobody feeds it yet.
            analysis: What the store's words are made with.
        """

        def change(found: ClusterState | None) -> ClusterState:
            state = found or ClusterState(first_index, {})
            if self.archive_id in state.feeders:
                return state
            feeder = Feeder(state.numbers, 0, "", analysis)
            return state.with_feeder(self.archive_id, feeder)._replace(numbers=state.numbers + 1)

        return change_state(self._cluster, change)

    def reserve_number(self) -> int:
        """Return another number for the store, which is to send everything anew.

        It is the same until all is published: what was sent is cleaned away and sent again.
        """

        def change(found: ClusterState | None) -> ClusterState:
            state = self._there(found)
            mine = state.feeders[self.archive_id]
            if mine.reserved >= 0:
                return state
            mine = mine._replace(reserved=state.numbers)
            return state.with_feeder(self.archive_id, mine)._replace(numbers=state.numbers + 1)

        return change_state(self._cluster, change).feeders[self.archive_id].reserved

    def seen_elsewhere(self, identities: Collection[str]) -> frozenset[str]:
        """Return which articles are seen as another store's now.

        What is sent of these is hidden from the beginning; `publish` looks again.
        """
        state = read_state(self._cluster)
        if state is None or not identities or not state.feeders.keys() - {self.archive_id}:
            return frozenset()
        others = seen(state, but=self.archive_id)
        return frozenset(sent.identity for sent in self._of(state, others, identities))

    def publish(self, feeder: Feeder) -> ClusterState:
        """Let what the store has sent be seen, up to a generation, and no more what is dead since.

        All its documents must be there and refreshed. An article that another store has published
        meanwhile is hidden; one that dies here is seen as another store's, if one has it.

        Args:
            feeder: What is to be seen; `dead` is what died since, and is to be deleted then. With
                another number than before, all documents with the old one are dead.
        """

        def change(found: ClusterState | None) -> ClusterState:
            before = self._there(found)
            old = before.feeders[self.archive_id]
            after = before.with_feeder(self.archive_id, feeder).without(feeder.dead)
            if old.number != feeder.number:
                after = after.without(before.told_of(old.number))
            # Nobody else has ever fed it: there is nothing to look for.
            if before.numbers == 1:
                return after
            after = self._hide_twins(before, after)
            return self._hand_over(before, after, self._lost(before, feeder))

        return change_state(self._cluster, change)

    def publish_alone(self, index: str, feeder: Feeder) -> bool:
        """Let another index, which holds what the store has sent, take the place of all.

        Returns False, and changes nothing, if other stores feed the archive.
        """
        is_alone = True

        def change(found: ClusterState | None) -> ClusterState:
            nonlocal is_alone
            state = self._there(found)
            is_alone = set(state.feeders) == {self.archive_id}
            if not is_alone:
                return state
            alone = ClusterState(index, {self.archive_id: feeder}, state.numbers)
            return alone._replace(version=state.version)

        change_state(self._cluster, change)
        return is_alone

    def leave(self) -> ClusterState | None:
        """Let nothing be seen of the store any more; return the state, or None if there is none.

        Its documents are to be deleted then.
        """

        def change(found: ClusterState | None) -> ClusterState:
            before = found or ClusterState("", {})
            left = before.feeders.get(self.archive_id)
            if left is None:
                return before
            others = {id_: each for id_, each in before.feeders.items() if id_ != self.archive_id}
            after = before._replace(feeders=others).without(before.told_of(left.number))
            mine = self._seen_with(before, left.number)
            return self._hand_over(before, after, mine) if others else after

        if read_state(self._cluster) is None:
            return None
        return change_state(self._cluster, change)

    def forget(self, dead: Collection[int]) -> None:
        """Say nothing more of documents of the store that are deleted."""
        told = frozenset(dead)

        def change(found: ClusterState | None) -> ClusterState:
            state = self._there(found)
            mine = state.feeders[self.archive_id]
            left = tuple(key for key in mine.dead if key not in told)
            return state.without(told).with_feeder(self.archive_id, mine._replace(dead=left))

        change_state(self._cluster, change)

    def forget_settled(self, settled: Mapping[int, bool]) -> None:
        """Say nothing more of documents that were sent again, with whether each is hidden.

        Of one of which the state says something else by now, as another store has dropped the
        article or taken it in meanwhile, it goes on saying so.
        """

        def change(found: ClusterState | None) -> ClusterState:
            state = self._there(found)
            told = {True: state.hide, False: state.show}
            return state.without(
                [key for key, is_hidden in settled.items() if key in told[is_hidden]]
            )

        change_state(self._cluster, change)

    def unsettled(self) -> dict[int, bool]:
        """Return the keys of living documents of the store of which the state says something.

        With each whether it is hidden: sent again so, it says so itself, and `forget_settled` is
        due.
        """
        state = self._there(read_state(self._cluster))
        told = state.told_of(state.feeders[self.archive_id].number)
        return {key: key in state.hide for key in sorted(told)}

    def _there(self, state: ClusterState | None) -> ClusterState:
        if state is None or self.archive_id not in state.feeders:
            raise ClusterError(self._cluster.path, "the cluster lost the archive; index again")
        return state

    def _hide_twins(self, before: ClusterState, after: ClusterState) -> ClusterState:
        """Hide what is seen elsewhere of that which the store publishes, and nothing else."""
        old, new = before.feeders[self.archive_id], after.feeders[self.archive_id]
        since = old.generation if old.number == new.number else -1
        born: Clause = {"bool": {"filter": [
            {"term": {"feeder": new.number}},
            {"range": {"born": {"gt": since, "lte": new.generation}}},
        ]}}  # fmt: skip
        others = seen(before, but=self.archive_id)
        for batch in _batches(self._documents(before, born), _BATCH):
            twins = self._of(before, others, {sent.identity for sent in batch})
            elsewhere = {sent.identity for sent in twins}
            at_fault = [s for s in batch if (s.identity in elsewhere) is not s.is_hidden]
            after = after.hiding([sent.key for sent in at_fault if not sent.is_hidden])
            after = after.showing([sent.key for sent in at_fault if sent.is_hidden])
        return after

    def _lost(self, before: ClusterState, feeder: Feeder) -> Iterator[_Sent]:
        """Yield what is no longer there of that which was seen as the store's."""
        number = before.feeders[self.archive_id].number
        if number != feeder.number:
            yield from self._seen_with(before, number)
            return
        for keys in _batches(feeder.dead, _BATCH):
            some: Clause = {"bool": {"filter": [seen(before), {"terms": {"key": keys}}]}}
            yield from self._documents(before, some)

    def _seen_with(self, state: ClusterState, number: int) -> Iterator[_Sent]:
        mine: Clause = {"bool": {"filter": [seen(state), {"term": {"feeder": number}}]}}
        return self._documents(state, mine)

    def _hand_over(
        self, before: ClusterState, after: ClusterState, lost: Iterable[_Sent]
    ) -> ClusterState:
        """Show, of each article of which nothing is seen any more, what another store has of it."""
        for batch in _batches(lost, _BATCH):
            identities = {sent.identity for sent in batch}
            left = self._of(before, seen(after), identities)
            identities -= {sent.identity for sent in left}
            heirs: dict[str, int] = {}
            for sent in self._of(before, living(after), identities):
                heirs[sent.identity] = min(sent.key, heirs.get(sent.identity, sent.key))
            after = after.showing(heirs.values())
        return after

    def _of(
        self, state: ClusterState, condition: Clause, identities: Collection[str]
    ) -> Iterator[_Sent]:
        for some in _batches(sorted(identities), _BATCH):
            both: Clause = {"bool": {"filter": [condition, {"terms": {"identity": some}}]}}
            yield from self._documents(state, both)

    def _documents(self, state: ClusterState, condition: Clause) -> Iterator[_Sent]:
        """Yield documents by ascending key.

        They are those of `state` as long as nobody replaces it; if somebody does, `change_state`
        asks again.
        """
        last: list[int] = []
        while True:
            body = {
                "size": _PAGE,
                "query": {"bool": {"filter": [condition]}},
                **UNREAD,
                "docvalue_fields": ["key", "identity", "hidden"],
                "sort": ["key"],
                "track_total_hits": False,
                **({"search_after": last} if last else {}),
            }
            hits = self._cluster.request(
                "POST", f"/{state.articles}/_search", body,
                params=SEARCHED,
            )["hits"]["hits"]  # fmt: skip
            for hit in hits:
                fields = hit["fields"]
                yield _Sent(fields["key"][0], fields["identity"][0], fields["hidden"][0])
            if len(hits) < _PAGE:
                return
            last = hits[-1]["sort"]


def _batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, most)):
        yield batch

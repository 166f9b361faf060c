"""Publishes what machines have sent to a cluster: each article once, all of a commit or nothing.

Every machine sends all its own articles, also those that another one has sent: these are hidden.
Which documents are seen is said by the archive's state, which a machine replaces only if nobody
else has replaced it since it was read (compare and swap), else it looks again. So no machine waits
for another, or depends on its coming back; and what one no longer has is seen as another's.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pinakes.corpus import check_time
from pinakes.indexer.opensearch.errors import ClusterError, ConflictError
from pinakes.indexer.opensearch.shared_state import (
    Condition,
    Feeder,
    State,
    living,
    seen,
    state_as_json,
    state_of_json,
)

if TYPE_CHECKING:
    from pinakes.indexer.opensearch.connection import Cluster

T = TypeVar("T")

_DOCUMENT = "_doc/state"
_MOST_RACES = 500
_LONGEST_PAUSE_S = 1.0
_PAGE = 10_000
_BATCH = 5_000


class _Sent(NamedTuple):
    """A document of an article, as far as it concerns who sees it."""

    key: int
    identity: str
    is_hidden: bool


class SharedState:
    """Reads the state of an archive on a cluster, and replaces it."""

    def __init__(self, cluster: Cluster) -> None:
        """Ask nothing of the cluster yet."""
        self._cluster = cluster
        self._path = f"/{cluster.name('state')}/{_DOCUMENT}"

    def read(self) -> State | None:
        """Return the state as it is; None where the cluster has none of this archive."""
        answer = self._cluster.request("GET", self._path, missing_ok=True)
        if answer is None or not answer.get("found"):
            return None
        return state_of_json(answer["_source"], (answer["_seq_no"], answer["_primary_term"]))

    def join(self, archive_id: str, *, index: str, analysis: str) -> State:
        """Let a machine feed the archive, which it may be doing already; return the state.

        Args:
            archive_id: Of the machine's own archive.
            index: What is to hold the articles, if this is the first machine.
            analysis: What it makes its words with.
        """

        def change(state: State | None) -> State:
            if state is None:
                state = State(0, "", index, 0, {})
            if archive_id in state.feeders:
                return state
            joined = state.with_feeder(archive_id, Feeder(state.places, 0, "", analysis))
            return joined._replace(places=state.places + 1)

        return self._replace(change)

    def reserve_place(self) -> int:
        """Return a place that no machine has or had, for one that sends all its articles anew."""
        return self._replace(lambda state: _there(state)._replace(
            places=_there(state).places + 1
        )).places - 1  # fmt: skip

    def seen_elsewhere(self, archive_id: str, identities: Collection[str]) -> frozenset[str]:
        """Return which articles are seen as another machine's now.

        What is sent of these is hidden from the beginning; `publish` looks again.
        """
        state = self.read()
        if state is None or not identities or not state.feeders.keys() - {archive_id}:
            return frozenset()
        found = self._with_identities(state, seen(state, but=archive_id), identities)
        return frozenset(sent.identity for sent in found)

    def publish(self, archive_id: str, feeder: Feeder, *, deaths: Iterable[int] = ()) -> State:
        """Let what a machine has sent be seen, up to a generation, and no more what died since.

        All its documents must be there and refreshed. An article that another machine has
        published meanwhile is hidden; one that dies here is seen as another machine's, if one has
        it. The dead are then to be deleted and given to `forget`.

        Args:
            archive_id: Of the machine, which has joined.
            feeder: What is to be seen. If its place is another than before, all documents of the
                old one are dead: they are not in `deaths`, and need not be forgotten.
            deaths: Keys on the cluster.
        """
        dead = frozenset(deaths)

        def change(state: State | None) -> State:
            before = _there(state, archive_id)
            after = before.with_feeder(archive_id, feeder).burying(dead)
            if before.feeders[archive_id].place != feeder.place:
                after = after.without(before.of_place(_told(before), archive_id))
            # Nobody else has ever fed it: there is nothing to look for.
            if before.places == 1:
                return after
            after = self._hide_twins(before, after, archive_id)
            return self._hand_over(before, after, self._lost(before, feeder, archive_id, dead))

        return self._replace(change)

    def leave(self, archive_id: str) -> State:
        """Let nothing be seen of a machine any more; its documents are to be deleted then."""

        def change(state: State | None) -> State:
            before = _there(state)
            if archive_id not in before.feeders:
                return before
            feeders = {name: each for name, each in before.feeders.items() if name != archive_id}
            after = before.without(before.of_place(_told(before), archive_id))
            after = after._replace(feeders=feeders)
            return self._hand_over(before, after, self._seen_of(before, archive_id))

        return self._replace(change)

    def forget(self, keys: Iterable[int]) -> State:
        """Say nothing more of documents that are deleted, or that say themselves what they are."""
        told = frozenset(keys)
        return self._replace(lambda state: _there(state).without(told))

    def unsettled(self, archive_id: str) -> tuple[frozenset[int], dict[int, bool]]:
        """Return of which documents of a machine the state says something.

        Those to be deleted; and by their keys those to be sent again, with whether they are hidden,
        so that they say it themselves. After that `forget` is due.
        """
        state = _there(self.read(), archive_id)
        again = {key: key in state.hide for key in state.hide | state.show}
        mine = state.of_place(again, archive_id)
        return state.of_place(state.dead, archive_id), {key: again[key] for key in sorted(mine)}

    def _hide_twins(self, before: State, after: State, archive_id: str) -> State:
        """Hide what is seen elsewhere of that which a machine publishes, and nothing else."""
        old, new = before.feeders[archive_id], after.feeders[archive_id]
        since = old.generation if old.place == new.place else -1
        born = [
            {"term": {"feeder": new.place}},
            {"range": {"born": {"gt": since, "lte": new.generation}}},
        ]
        for batch in _batches(self._documents(before, born), _BATCH):
            identities = {sent.identity for sent in batch}
            others = seen(before, but=archive_id)
            twins = {sent.identity for sent in self._with_identities(before, others, identities)}
            after = after.hiding(frozenset(
                sent.key for sent in batch if sent.identity in twins and not sent.is_hidden
            )).showing(frozenset(
                sent.key for sent in batch if sent.identity not in twins and sent.is_hidden
            ))  # fmt: skip
        return after

    def _lost(
        self, before: State, feeder: Feeder, archive_id: str, dead: frozenset[int]
    ) -> Iterator[_Sent]:
        """Yield what was seen of the dead."""
        if before.feeders[archive_id].place != feeder.place:
            yield from self._seen_of(before, archive_id)
            return
        for keys in _batches(sorted(dead), _BATCH):
            yield from self._documents(before, [*seen(before), {"terms": {"key": keys}}])

    def _seen_of(self, state: State, archive_id: str) -> Iterator[_Sent]:
        place = state.feeders[archive_id].place
        return self._documents(state, [*seen(state), {"term": {"feeder": place}}])

    def _hand_over(self, before: State, after: State, lost: Iterable[_Sent]) -> State:
        """Show, of each article of which nothing else is seen, what another machine has of it."""
        for batch in _batches(lost, _BATCH):
            identities = {sent.identity for sent in batch}
            left = self._with_identities(before, seen(after), identities)
            identities -= {sent.identity for sent in left}
            heirs: dict[str, int] = {}
            for sent in self._with_identities(before, living(after), identities):
                heirs[sent.identity] = min(sent.key, heirs.get(sent.identity, sent.key))
            after = after.showing(frozenset(heirs.values()))
        return after

    def _with_identities(
        self, state: State, conditions: list[Condition], identities: Collection[str]
    ) -> Iterator[_Sent]:
        for some in _batches(sorted(identities), _BATCH):
            yield from self._documents(state, [*conditions, {"terms": {"identity": some}}])

    def _documents(self, state: State, conditions: list[Condition]) -> Iterator[_Sent]:
        """Yield documents by ascending key.

        They are those of `state` as long as nobody replaces it; if somebody does, `_replace` asks
        again.
        """
        after: list[int] = []
        while True:
            body = {
                "size": _PAGE,
                "query": {"bool": {"filter": conditions}},
                "_source": False,
                "docvalue_fields": ["key", "identity", "hidden"],
                "sort": [{"key": "asc"}],
                "track_total_hits": False,
                **({"search_after": after} if after else {}),
            }
            answer = self._cluster.request(
                "POST", f"/{state.index}/_search", body,
                params={"allow_partial_search_results": "false"},
            )  # fmt: skip
            hits = answer["hits"]["hits"]
            for hit in hits:
                fields = hit["fields"]
                yield _Sent(fields["key"][0], fields["identity"][0], fields["hidden"][0])
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]

    def _replace(self, change: Callable[[State | None], State]) -> State:
        """Replace the state by what `change` makes of it; return the new one.

        `change` is asked again whenever another machine was quicker.
        """
        pause_s = 0.01
        for _ in range(_MOST_RACES):
            check_time()
            before = self.read()
            after = change(before)
            if before is not None and after == before:
                return before
            token = secrets.token_hex(8)
            after = after._replace(number=after.number + 1, token=token)
            written = self._write(after)
            if written is not None:
                return written
            time.sleep(random.uniform(0, pause_s))  # noqa: S311 -- so that not all come at once
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        raise ClusterError(
            self._cluster.path, "its state on the cluster changes faster than it can be replaced"
        )

    def _write(self, state: State) -> State | None:
        """Write the state in the place of its version; None if that is not there any more."""
        if state.version is None:
            params: dict[str, object] = {"op_type": "create"}
        else:
            params = {"if_seq_no": state.version[0], "if_primary_term": state.version[1]}
        try:
            answer = self._cluster.request("PUT", self._path, state_as_json(state), params=params)
        except ConflictError:
            # The first of two attempts may have got through, and its answer been lost.
            found = self.read()
            return found if found is not None and found.token == state.token else None
        return state._replace(version=(answer["_seq_no"], answer["_primary_term"]))


def _there(state: State | None, archive_id: str = "") -> State:
    """Return the state, which has been there since a machine joined."""
    if state is None or (archive_id and archive_id not in state.feeders):
        raise LookupError(f"{archive_id or 'nobody'} has not joined the archive on the cluster")
    return state


def _told(state: State) -> frozenset[int]:
    return state.dead | state.hide | state.show


def _batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, most)):
        yield batch

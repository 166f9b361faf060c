"""The archive as the cluster holds it: caught up with the store, or made anew from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from pinakes.indexer.opensearch.bulk import delete_action, send
from pinakes.indexer.opensearch.connection import Cluster
from pinakes.indexer.opensearch.errors import ClusterError
from pinakes.indexer.opensearch.mappings import article_index, term_index
from pinakes.indexer.opensearch.naming import (
    article_indexes,
    free_name,
    name_articles,
    next_name,
)
from pinakes.indexer.opensearch.publishing import Publisher
from pinakes.indexer.opensearch.records import cluster_key, term_id
from pinakes.indexer.opensearch.sending import Sender
from pinakes.indexer.opensearch.state import (
    ClusterState,
    Feeder,
    ask_for_all,
    delete_state,
    is_made,
    make_index,
    make_state_index,
    read_state,
)
from pinakes.indexer.snapshot import Snapshot, snapshot_of_view
from pinakes.indexer.toc import fingerprint, token_of

if TYPE_CHECKING:
    from pinakes.corpus import Store

_MOST_DEAD = 500_000
"""Every query names the dead until they are deleted; where more have died, all is sent anew."""


class ClusterIndex:
    """The articles of an archive on a cluster, to which a store adds its own.

    A commit is: new versions are sent, with the generation that they are born with, which nobody
    sees yet; the state names the new generation, and who died; these are deleted. Stopped anywhere,
    the next one goes on: whatever was sent is sent again under the same id. Other stores may feed
    the archive at the same time.
    """

    def __init__(self, cluster: Cluster) -> None:
        """Write to a cluster; nothing is made there before something is written."""
        self._cluster = cluster
        self._sender: Sender | None = None

    def close(self) -> None:
        """Let go of the connection; tells in the log what was tried again."""
        self._cluster.close()

    @contextmanager
    def following(self, store: Store) -> Iterator[None]:
        """Let the store tell of articles that stand in other bytes, but take nothing in yet.

        What is written is sent once it is committed.
        """
        store.renews_moved = True
        try:
            yield
        finally:
            store.renews_moved = False

    def update(self, store: Store, *, upto: int | None = None) -> int:
        """Catch up with the store, in one commit; return the generation reached.

        Goes on from what the cluster holds where the store still knows what changed since, else
        sends all of it. `upto` is a generation of the store, by default its latest.

        Raises:
            ClusterError: The cluster does not answer, or refuses something.
        """
        with store.snapshot():
            latest = store.state().generation
            target = latest if upto is None else upto
            if not 0 <= target <= latest:
                raise ValueError(f"generation {target} of {latest}")
            state = read_state(self._cluster)
            mine = state.feeders.get(store.archive_id) if state else None
            is_known = (
                mine is not None
                and mine.generation <= target
                and store.token_of(mine.generation) == mine.token
                and mine.analysis == fingerprint()
            )
            if state is None or mine is None or not is_known or not self._are_made(state):
                return self.rebuild(store, upto=target)
            died = store.died_between(mine.generation, target)
            if len(died) > _MOST_DEAD:
                return self.rebuild(store, upto=target)
            sender = self._sender_of(store)
            sender.settle(state.articles)
            if mine.generation < target:
                self._catch_up(store, state.articles, mine, target, died)
            elif mine.dead:
                sender.bury(state.articles, mine.dead)
        return target

    def rebuild(self, store: Store, *, upto: int | None = None) -> int:
        """Send all that the store holds; return the generation reached. Raises as `update`.

        The old state answers until the new one is whole. If this store is the only one that feeds
        the archive, a new index takes the place of the old one; else its articles are sent into the
        one that there is.
        """
        with store.snapshot():
            target = store.state().generation if upto is None else upto
            state = self._enter(store.archive_id)
            mine = state.feeders[store.archive_id]
            if not mine.generation:
                self._send_all(store, state.articles, mine.number, target)
            elif len(state.feeders) > 1 or not self._make_anew(store, state, target):
                number = self._publisher_of(store).reserve_number()
                self._send_all(store, state.articles, number, target)
                self._sender_of(store).clean(state.articles, mine.number, since=-1)
        return target

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Lend the latest state, to search in, with the keys that the store has.

        Raises:
            ClusterError: Other stores feed the archive as well, or this one has other keys there.
        """
        from pinakes.indexer.opensearch.view import ClusterView

        view = ClusterView.open(self._cluster)
        try:
            if [feeder.number for feeder in view.state.feeders.values()] != [0]:
                raise ClusterError(
                    self._cluster.path,
                    "several archives feed the cluster, or did; name what is meant by the id of an "
                    "article",
                )
            yield snapshot_of_view(view)
        finally:
            view.close()

    def verify(self) -> None:
        """Do nothing: the cluster checks its own files."""

    def compact(self) -> None:
        """Have the cluster write its files anew without what is deleted, and wait for it.

        Words that no article has any more are deleted before, from what patterns are looked up in;
        not where several stores feed the archive: another one may just be sending them.
        """
        state = read_state(self._cluster)
        if state is None:
            return
        terms = self._cluster.name("terms")
        if len(state.feeders) == 1:
            self._delete_unused(terms)
        path = f"/{state.articles},{terms}"
        self._cluster.request("POST", f"{path}/_refresh")
        self._cluster.request(
            "POST", f"{path}/_forcemerge", params={"only_expunge_deletes": "true"}
        )
        self._cluster.request("POST", f"{path}/_flush", params={"force": "true"})

    def _delete_unused(self, terms: str) -> None:
        from pinakes.indexer.opensearch.view import ClusterView

        with closing(ClusterView.open(self._cluster)) as view:
            unused = [term_id(*each) for each in view.unused_terms()]
        send(self._cluster, (delete_action(terms, each) for each in unused))
        if self._sender is not None:
            self._sender.forget_terms()

    def withdraw(self, archive_id: str) -> None:
        """Delete what a store has sent; if nobody else feeds the archive, all there is of it.

        Articles that others have too are seen as theirs.
        """
        Publisher(self._cluster, archive_id).leave()
        state = read_state(self._cluster)
        indexes = article_indexes(self._cluster)
        if state is not None and (state.feeders or not delete_state(self._cluster, state)):
            # Others feed it, or one has entered just now.
            self._clean_unused(Sender(self._cluster, Publisher(self._cluster, archive_id)))
            return
        for index in indexes:
            self._cluster.request("DELETE", f"/{index}", accepts="missing")
        # Who enters it from now on makes indexes of articles with other names, and uses these.
        for part in ("terms", "state"):
            if read_state(self._cluster) is None:
                self._cluster.request("DELETE", f"/{self._cluster.name(part)}", accepts="missing")

    def _clean_unused(self, sender: Sender) -> None:
        """Delete what has a number that no store has any more."""
        state = read_state(self._cluster)
        if state is not None:
            for number in state.unused_numbers():
                sender.clean(state.articles, number, since=-1)

    def _publisher_of(self, store: Store) -> Publisher:
        return Publisher(self._cluster, store.archive_id)

    def _sender_of(self, store: Store) -> Sender:
        """Return what sends for a store; it knows which words it has sent."""
        if self._sender is None or self._sender.archive_id != store.archive_id:
            self._sender = Sender(self._cluster, self._publisher_of(store))
        return self._sender

    def _catch_up(
        self, store: Store, index: str, mine: Feeder, target: int, died: Sequence[int]
    ) -> None:
        dead = {*mine.dead, *(cluster_key(key, mine.number) for key in died)}
        sender = self._sender_of(store)
        sender.clean(index, mine.number, since=mine.generation)
        sender.send(
            store.records_between(mine.generation, target),
            index,
            number=mine.number,
            generation=target,
        )
        feeder = _feeder(store, mine.number, target, tuple(sorted(dead)))
        self._publish(store, feeder)
        sender.bury(index, feeder.dead)

    def _send_all(self, store: Store, index: str, number: int, target: int) -> None:
        sender = self._sender_of(store)
        sender.clean(index, number, since=-1)
        sender.send(store.records_between(0, target), index, number=number, generation=target)
        self._publish(store, _feeder(store, number, target))

    def _publish(self, store: Store, feeder: Feeder) -> None:
        """Let what was sent be seen, if it was sent to what another machine has left there."""
        state = read_state(self._cluster)
        if state is None or not self._are_made(state):
            what = "another machine withdrew the archive from the cluster meanwhile; index again"
            raise ClusterError(self._cluster.path, what)
        self._publisher_of(store).publish(feeder)

    def _are_made(self, state: ClusterState) -> bool:
        """Return whether the indexes that are written to are as they were made."""
        names = (state.articles, self._cluster.name("terms"))
        return all(is_made(self._cluster, name) for name in names)

    def _make_anew(self, store: Store, state: ClusterState, target: int) -> bool:
        """Fill another index, and put it in the place of the one before; False if others came."""
        index = next_name(self._cluster, state.articles)
        self._cluster.request("DELETE", f"/{index}", accepts="missing")
        make_index(self._cluster, index, article_index(self._cluster.settings))
        number = state.feeders[store.archive_id].number
        sender = self._sender_of(store)
        sender.forget_terms()
        sender.send(store.records_between(0, target), index, number=number, generation=target)
        feeder = _feeder(store, number, target)
        if not self._publisher_of(store).publish_alone(index, feeder):
            self._cluster.request("DELETE", f"/{index}", accepts="missing")
            return False
        name_articles(self._cluster, index, before=state.articles)
        self._cluster.request("DELETE", f"/{state.articles}", accepts="missing")
        return True

    def _enter(self, archive_id: str) -> ClusterState:
        """Make sure that the archive is on the cluster, and this store among those that feed it."""
        settings, before = self._cluster.settings, read_state(self._cluster)
        first = before.articles if before is not None else free_name(self._cluster)
        if before is not None and not self._are_made(before):
            ask_for_all(self._cluster)
        make_state_index(self._cluster)
        make_index(self._cluster, self._cluster.name("terms"), term_index(settings))
        is_mine = make_index(self._cluster, first, article_index(settings))
        state = Publisher(self._cluster, archive_id).enter(first, fingerprint())
        if state.articles == first:
            name_articles(self._cluster, first)
        elif is_mine:
            # Another machine was quicker to enter.
            self._cluster.request("DELETE", f"/{first}", accepts="missing")
        return state


def _feeder(store: Store, number: int, target: int, dead: tuple[int, ...] = ()) -> Feeder:
    return Feeder(number, target, token_of(store, target), fingerprint(), dead)

"""The archive as the cluster holds it: caught up with the store, or made anew from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from pinakes.corpus import check_time
from pinakes.indexer.opensearch.bulk import (
    Action,
    create_action,
    delete_action,
    index_action,
    send,
)
from pinakes.indexer.opensearch.connection import Cluster
from pinakes.indexer.opensearch.errors import ClusterError
from pinakes.indexer.opensearch.mappings import article_index, term_index
from pinakes.indexer.opensearch.records import cluster_key, make_document
from pinakes.indexer.opensearch.state import (
    ClusterState,
    Feeder,
    change_state,
    make_index,
    make_state_index,
    read_state,
)
from pinakes.indexer.snapshot import Snapshot, snapshot_of_view
from pinakes.indexer.toc import fingerprint

if TYPE_CHECKING:
    from pinakes.corpus import ArticleRecord, EngineSettings, Store

_LONGEST_ID = 400
_NUMBERED = re.compile(r"-articles-([0-9]+)$")


class ClusterIndex:
    """The articles of an archive on a cluster, to which a store adds its own.

    A commit is: new versions are sent, with the generation that they are born with, which nobody
    sees yet; the state names the new generation, and who died; these are deleted. Stopped anywhere,
    the next one goes on: whatever was sent is sent again under the same id.
    """

    def __init__(self, cluster: Cluster) -> None:
        """Write to a cluster; nothing is made there before something is written."""
        self._cluster = cluster
        self._known_terms: set[tuple[str, str]] = set()

    def close(self) -> None:
        """Let go of the connection; tells in the log what was tried again."""
        self._cluster.close()

    @contextmanager
    def following(self, store: Store) -> Iterator[None]:
        """Do nothing: what is written to a store is sent once it is committed."""
        del store
        yield

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
            if state is None or mine is None or not is_known:
                return self.rebuild(store, upto=target)
            if mine.generation < target:
                self._catch_up(store, state.articles, mine, target)
            elif mine.dead:
                self._bury(store.archive_id, state.articles, mine.dead)
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
                self._clean(state.articles, mine.number, 0)
                self._send(store.records_between(0, target), state.articles, mine.number, target)
                self._commit(store, state.articles, mine.number, target, ())
            elif len(state.feeders) > 1 or not self._make_anew(store, state, target):
                self._send_again(store, target)
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
                    "several archives feed the cluster; name what is meant by the id of an article",
                )
            yield snapshot_of_view(view)
        finally:
            view.close()

    def verify(self) -> None:
        """Do nothing: the cluster checks its own files."""

    def compact(self) -> None:
        """Have the cluster write its files anew without what is deleted, and wait for it."""
        state = read_state(self._cluster)
        if state is not None:
            self._cluster.request(
                "POST", f"/{state.articles}/_forcemerge", params={"only_expunge_deletes": "true"}
            )

    def remove(self) -> None:
        """Delete all that the cluster holds of the archive, whoever fed it."""
        for part in ("state", "articles-*", "terms"):
            self._cluster.request(
                "DELETE",
                f"/{self._cluster.name(part)}",
                params={"ignore_unavailable": "true", "expand_wildcards": "all"},
                missing_ok=True,
            )

    @property
    def _settings(self) -> EngineSettings:
        return self._cluster.settings

    def _catch_up(self, store: Store, index: str, mine: Feeder, target: int) -> None:
        dead = tuple(
            sorted(
                {
                    *mine.dead,
                    *(
                        cluster_key(key, mine.number)
                        for key in store.died_between(mine.generation, target)
                    ),
                }
            )
        )
        self._clean(index, mine.number, mine.generation)
        self._send(store.records_between(mine.generation, target), index, mine.number, target)
        self._commit(store, index, mine.number, target, dead)

    def _enter(self, archive_id: str) -> ClusterState:
        """Make sure that the archive is on the cluster, and this store among those that feed it."""
        first = self._cluster.name("articles-1")
        make_state_index(self._cluster)
        make_index(self._cluster, self._cluster.name("terms"), term_index(self._settings))
        if read_state(self._cluster) is None:
            make_index(self._cluster, first, article_index(self._settings))
            self._name(first, "")

        def enter(found: ClusterState | None) -> ClusterState:
            state = found or ClusterState(first, {})
            if archive_id in state.feeders:
                return state
            number = _free_number(state)
            return state.with_feeder(archive_id, Feeder(number, 0, "", fingerprint()))

        return change_state(self._cluster, enter)

    def _make_anew(self, store: Store, state: ClusterState, target: int) -> bool:
        """Fill another index, and put it in the place of the one before; False if others came."""
        found = _NUMBERED.search(state.articles)
        index = self._cluster.name(f"articles-{int(found[1]) + 1 if found else 1}")
        self._cluster.request("DELETE", f"/{index}", missing_ok=True)
        make_index(self._cluster, index, article_index(self._settings))
        self._known_terms.clear()
        self._send(store.records_between(0, target), index, 0, target)
        try:
            self._commit(store, index, 0, target, (), is_alone=True)
        except _OthersCameError:
            self._cluster.request("DELETE", f"/{index}", missing_ok=True)
            return False
        self._name(index, state.articles)
        self._cluster.request("DELETE", f"/{state.articles}", missing_ok=True)
        return True

    def _send_again(self, store: Store, target: int) -> None:
        """Send all articles beside those of others, with new keys, in the place of the old ones."""
        state = self._enter(store.archive_id)
        before = state.feeders[store.archive_id].number
        number = _free_number(state)
        self._clean(state.articles, number, 0)
        self._send(store.records_between(0, target), state.articles, number, target)
        self._commit(store, state.articles, number, target, ())
        self._clean(state.articles, before, 0)

    def _name(self, index: str, before: str) -> None:
        """Let the alias stand for an index, and no more for the one before."""
        alias = self._cluster.name("articles")
        actions = [{"add": {"index": index, "alias": alias}}]
        if before:
            actions.append({"remove": {"index": before, "alias": alias}})
        self._cluster.request("POST", "/_aliases", {"actions": actions}, missing_ok=True)

    def _clean(self, index: str, number: int, since: int) -> None:
        """Delete what is of a feeder and born after a generation: of commits that never were."""
        query = {
            "bool": {"filter": [{"term": {"feeder": number}}, {"range": {"born": {"gt": since}}}]}
        }
        self._refresh(index)
        if self._cluster.request("POST", f"/{index}/_count", {"query": query})["count"]:
            self._cluster.request(
                "POST",
                f"/{index}/_delete_by_query",
                {"query": query},
                params={"conflicts": "proceed", "refresh": "true"},
            )

    def _send(
        self, records: Iterable[ArticleRecord], index: str, feeder: int, generation: int
    ) -> None:
        send(self._cluster, self._actions(records, index, feeder, generation))

    def _actions(
        self, records: Iterable[ArticleRecord], index: str, feeder: int, generation: int
    ) -> Iterator[Action]:
        term_index_name = self._cluster.name("terms")
        for record in records:
            check_time()
            document = make_document(record, feeder=feeder, born=generation)
            for field, term in document.terms - self._known_terms:
                name = f"{field}:{term}"
                if len(name.encode()) > _LONGEST_ID:
                    name = f"{field}:{sha256(term.encode()).hexdigest()}"
                yield create_action(term_index_name, name, {"field": field, "term": term})
            self._known_terms |= document.terms
            yield index_action(index, document.id, document.body)

    def _commit(
        self,
        store: Store,
        index: str,
        number: int,
        target: int,
        dead: tuple[int, ...],
        *,
        is_alone: bool = False,
    ) -> None:
        self._refresh(index, self._cluster.name("terms"))
        token = store.token_of(target)
        if token is None:
            raise ValueError(f"generation {target} is pruned")
        mine = Feeder(number, target, token, fingerprint(), dead)

        def commit(found: ClusterState | None) -> ClusterState:
            if found is None:
                raise ClusterError(self._cluster.path, "the cluster lost the archive")
            if is_alone and set(found.feeders) != {store.archive_id}:
                raise _OthersCameError
            return found._replace(articles=index).with_feeder(store.archive_id, mine)

        change_state(self._cluster, commit)
        if dead:
            self._bury(store.archive_id, index, dead)

    def _bury(self, archive_id: str, index: str, dead: tuple[int, ...]) -> None:
        """Delete dead versions, and take that down."""
        ids = self._ids_of(index, dead)
        send(self._cluster, (delete_action(index, id_) for id_ in ids))
        self._refresh(index)

        def tidy(found: ClusterState | None) -> ClusterState:
            if found is None:
                raise ClusterError(self._cluster.path, "the cluster lost the archive")
            mine = found.feeders[archive_id]
            left = tuple(sorted(set(mine.dead) - set(dead)))
            return found.with_feeder(archive_id, mine._replace(dead=left))

        change_state(self._cluster, tidy)

    def _ids_of(self, index: str, keys: tuple[int, ...]) -> Iterator[str]:
        for first in range(0, len(keys), 5_000):
            some = list(keys[first : first + 5_000])
            body = {"size": len(some), "_source": False, "query": {"terms": {"key": some}}}
            hits = self._cluster.request("POST", f"/{index}/_search", body)["hits"]["hits"]
            yield from [hit["_id"] for hit in hits]

    def _refresh(self, *indexes: str) -> None:
        self._cluster.request("POST", f"/{','.join(indexes)}/_refresh")


class _OthersCameError(Exception):
    """While an index was made anew for one feeder, another one came."""


def _free_number(state: ClusterState) -> int:
    return max([-1, *(feeder.number for feeder in state.feeders.values())]) + 1

"""What the cluster says of the archive as a whole: one small document, changed in one step.

It is the moment at which a commit happens, as the table of contents is of the local engine. Several
stores may feed the archive: each sends all its articles, also those that another one has sent, and
the state tells which of them is seen (publishing.py).
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple, TypeAlias

from pinakes.corpus import check_time
from pinakes.indexer.opensearch.connection import Cluster
from pinakes.indexer.opensearch.errors import ClusterError, ClusterMissingError
from pinakes.indexer.opensearch.mappings import FORMAT, state_index

Clause: TypeAlias = dict[str, Any]
"""A query in the language of the cluster."""

FEEDER_BITS = 40
"""A key on the cluster is the store's, with the number of the feeder above so many bits."""
_ID = "archive"
_MOST_KEYS = 60_000
"""In one clause: an index takes a limited number."""
_MAX_RACES = 500
_FIRST_PAUSE_S = 0.01
_LONGEST_PAUSE_S = 1.0


class Feeder(NamedTuple):
    """A store that adds its articles.

    Attributes:
        number: Part of its keys; it gets another one when it sends everything anew.
        generation: Of its store, up to which the cluster holds it.
        token: The store's token of that generation; empty if it is to send everything anew.
        analysis: What made its words and stems: `toc.fingerprint`.
        dead: Keys on the cluster of versions that are dead, but may not be deleted yet.
        reserved: The number under which it is sending everything anew; -1 if it is not.
    """

    number: int
    generation: int
    token: str
    analysis: str
    dead: tuple[int, ...] = ()
    reserved: int = -1


class ClusterState(NamedTuple):
    """The state of an archive on the cluster.

    Attributes:
        articles: The name of the index of its articles.
        feeders: By the id of the store's archive.
        numbers: How many numbers feeders ever got.
        hide: Keys of documents that are not seen, though they do not say that they are hidden.
        show: Keys of documents that are seen, though they say that they are hidden.
        version: Of the document, for who wants to change just this one.
    """

    articles: str
    feeders: dict[str, Feeder]
    numbers: int = 0
    hide: frozenset[int] = frozenset()
    show: frozenset[int] = frozenset()
    version: tuple[int, int] | None = None

    @property
    def generation(self) -> int:
        """That of the one feeder; of several, the sum."""
        return sum(feeder.generation for feeder in self.feeders.values())

    @property
    def token(self) -> str:
        """That of the one feeder; of several, made of all."""
        tokens = [feeder.token for _, feeder in sorted(self.feeders.items())]
        if len(tokens) == 1:
            return tokens[0]
        return hashlib.sha256(" ".join(tokens).encode()).hexdigest()[:32]

    def with_feeder(self, archive_id: str, feeder: Feeder) -> ClusterState:
        """Return the state in which a feeder is as given."""
        return self._replace(feeders={**self.feeders, archive_id: feeder})

    def hiding(self, keys: Collection[int]) -> ClusterState:
        """Return the state in which these documents are not seen."""
        return self._replace(hide=self.hide.union(keys), show=self.show.difference(keys))

    def showing(self, keys: Collection[int]) -> ClusterState:
        """Return the state in which these documents are seen."""
        return self._replace(hide=self.hide.difference(keys), show=self.show.union(keys))

    def without(self, keys: Collection[int]) -> ClusterState:
        """Return the state that says nothing of these documents."""
        return self._replace(hide=self.hide.difference(keys), show=self.show.difference(keys))

    def told_of(self, number: int) -> frozenset[int]:
        """Return the keys with the number of a feeder of which it says something."""
        return frozenset(key for key in self.hide | self.show if key >> FEEDER_BITS == number)

    def unused_numbers(self) -> list[int]:
        """Return the numbers that feeders had once."""
        feeders = self.feeders.values()
        used = {number for feeder in feeders for number in (feeder.number, feeder.reserved)}
        return [number for number in range(self.numbers) if number not in used]

    def is_same(self, other: ClusterState) -> bool:
        """Return whether both answer the same, whatever is deleted already."""
        return self._held() == other._held()

    def _held(self) -> tuple[object, ...]:
        feeders = [(id_, *each[:3]) for id_, each in sorted(self.feeders.items())]
        return self.articles, feeders, self.hide, self.show


def seen(state: ClusterState, *, but: str = "") -> Clause:
    """Return the condition that a document is seen.

    Args:
        state: Of the archive.
        but: The id of a feeder whose documents are left out.
    """
    shown: list[Clause] = [{"term": {"hidden": False}}]
    if state.show:
        shown += with_keys(state.show)
    bounds = living(state, but=but)
    bounds["bool"]["filter"].append(_any_of(shown))
    if state.hide:
        bounds["bool"].setdefault("must_not", []).extend(with_keys(state.hide))
    return bounds


def living(state: ClusterState, *, but: str = "") -> Clause:
    """Return the condition that a document is published and not dead, be it seen or hidden."""
    published = [
        {"bool": {"filter": [
            {"term": {"feeder": feeder.number}}, {"range": {"born": {"lte": feeder.generation}}},
        ]}}
        for archive_id, feeder in sorted(state.feeders.items())
        if archive_id != but
    ]  # fmt: skip
    dead = [key for feeder in state.feeders.values() for key in feeder.dead]
    bounds: Clause = {"filter": [_any_of(published)]}
    if dead:
        bounds["must_not"] = with_keys(dead)
    return {"bool": bounds}


def with_keys(keys: Collection[int]) -> list[Clause]:
    """Return what is satisfied by documents with some keys, each part by some of them."""
    ordered = sorted(keys)
    parts = (ordered[first : first + _MOST_KEYS] for first in range(0, len(ordered), _MOST_KEYS))
    return [{"terms": {"key": part}} for part in parts]


def _any_of(clauses: list[Clause]) -> Clause:
    return (
        {"bool": {"should": clauses, "minimum_should_match": 1}} if clauses else {"match_none": {}}
    )


def read_state(cluster: Cluster) -> ClusterState | None:
    """Return the state of the archive; None if the cluster holds nothing of it.

    Raises:
        ClusterMissingError: It was written by another version.
    """
    found = cluster.request("GET", f"/{cluster.name('state')}/_doc/{_ID}", accepts="missing")
    if found is None or not found.get("found"):
        return None
    source = found["_source"]
    if source.get("format") != FORMAT:
        raise ClusterMissingError(
            cluster.path,
            f"what the cluster holds has format {source.get('format')}, this version of Pinakes "
            f"reads {FORMAT}; `pinakes engine opensearch` with another --name makes it anew",
        )
    feeders = {
        archive_id: Feeder(**{**feeder, "dead": tuple(feeder["dead"])})
        for archive_id, feeder in source["feeders"].items()
    }
    return ClusterState(
        articles=source["index"],
        feeders=feeders,
        numbers=source["numbers"],
        hide=frozenset(source["hide"]),
        show=frozenset(source["show"]),
        version=(found["_seq_no"], found["_primary_term"]),
    )


def change_state(
    cluster: Cluster, change: Callable[[ClusterState | None], ClusterState]
) -> ClusterState:
    """Write what `change` makes of the state, whatever other writers do meanwhile; return it.

    It is asked again with what another writer made of it, if one was quicker.
    """
    pause_s = _FIRST_PAUSE_S
    for _ in range(_MAX_RACES):
        check_time()
        before = read_state(cluster)
        after = change(before)
        if after == before or _write(cluster, before, after):
            return after
        # So that not all come back at once.
        time.sleep(random.uniform(0, pause_s))  # noqa: S311
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
    raise ClusterError(cluster.path, "other writers change it faster than it can be written")


def _write(cluster: Cluster, before: ClusterState | None, after: ClusterState) -> bool:
    """Write a state in the place of the one before; return False if that has changed."""
    path = f"/{cluster.name('state')}/_doc/{_ID}"
    params: dict[str, Any] = {"wait_for_active_shards": 1}
    if before is None or before.version is None:
        params["op_type"] = "create"
    else:
        params["if_seq_no"], params["if_primary_term"] = before.version
    feeders = {
        archive_id: {**feeder._asdict(), "dead": list(feeder.dead)}
        for archive_id, feeder in after.feeders.items()
    }
    body = {
        "format": FORMAT,
        "index": after.articles,
        "feeders": feeders,
        "numbers": after.numbers,
        "hide": sorted(after.hide),
        "show": sorted(after.show),
    }
    written = cluster.request("PUT", path, body, params=params, accepts="conflict")
    if written is None:
        # A request whose answer was lost may have been carried out, and conflicts with itself.
        found = read_state(cluster)
        return found is not None and found._replace(version=None) == after._replace(version=None)
    return True


def ask_for_all(cluster: Cluster) -> None:
    """Let every store send all it has with its next run: an index of the archive is gone."""

    def change(found: ClusterState | None) -> ClusterState:
        if found is None:
            raise ClusterError(cluster.path, "the cluster lost the archive; index again")
        feeders = {id_: each._replace(token="") for id_, each in found.feeders.items()}
        return found._replace(feeders=feeders)

    change_state(cluster, change)


def delete_state(cluster: Cluster, state: ClusterState) -> bool:
    """Delete the state; return False, and do nothing, if it is another one by now."""
    path = f"/{cluster.name('state')}/_doc/{_ID}"
    if state.version is None:
        return False
    number, term = state.version
    params = {"if_seq_no": number, "if_primary_term": term}
    # One whose answer was lost may have been carried out, and conflicts with itself.
    deleted = cluster.request("DELETE", path, params=params, accepts="gone")
    return deleted is not None or read_state(cluster) is None


def make_state_index(cluster: Cluster) -> None:
    """Make the index of the state, unless it is there."""
    make_index(cluster, cluster.name("state"), state_index(cluster.settings))


def make_index(cluster: Cluster, name: str, body: dict[str, Any]) -> bool:
    """Make an index, unless one of that name is there; return whether it was made.

    One that the cluster made by itself, as something was sent to an index just deleted, makes way.
    """
    found = cluster.request("GET", f"/{name}", accepts="missing")
    if found is not None:
        if _is_ours(found):
            return False
        # Only what was seen is deleted: another machine may be making its own just now.
        cluster.request("DELETE", f"/{name}", accepts="missing")
    return cluster.request("PUT", f"/{name}", body, accepts="existing") is not None


def is_made(cluster: Cluster, name: str) -> bool:
    """Return whether an index is there, and is one that `make_index` has made."""
    found = cluster.request("GET", f"/{name}", accepts="missing")
    return found is not None and _is_ours(found)


def _is_ours(found: Mapping[str, Any]) -> bool:
    # Whatever is sent to it, ours takes no fields but those it was made with.
    return all(index["mappings"].get("dynamic") == "false" for index in found.values())

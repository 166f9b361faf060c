"""What the cluster says of the archive as a whole: one small document, changed in one step.

It is the moment at which a commit happens, as the table of contents is of the local engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from pinakes.indexer.opensearch.connection import Cluster
from pinakes.indexer.opensearch.errors import ClusterError, ClusterMissingError
from pinakes.indexer.opensearch.mappings import FORMAT, state_index

_ID = "archive"
_MAX_RACES = 50


class Feeder(NamedTuple):
    """A store that adds its articles.

    Attributes:
        number: From 0, in the order in which they came; part of its keys.
        generation: Of its store, up to which the cluster holds it.
        token: The store's token of that generation.
        analysis: What made its words and stems: `toc.fingerprint`.
        dead: Keys on the cluster of versions that are dead, but may not be deleted yet.
    """

    number: int
    generation: int
    token: str
    analysis: str
    dead: tuple[int, ...] = ()


class ClusterState(NamedTuple):
    """The state of an archive on the cluster.

    Attributes:
        articles: The name of the index of its articles.
        feeders: By the id of the store's archive.
        version: Of the document, for who wants to change just this one.
    """

    articles: str
    feeders: dict[str, Feeder]
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

    def is_same(self, other: ClusterState) -> bool:
        """Return whether both answer the same, whatever is deleted already."""
        return (self.articles, self._held()) == (other.articles, other._held())

    def _held(self) -> list[tuple[str, int, str]]:
        return sorted((id_, each.generation, each.token) for id_, each in self.feeders.items())


def read_state(cluster: Cluster) -> ClusterState | None:
    """Return the state of the archive; None if the cluster holds nothing of it.

    Raises:
        ClusterMissingError: It was written by another version.
    """
    found = cluster.request("GET", f"/{cluster.name('state')}/_doc/{_ID}", missing_ok=True)
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
    return ClusterState(source["index"], feeders, (found["_seq_no"], found["_primary_term"]))


def change_state(
    cluster: Cluster, change: Callable[[ClusterState | None], ClusterState]
) -> ClusterState:
    """Write what `change` makes of the state, whatever other writers do meanwhile; return it."""
    for _ in range(_MAX_RACES):
        before = read_state(cluster)
        after = change(before)
        if _write(cluster, before, after):
            return after
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
    body = {"format": FORMAT, "index": after.articles, "feeders": feeders}
    written = cluster.request("PUT", path, body, params=params, conflict_ok=True)
    if written is None:
        # A request whose answer was lost may have been carried out, and conflicts with itself.
        found = read_state(cluster)
        return found is not None and found._replace(version=None) == after._replace(version=None)
    return True


def make_state_index(cluster: Cluster) -> None:
    """Make the index of the state, unless it is there."""
    make_index(cluster, cluster.name("state"), state_index(cluster.settings))


def make_index(cluster: Cluster, name: str, body: dict[str, Any]) -> None:
    """Make an index, unless one of that name is there."""
    if cluster.request("GET", f"/{name}", missing_ok=True) is None:
        cluster.request("PUT", f"/{name}", body, exists_ok=True)

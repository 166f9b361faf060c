"""Machines that feed one archive: whatever they do, each article is seen once, and none is lost."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pinakes.corpus import EngineSettings
from pinakes.indexer.opensearch.connection import Cluster as Connection
from pinakes.indexer.opensearch.connection import connect, encode_lines
from pinakes.indexer.opensearch.publishing import Publisher, identity_of
from pinakes.indexer.opensearch.state import (
    FEEDER_BITS,
    ClusterState,
    Feeder,
    read_state,
    seen,
)
from tests.cluster.nodes import Cluster

_INDEX = "publishing-articles"
_FIELDS = {
    "key": {"type": "long"},
    "born": {"type": "long"},
    "feeder": {"type": "integer"},
    "identity": {"type": "keyword"},
    "hidden": {"type": "boolean"},
}


@pytest.fixture
def connection(cluster: Cluster, tmp_path: Path) -> Iterator[Connection]:
    settings = EngineSettings(kind="opensearch", urls=tuple(cluster.urls), name="publishing")
    opened = connect(settings, tmp_path)
    for name, fields in ((_INDEX, _FIELDS), ("publishing-state", {})):
        opened.request("DELETE", f"/{name}", accepts="missing")
        made = {"number_of_shards": 2, "number_of_replicas": 1, "refresh_interval": "-1"}
        mappings = {"dynamic": False, "properties": fields}
        opened.request("PUT", f"/{name}", {"settings": made, "mappings": mappings})
    yield opened
    for name in (_INDEX, "publishing-state"):
        opened.request("DELETE", f"/{name}", accepts="missing")
    opened.close()


@dataclass
class Machine:
    """Feeds articles as a store would: versions with keys, born with a generation."""

    connection: Connection
    name: str
    living: dict[int, str] = field(default_factory=dict)
    published: dict[int, str] = field(default_factory=dict)
    generation: int = 0
    published_generation: int = 0
    last_key: int = 0

    def __post_init__(self) -> None:
        self.publisher = Publisher(self.connection, self.name)
        state = self.publisher.enter(_INDEX, "words")
        self.number = state.feeders[self.name].number

    def commit(self, add: set[str], remove: set[str], *, stop_after: str = "") -> None:
        """Commit to the store, then to the cluster, up to the step after which it is killed."""
        self.generation += 1
        self.living = {key: what for key, what in self.living.items() if what not in remove}
        for what in sorted(add - set(self.living.values())):
            self.last_key += 1
            self.living[self.last_key] = what
        self.catch_up(stop_after=stop_after)

    def catch_up(self, *, stop_after: str = "") -> None:
        self._settle()
        self._delete_beyond()
        born = {key: what for key, what in self.living.items() if key not in self.published}
        self._send(born, self.number)
        if stop_after == "sent":
            return
        dead = {self._wide(key) for key in self.published.keys() - self.living.keys()}
        self._publish(self.number, dead | set(self._state().feeders[self.name].dead))
        self.published, self.published_generation = dict(self.living), self.generation
        if stop_after == "published":
            return
        self._settle()

    def rebuild(self) -> None:
        """Send all anew, in a place of its own."""
        old, self.number = self.number, self.publisher.reserve_number()
        self._send(self.living, self.number)
        self._publish(self.number, set())
        self.published, self.published_generation = dict(self.living), self.generation
        self.connection.request(
            "POST", f"/{_INDEX}/_delete_by_query", {"query": {"term": {"feeder": old}}},
            params={"refresh": "true"},
        )  # fmt: skip

    def _settle(self) -> None:
        dead = self._state().feeders[self.name].dead
        for key in dead:
            self.connection.request("DELETE", f"/{_INDEX}/_doc/{key}", accepts="missing")
        again = self.publisher.unsettled()
        for key, is_hidden in again.items():
            narrow = key & ((1 << FEEDER_BITS) - 1)
            what = self.published[narrow]
            hidden = {what} if is_hidden else set()
            self._put({narrow: what}, self.number, hidden, born=self.published_generation)
        self._refresh()
        self.publisher.forget(dead)
        self.publisher.forget_settled(again)

    def _state(self) -> ClusterState:
        state = read_state(self.connection)
        assert state is not None
        return state

    def _publish(self, number: int, dead: set[int]) -> None:
        token = f"token{self.generation}"
        self.publisher.publish(Feeder(number, self.generation, token, "words", tuple(sorted(dead))))

    def _delete_beyond(self) -> None:
        """Delete what a run sent that was stopped before it published."""
        mine = {"term": {"feeder": self.number}}
        beyond = {"range": {"born": {"gt": self.published_generation}}}
        self.connection.request(
            "POST", f"/{_INDEX}/_delete_by_query", {"query": {"bool": {"filter": [mine, beyond]}}},
            params={"refresh": "true", "conflicts": "proceed"},
        )  # fmt: skip

    def _send(self, articles: dict[int, str], number: int) -> None:
        identities = {identity_of(bytes.fromhex(what), "") for what in articles.values()}
        elsewhere = self.publisher.seen_elsewhere(identities)
        hidden = {
            what for what in articles.values() if identity_of(bytes.fromhex(what), "") in elsewhere
        }
        self._put(articles, number, hidden, born=self.generation)
        self._refresh()

    def _put(self, articles: dict[int, str], number: int, hidden: set[str], *, born: int) -> None:
        lines: list[object] = []
        for key, what in articles.items():
            wide = key + (number << FEEDER_BITS)
            lines.append({"index": {"_index": _INDEX, "_id": str(wide)}})
            identity = identity_of(bytes.fromhex(what), "")
            lines.append({"key": wide, "born": born, "feeder": number, "identity": identity,
                          "hidden": what in hidden})  # fmt: skip
        if lines:
            answer = self.connection.request("POST", "/_bulk", encode_lines(lines))
            assert not answer["errors"]

    def _wide(self, key: int) -> int:
        return key + (self.number << FEEDER_BITS)

    def _refresh(self) -> None:
        self.connection.request("POST", f"/{_INDEX}/_refresh")


def seen_identities(connection: Connection) -> list[str]:
    """Return what is seen, each as often as it is."""
    state = read_state(connection)
    assert state is not None
    body = {"size": 1000, "query": seen(state), "_source": ["identity"]}
    answer = connection.request("POST", f"/{_INDEX}/_search", body)
    return sorted(hit["_source"]["identity"] for hit in answer["hits"]["hits"])


def wanted(*machines: Machine) -> list[str]:
    return sorted(
        {
            identity_of(bytes.fromhex(what), "")
            for each in machines
            for what in each.published.values()
        }
    )


def names(*letters: str) -> set[str]:
    return {letter * 64 for letter in letters}


def test_an_article_of_two_machines_is_seen_once_and_when_one_drops_it_as_the_others(
    connection: Connection,
) -> None:
    first, second = Machine(connection, "first"), Machine(connection, "second")
    first.commit(names("a", "b"), set())
    second.commit(names("b", "c"), set())
    assert len(seen_identities(connection)) == 3

    first.commit(set(), names("a", "b"))
    assert seen_identities(connection) == wanted(second)
    second.commit(set(), names("b"))
    assert seen_identities(connection) == wanted(second)


def test_what_two_machines_send_at_the_same_time_is_seen_once(connection: Connection) -> None:
    first, second = Machine(connection, "first"), Machine(connection, "second")
    first.commit(names("a", "b"), set(), stop_after="sent")
    second.commit(names("a", "b"), set())
    first.catch_up()
    assert seen_identities(connection) == wanted(first, second)
    second.commit(set(), names("a"))
    assert seen_identities(connection) == wanted(first, second)


def test_a_machine_that_dies_before_it_publishes_keeps_nobody_else_from_it(
    connection: Connection,
) -> None:
    first, second = Machine(connection, "first"), Machine(connection, "second")
    first.commit(names("a"), set(), stop_after="sent")
    second.commit(names("a"), set())
    assert seen_identities(connection) == wanted(second)


def test_a_machine_that_was_overtaken_looks_again(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Machine(connection, "first"), Machine(connection, "second")
    first.commit(names("a"), set())
    hide_twins = first.publisher._hide_twins
    overtaken: list[str] = []

    def be_overtaken(before: ClusterState, after: ClusterState) -> ClusterState:
        if not overtaken:
            overtaken.append("second")
            second.commit(names("b", "c"), set())
        return hide_twins(before, after)

    monkeypatch.setattr(first.publisher, "_hide_twins", be_overtaken)
    first.commit(names("b"), set(), stop_after="published")
    assert overtaken
    assert seen_identities(connection) == wanted(first, second)


def test_what_another_machine_drops_while_it_is_settled_is_seen(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Machine(connection, "first"), Machine(connection, "second")
    first.commit(names("a"), set())
    hide_twins, forget = first.publisher._hide_twins, first.publisher.forget_settled
    settled: list[dict[int, bool]] = []

    def be_overtaken(before: ClusterState, after: ClusterState) -> ClusterState:
        if "b" not in str(second.published):
            second.commit(names("b"), set())
        return hide_twins(before, after)

    def be_too_late(again: dict[int, bool]) -> None:
        settled.append(again)
        if len(settled) == 1:
            second.commit(set(), names("b"))
        forget(again)

    monkeypatch.setattr(first.publisher, "_hide_twins", be_overtaken)
    first.commit(names("b"), set(), stop_after="published")
    monkeypatch.setattr(first.publisher, "_hide_twins", hide_twins)
    monkeypatch.setattr(first.publisher, "forget_settled", be_too_late)
    first.commit(names("c"), set())
    assert True in settled[0].values()
    assert seen_identities(connection) == wanted(first, second)


def test_machines_that_publish_all_at_once_all_get_through(connection: Connection) -> None:
    machines = [Machine(connection, f"machine{number}") for number in range(4)]
    failures: list[BaseException] = []

    def feed(machine: Machine, chance: random.Random) -> None:
        try:
            for _ in range(4):
                machine.commit(names(*chance.sample("0123456789", 4)), set())
        except BaseException as error:  # noqa: BLE001 -- raised again in the test
            failures.append(error)

    threads = [
        threading.Thread(target=feed, args=(machine, random.Random(number)))  # noqa: S311
        for number, machine in enumerate(machines)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failures
    assert seen_identities(connection) == wanted(*machines)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_machines_do_each_article_of_theirs_is_seen_once(
    connection: Connection, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    machines = [Machine(connection, f"machine{number}") for number in range(3)]
    for _ in range(25):
        machine = chance.choice(machines)
        add, remove = (names(*chance.sample("012345", chance.randrange(4))) for _ in range(2))
        stop_after = chance.choice(("", "", "sent", "published"))
        if chance.random() < 0.12:
            machine.rebuild()
        else:
            machine.commit(add, remove - add, stop_after=stop_after)
        assert seen_identities(connection) == wanted(*machines)

"""A machine that enters an archive on a cluster while the last one that fed it withdraws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from pinakes.corpus import ArchiveFolder, EngineSettings, Store, write_engine
from pinakes.indexer.opensearch import ClusterError, ClusterIndex, connect
from pinakes.indexer.opensearch.connection import Cluster as Connection
from pinakes.indexer.opensearch.state import is_made, read_state
from pinakes.search import Archive
from tests.cluster.nodes import Cluster

TEXTS = {"first": "The quarry opens in May.", "second": "The harbour was closed at noon."}


class Machine:
    """An archive of one article, which is not on the cluster yet."""

    def __init__(self, root: Path, name: str, urls: list[str], text: str) -> None:
        root.mkdir()
        (root / "notice.txt").write_text(text, encoding="utf-8")
        with Archive.create(root) as archive:
            archive.index(root / "notice.txt")
        self._root = root
        self._folder = ArchiveFolder.open(root)
        self.settings = EngineSettings(
            kind="opensearch", urls=tuple(urls), name=name, shards=1, replicas=0
        )
        write_engine(self._folder.config_path, self.settings)

    def connection(self) -> Connection:
        return connect(self.settings, self._folder.config_path)

    def feed(self) -> None:
        with closing(ClusterIndex(self.connection())) as index, self._store() as store:
            index.update(store)

    def withdraw(self) -> None:
        with closing(ClusterIndex(self.connection())) as index, self._store() as store:
            index.withdraw(store.archive_id)

    def count(self, query: str) -> int | None:
        with Archive.open(self._root) as archive:
            return archive.search(query).articles

    def _store(self) -> Store:
        return Store.open(self._folder.store_path)


@pytest.fixture
def machines(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    """Two with one name: the first is on the cluster, the second about to come."""
    name = f"leaving-{uuid4().hex[:8]}"
    first, second = (
        Machine(tmp_path / each, name, cluster.urls, text) for each, text in TEXTS.items()
    )
    first.feed()
    yield first, second
    for machine in (first, second):
        machine.withdraw()
    with closing(second.connection()) as connection:
        assert connection.request("GET", f"/{name}-*") == {}


Interrupt = Callable[[str, str, Callable[[], None]], None]


@pytest.fixture
def interrupt(monkeypatch: pytest.MonkeyPatch) -> Interrupt:
    """Let something happen just before the first request of a method whose path holds a text."""

    def prepare(method: str, part: str, happen: Callable[[], None]) -> None:
        request = Connection.request
        is_due = True

        def interrupted(self: Connection, verb: str, path: str, *rest: Any, **how: Any) -> Any:
            nonlocal is_due
            if is_due and verb == method and part in path:
                is_due = False
                happen()
            return request(self, verb, path, *rest, **how)

        monkeypatch.setattr(Connection, "request", interrupted)

    return prepare


@pytest.mark.parametrize(
    ("method", "part"),
    [
        ("GET", "-articles-*"),
        ("DELETE", "-state/_doc/"),
        ("DELETE", "-articles-1"),
        ("DELETE", "-terms"),
        ("DELETE", "-state"),
    ],
)
def test_what_enters_while_the_last_one_withdraws_is_there_afterwards(
    machines: tuple[Machine, Machine], interrupt: Interrupt, method: str, part: str
) -> None:
    first, second = machines
    interrupt(method, part, second.feed)
    first.withdraw()
    # The state's index may have gone with its document; what the store has is sent again.
    second.feed()
    assert second.count("harbour") == 1
    assert second.count("harb*") == 1
    assert second.count("quarry") == 0


@pytest.mark.parametrize(("method", "part"), [("PUT", "-state/_doc/"), ("POST", "/_bulk")])
def test_what_enters_before_the_last_one_withdraws_is_there_after_its_next_run(
    machines: tuple[Machine, Machine], interrupt: Interrupt, method: str, part: str
) -> None:
    first, second = machines
    interrupt(method, part, first.withdraw)
    # It may have sent to an index that was just deleted, which is told.
    with suppress(ClusterError):
        second.feed()
    second.feed()
    with closing(second.connection()) as connection:
        state = read_state(connection)
        assert state is not None
        assert is_made(connection, state.articles)
        assert is_made(connection, connection.name("terms"))
    assert second.count("harbour") == 1
    assert second.count("harb*") == 1


@pytest.mark.parametrize("part", ["articles-1", "terms"])
def test_of_an_index_that_is_gone_every_machine_sends_its_own_again(
    machines: tuple[Machine, Machine], part: str
) -> None:
    first, second = machines
    second.feed()
    with closing(first.connection()) as connection:
        connection.request("DELETE", f"/{connection.name(part)}")
    first.feed()
    second.feed()
    for query in ("quarry", "harbour", "quarr*", "harb*"):
        assert second.count(query) == 1, query


def test_an_index_that_the_cluster_made_by_itself_makes_way(
    machines: tuple[Machine, Machine],
) -> None:
    first, second = machines
    with closing(first.connection()) as connection:
        terms = connection.name("terms")
        connection.request("DELETE", f"/{terms}")
        connection.request("PUT", f"/{terms}/_doc/1", {"field": "word", "term": "stray"})
        assert not is_made(connection, terms)
        second.feed()
        assert is_made(connection, terms)
    assert second.count("harb*") == 1

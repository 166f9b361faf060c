"""What is seen of an archive that several machines feed: one document, replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

FEEDER_BITS = 40
"""A key on the cluster is the store's, with the place of the feeder above so many bits."""

Condition = dict[str, Any]
"""A clause of OpenSearch's query language."""


class Feeder(NamedTuple):
    """A machine that feeds the archive.

    Attributes:
        place: The upper bits of the keys of its documents.
        generation: The generation of its store that is seen; 0 before the first.
        token: Of that generation.
        analysis: What its words were made with.
    """

    place: int
    generation: int
    token: str
    analysis: str


class State(NamedTuple):
    """What is seen of the archive.

    Attributes:
        number: Raised by each change.
        token: Random, another one after each change.
        index: The index that holds the articles.
        places: How many places were given to machines, those given up included.
        feeders: By the id of the machine's own archive.
        dead: Keys of documents that are to be deleted.
        hide: Keys of documents that are not seen, although they do not say that they are hidden.
        show: Keys of documents that are seen, although they say that they are hidden.
        version: By which the cluster knows whether the state was replaced; None of a new one.
    """

    number: int
    token: str
    index: str
    places: int
    feeders: Mapping[str, Feeder]
    dead: frozenset[int] = frozenset()
    hide: frozenset[int] = frozenset()
    show: frozenset[int] = frozenset()
    version: tuple[int, int] | None = None

    def with_feeder(self, archive_id: str, feeder: Feeder) -> State:
        """Return the state with this of a machine."""
        return self._replace(feeders={**self.feeders, archive_id: feeder})

    def hiding(self, keys: frozenset[int]) -> State:
        """Return the state in which these documents are not seen."""
        return self._replace(hide=self.hide | keys, show=self.show - keys)

    def showing(self, keys: frozenset[int]) -> State:
        """Return the state in which these documents are seen."""
        return self._replace(hide=self.hide - keys, show=self.show | keys)

    def burying(self, keys: frozenset[int]) -> State:
        """Return the state in which these documents are dead."""
        return self._replace(dead=self.dead | keys, hide=self.hide - keys, show=self.show - keys)

    def without(self, keys: frozenset[int]) -> State:
        """Return the state that says nothing of these documents."""
        return self._replace(dead=self.dead - keys, hide=self.hide - keys, show=self.show - keys)

    def of_place(self, keys: Iterable[int], archive_id: str) -> frozenset[int]:
        """Return which keys are a machine's."""
        place = self.feeders[archive_id].place
        return frozenset(key for key in keys if key >> FEEDER_BITS == place)


def identity_of(file_sha256: str, record: str) -> str:
    """Return what the same record of the same bytes is known by, on whatever machine.

    Args:
        file_sha256: Of the file, in hexadecimal.
        record: Its name inside the file; empty for the file itself.
    """
    return sha256(bytes.fromhex(file_sha256) + record.encode("utf-8", "replace")).hexdigest()


def seen(state: State, *, but: str = "") -> list[Condition]:
    """Return the conditions that hold, all of them, of the documents that are seen.

    Args:
        state: Of the archive.
        but: A machine whose documents are left out.
    """
    is_open: Condition = {"term": {"hidden": False}}
    if state.show:
        is_open = _any_of([is_open, _of_keys(state.show)])
    return [*_living(state, state.dead | state.hide, but=but), is_open]


def living(state: State) -> list[Condition]:
    """Return the conditions that hold of all documents that are published, seen or hidden."""
    return _living(state, state.dead)


def _living(state: State, barred: frozenset[int], *, but: str = "") -> list[Condition]:
    published = [
        {"bool": {"filter": [
            {"term": {"feeder": feeder.place}}, {"range": {"born": {"lte": feeder.generation}}},
        ]}}
        for name, feeder in sorted(state.feeders.items())
        if name != but and feeder.generation
    ]  # fmt: skip
    if not published:
        return [{"match_none": {}}]
    conditions = [_any_of(published)]
    if barred:
        conditions.append({"bool": {"must_not": _of_keys(barred)}})
    return conditions


def _any_of(conditions: list[Condition]) -> Condition:
    if len(conditions) == 1:
        return conditions[0]
    return {"bool": {"should": conditions, "minimum_should_match": 1}}


def _of_keys(keys: Iterable[int]) -> Condition:
    return {"terms": {"key": sorted(keys)}}


def state_as_json(state: State) -> dict[str, Any]:
    """Return the state as the cluster keeps it."""
    return {
        "number": state.number,
        "token": state.token,
        "index": state.index,
        "places": state.places,
        "feeders": {name: feeder._asdict() for name, feeder in state.feeders.items()},
        "dead": sorted(state.dead),
        "hide": sorted(state.hide),
        "show": sorted(state.show),
    }


def state_of_json(told: Mapping[str, Any], version: tuple[int, int]) -> State:
    """Return the state that the cluster keeps so."""
    return State(
        number=told["number"],
        token=told["token"],
        index=told["index"],
        places=told["places"],
        feeders={name: Feeder(**each) for name, each in told["feeders"].items()},
        dead=frozenset(told["dead"]),
        hide=frozenset(told["hide"]),
        show=frozenset(told["show"]),
        version=version,
    )

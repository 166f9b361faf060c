"""The asynchronous twin of an archive: the same questions, awaited."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Coroutine
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from pinakes.corpus import FileOutcome, IngestObserver, TimeLimitError, time_limit
from pinakes.search import Archive, AsyncArchive
from pinakes.search.adding import AddedRecords
from pinakes.search.archive_records import ArchiveRecords
from pinakes.search.async_parts import (
    AsyncAdded,
    AsyncRecords,
    AsyncSaved,
    AsyncTags,
    AsyncUpkeep,
)
from pinakes.search.saved import SavedSearches
from pinakes.search.tagging.archive_tags import ArchiveTags
from pinakes.search.upkeep.archive_upkeep import ArchiveUpkeep

MINE = {"id": 17, "title": "Mine shut", "text": "The Halvik mine was shut on Monday."}
VALLEY = {"id": "b/2", "text": "The valley of the mine was flooded."}
TWINS: tuple[tuple[type, type], ...] = (
    (Archive, AsyncArchive), (AddedRecords, AsyncAdded), (ArchiveRecords, AsyncRecords),
    (SavedSearches, AsyncSaved), (ArchiveTags, AsyncTags), (ArchiveUpkeep, AsyncUpkeep),
)  # fmt: skip
# Attributes of an archive itself, not of its class; and how a twin says what it is of.
OF_OBJECTS = {"root", "id", "blocking"}
AWAITED = {"__iter__": "__aiter__", "__enter__": "__aenter__", "__exit__": "__aexit__"}


def surface(type_: type) -> dict[str, Any]:
    """Return the public attributes of a class, and what it is asked for by syntax."""
    asked = {*AWAITED, *AWAITED.values()}
    members = {n: m for each in reversed(type_.__mro__) for n, m in vars(each).items()}
    return {n: m for n, m in members.items() if not n.startswith("_") or n in asked}


@pytest.mark.parametrize(("one", "twin"), TWINS)
def test_a_twin_has_all_that_the_other_has_and_takes_what_it_takes(one: type, twin: type) -> None:
    wanted = {AWAITED.get(name, name): member for name, member in surface(one).items()}
    found = surface(twin)
    assert {*found} - OF_OBJECTS == {*wanted}
    for name, member in wanted.items():
        if isinstance(member, cached_property):
            assert isinstance(found[name], cached_property), name
            continue
        given, taken = (
            [*inspect.signature(getattr(each, "__func__", each)).parameters.values()]
            for each in (member, found[name])
        )
        assert given == taken, name


@pytest.fixture
def run() -> Any:
    """Run what uses a twin of an archive with two records."""

    def with_twin(use: Any) -> None:
        async def main() -> None:
            async with await AsyncArchive.temporary() as twin:
                await twin.add([MINE, VALLEY])
                await use(twin)
            assert not twin.root.exists()

        asyncio.run(main())

    return with_twin


def test_answers_are_those_of_the_archive(run: Any) -> None:
    async def use(twin: AsyncArchive) -> None:
        archive = twin.archive
        many = await asyncio.gather(*(twin.search("mine shut") for _ in range(8)))
        assert {result.hits for result in many} == {archive.search("mine shut").hits}
        hit = many[0].hits[0]
        assert (await twin.verify(hit.passages[0].citation)).status == "ok"
        assert await twin.article(hit.article.id) == archive.article(hit.article.id)
        assert [each async for each in twin.concord("mine")] == list(archive.concord("mine"))
        assert [row async for row in twin.ledger()] == list(archive.ledger())
        assert [each async for each in twin.verify_all()] == list(archive.verify_all())
        question = await twin.read_question("What of the mine?")
        assert question.root == archive.read_question("What of the mine?").root
        assert (await twin.languages(), twin.id) == (archive.languages(), archive.id)
        with pytest.raises(TimeLimitError), time_limit(0.0):
            await twin.search("m*")

    run(use)


def test_parts_are_those_of_the_archive(run: Any, tmp_path: Path) -> None:
    async def use(twin: AsyncArchive) -> None:
        await twin.tags.change("mine shut", add=["checked"])
        assert (await twin.search("#checked")).articles == 1
        assert await twin.tags.types() == twin.archive.tags.types()
        await twin.saved.save("mines", "mine")
        assert [search.query async for search in twin.saved] == ["mine"]
        results, report = await twin.records.report("saved:mines")
        assert results.articles == 2
        assert (await twin.records.replay(report)).is_same
        assert (await twin.records.export_bundle("mine", tmp_path / "mine.zip")).hits == 2
        assert await twin.upkeep.check() == ()
        assert await twin.added.remove([17]) == 1
        assert (await twin.search("mine")).articles == 1

    run(use)


def test_an_iterator_that_is_left_lets_go_of_the_archive(run: Any) -> None:
    async def use(twin: AsyncArchive) -> None:
        occurrences = twin.concord("mine")
        async for _ in occurrences:
            break
        await occurrences.aclose()
        await twin.upkeep.purge(twin.archive.search("shut").hits[0].article.id)
        assert (await twin.search("mine")).articles == 1

    run(use)


def test_progress_reaches_the_event_loop(run: Any) -> None:
    async def use(twin: AsyncArchive) -> None:
        loop, told = asyncio.get_running_loop(), asyncio.Queue[FileOutcome]()
        threads: set[int] = set()

        def pass_on(outcome: FileOutcome) -> None:
            threads.add(threading.get_ident())
            loop.call_soon_threadsafe(told.put_nowait, outcome)

        adding: Coroutine[Any, Any, Any] = twin.add(
            [{**MINE, "title": "x"}, {"text": "no id"}], progress=IngestObserver(on_file=pass_on)
        )
        await adding
        statuses = sorted([(await told.get()).status for _ in range(2)])
        assert statuses == ["error", "indexed"]
        assert threading.get_ident() not in threads

    run(use)


def test_the_loop_goes_on_while_a_question_is_answered(run: Any) -> None:
    async def use(twin: AsyncArchive) -> None:
        began, may_end = threading.Event(), threading.Event()

        def hold(_outcome: FileOutcome) -> None:
            began.set()
            assert may_end.wait(10)

        adding = asyncio.create_task(twin.add([{**MINE, "title": "y"}], progress=hold))
        assert await asyncio.to_thread(began.wait, 10)
        assert (await twin.search("mine")).articles == 2
        assert not adding.done()
        may_end.set()
        await adding

    run(use)

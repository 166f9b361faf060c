"""What costs much is given up, and nobody waits for it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pinakes.corpus import TimeLimitError, check_time, checked_by, time_limit
from pinakes.search import Archive, OptionsError
from pinakes.search.serving import Limits, ServeOptions, app
from pinakes.search.serving.evaluating import Workers
from pinakes.search.serving.problems import RequestProblem
from tests.asgi_client import Client
from tests.served_archive import make_samples

# In the order of their price, each by another part of the evaluation.
DEAR = (
    "*a* NEAR/50 *e* NEAR/50 *i* NEAR/50 *o*",
    '="the"',
    "the SENT of",
    "/[a-z]*(a|e)[a-z]*/",
    "the~2 OR mine~2",
    " OR ".join(f"{letter}*" for letter in "abcdefghij"),
    "the mine",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_samples(tmp_path_factory.mktemp("served") / "archive") as made:
        yield made


def work_until_told(stop: threading.Event | None = None) -> str:
    """Work as a dear query does: until it is given up, or told to stop."""
    while stop is None or not stop.is_set():
        check_time()
    return "done"


@pytest.mark.parametrize("query", DEAR)
def test_every_part_of_the_evaluation_looks_at_the_time(query: str, archive: Archive) -> None:
    def refuse() -> None:
        raise TimeLimitError("now")

    with checked_by(refuse), pytest.raises(TimeLimitError):
        archive.search(query)
    # Nothing of it stays.
    assert archive.search(query).articles is not None


def test_a_limit_counts_from_its_beginning_and_ends_with_its_block(archive: Archive) -> None:
    with pytest.raises(TimeLimitError, match=r"longer than 0\.01 s"), time_limit(0.01):
        work_until_told()
    check_time()


def test_an_answer_that_takes_too_long_is_refused(archive: Archive) -> None:
    client = Client(app(archive, limits=Limits(time_s=1e-6, long_s=1e-7)))
    reply = client.get("/api/search", q="the mine")
    assert (reply.status, reply.json["error"]["code"]) == (422, "too-expensive")
    page = client.get("/", q="the mine")
    assert page.status == 422
    assert "takes longer" in page.text


def test_long_work_leaves_threads_to_the_rest() -> None:
    limits = Limits(threads=3, long_threads=1, long_s=0.05, time_s=30.0)
    stop = threading.Event()

    async def ask() -> tuple[list[str | BaseException], float]:
        workers = Workers(limits)
        dear = [asyncio.create_task(workers.run(lambda: work_until_told(stop))) for _ in range(6)]
        await asyncio.sleep(0.5)
        began = time.monotonic()
        cheap = await workers.run(lambda: "cheap")
        waited = time.monotonic() - began
        stop.set()
        ended = await asyncio.gather(*dear, return_exceptions=True)
        workers.close()
        return [cheap, *ended], waited

    (cheap, *ended), waited = asyncio.run(ask())
    assert cheap == "cheap"
    assert waited < 2
    # One may take long; the others were given up when they did.
    assert ended.count("done") >= 1
    assert sum(isinstance(each, TimeLimitError) for each in ended) >= 3


def test_what_only_waits_for_the_processor_is_not_long() -> None:
    limits = Limits(threads=4, long_threads=1, long_s=0.05, time_s=30.0)

    def wait() -> str:
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            check_time()
            time.sleep(0.05)
        return "done"

    async def ask() -> list[str]:
        workers = Workers(limits)
        found = await asyncio.gather(*(workers.run(wait) for _ in range(4)))
        workers.close()
        return found

    assert asyncio.run(ask()) == ["done"] * 4


def test_more_than_may_wait_are_turned_away_at_once() -> None:
    limits = Limits(threads=2, long_threads=1, waiting=3)
    stop = threading.Event()

    async def ask() -> list[str | BaseException]:
        workers = Workers(limits)
        tasks = [asyncio.create_task(workers.run(lambda: work_until_told(stop))) for _ in range(9)]
        await asyncio.sleep(0.2)
        turned = [task for task in tasks if task.done()]
        stop.set()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert turned
        # Who was turned away may come back: the line is empty.
        assert await workers.run(lambda: "again") == "again"
        workers.close()
        return ended

    ended = asyncio.run(ask())
    problems = [each for each in ended if isinstance(each, RequestProblem)]
    assert ended.count("done") + len(problems) == len(ended)
    assert {problem.code for problem in problems} == {"busy"}
    assert {problem.status for problem in problems} == {503}


def test_a_request_that_is_given_up_while_it_waits_frees_its_place() -> None:
    limits = Limits(threads=1, long_threads=1, waiting=1)
    stop = threading.Event()

    async def ask() -> str:
        workers = Workers(limits)
        first = asyncio.create_task(workers.run(lambda: work_until_told(stop)))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(workers.run(lambda: "second"))
        await asyncio.sleep(0.05)
        second.cancel()
        await asyncio.sleep(0.05)
        third = asyncio.create_task(workers.run(lambda: "third"))
        await asyncio.sleep(0.05)
        stop.set()
        await first
        answer = await third
        workers.close()
        return answer

    assert asyncio.run(ask()) == "third"


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "0.0.0.0"},  # noqa: S104
        {"host": "192.0.2.1"},
        {"host": "archive.example"},
        {"token": "short"},
        {"host": "::", "token": ""},
    ],
)
def test_others_are_served_with_a_token_or_on_purpose_only(wrong: dict[str, str]) -> None:
    with pytest.raises(OptionsError):
        ServeOptions(**wrong)  # type: ignore[arg-type]


def test_a_loopback_address_answers_to_its_names_only() -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.0.0.9"):
        assert {host, "localhost"} <= set(ServeOptions(host=host).access.hosts)
    open_to_all = ServeOptions(host="0.0.0.0", is_public=True)  # noqa: S104
    assert open_to_all.access.hosts == ()


@pytest.mark.parametrize("wrong", [{"threads": 0}, {"long_threads": 8}, {"time_s": 0.0}])
def test_limits_that_cannot_be_kept_are_refused(wrong: dict[str, float], tmp_path: Path) -> None:
    with pytest.raises(OptionsError):
        Limits(**wrong)  # type: ignore[arg-type]

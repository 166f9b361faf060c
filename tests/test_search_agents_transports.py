"""Agents talk to an archive over standard input and output, and over HTTP."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pinakes.search import Archive
from tests.asgi_client import Client as WebClient
from tests.served_archive import make_samples
from tests.test_search_loading import loaded_by, tops

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from mcp import Client, StdioServerParameters, stdio_client
from starlette.applications import Starlette
from starlette.routing import Mount

from pinakes.corpus import check_time
from pinakes.search.agents import app, make_server, server
from pinakes.search.agents.problems import AgentError
from pinakes.search.serving import Access
from tests.agent_calls import call, size

MAIN = [sys.executable, "-m", "pinakes.search.cli"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_samples(tmp_path_factory.mktemp("agents") / "archive") as made:
        yield made


async def _use(client: Client) -> tuple[list[str], dict[str, Any], bool]:
    names = [tool.name for tool in (await client.list_tools()).tools]
    found = await client.call_tool("search", {"query": "surveyor letter"})
    (first, *_rest) = found.structured_content["results"]
    quote = {"id": first["id"], "quote": first["text"]}
    verdict = await client.call_tool("verify", quote)
    return names, first, verdict.structured_content["holds"]


def test_a_client_of_the_official_sdk_talks_over_standard_input_and_output(
    archive: Archive,
) -> None:
    async def talk() -> tuple[list[str], dict[str, Any], bool]:
        server = StdioServerParameters(
            command=MAIN[0], args=[*MAIN[1:], "mcp"], cwd=archive.root, env=dict(os.environ)
        )
        async with Client(stdio_client(server)) as client:
            return await _use(client)

    names, first, holds = asyncio.run(talk())
    assert (names, holds) == (["search", "fetch", "cite", "verify"], True)
    assert (
        first == call(archive, "search", query="surveyor letter").structured_content["results"][0]
    )


@contextmanager
def serving(root: Path, *args: str) -> Iterator[str]:
    command = [*MAIN, "mcp", "--http", "127.0.0.1:0", *args]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            line = process.stderr.readline()
            found = re.search(r"http://\S+", line)
            assert found, line + process.stderr.read()
            yield found.group()
        finally:
            process.kill()


def test_a_client_of_the_official_sdk_talks_over_streamable_http(archive: Archive) -> None:
    async def talk(address: str) -> tuple[list[str], dict[str, Any], bool]:
        async with Client(address) as client:
            return await _use(client)

    with serving(archive.root) as address:
        assert address.endswith("/mcp")
        names, first, holds = asyncio.run(talk(address))
    assert (names, holds) == (["search", "fetch", "cite", "verify"], True)
    assert (
        first == call(archive, "search", query="surveyor letter").structured_content["results"][0]
    )


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--http", "0.0.0.0:0"], "give a token, or --public"),
        (["--http", "nowhere"], "HOST:PORT"),
        (["--max-tokens", "10"], "max_tokens is 1500 or more"),
    ],
)
def test_what_cannot_be_served_is_said(args: list[str], told: str, archive: Archive) -> None:
    done = subprocess.run(
        [*MAIN, "mcp", *args], cwd=archive.root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


def test_many_clients_at_once_are_answered_within_their_budgets(archive: Archive) -> None:
    budget = 1500

    async def use(address: str, number: int) -> list[Any]:
        async with Client(address) as client:
            asked = [
                {"query": "mine OR surveyor", "max_tokens": budget, "offset": number % 5},
                {"query": "letter", "max_tokens": budget},
            ]
            return [await client.call_tool("search", each) for each in asked]

    async def talk(address: str) -> list[list[Any]]:
        return await asyncio.gather(*(use(address, number) for number in range(24)))

    with serving(archive.root) as address:
        answers = asyncio.run(talk(address))
    assert len(answers) == 24
    expected = call(archive, "search", query="letter", max_tokens=budget).structured_content
    for first, second in answers:
        assert (first.is_error, second.is_error) == (False, False)
        assert max(size(first), size(second)) <= budget
        assert second.structured_content == expected


def test_a_dear_query_keeps_no_other_client_waiting(archive: Archive) -> None:
    """Two long answers at a time: what is quick is quickly told, and a third long one given up."""
    may_end = threading.Event()

    def work_long(*_given: object) -> NoReturn:
        end = time.thread_time() + 30
        while time.thread_time() < end and not may_end.is_set():
            check_time()
        raise AgentError("ended by the test")

    async def talk(client: Client) -> tuple[float, list[Any]]:
        calls = [client.call_tool("fetch", {"id": "any"}) for _ in range(4)]
        dear = [asyncio.create_task(each) for each in calls]
        await asyncio.sleep(0.2)
        began = time.monotonic()
        quick = await client.call_tool("search", {"query": "letter"})
        waited = time.monotonic() - began
        while sum(task.done() for task in dear) < 2:
            await asyncio.sleep(0.05)
        given_up = [task for task in dear if task.done()]
        may_end.set()
        await asyncio.gather(*dear)
        return waited, [quick, *(task.result() for task in given_up)]

    async def main() -> tuple[float, list[Any]]:
        async with Client(make_server(archive)) as client:
            return await talk(client)

    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(server._ANSWERS, "fetch", work_long)
        waited, (quick, *given_up) = asyncio.run(main())
    assert waited < 10
    assert quick.structured_content["results"]
    assert len(given_up) == 2
    assert all(each.is_error and "try again" in each.content[0].text for each in given_up)


TOKEN = "a-token-of-some-length"  # noqa: S105
HELLO = (
    b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion":'
    b' "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}'
)
ACCEPT = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("localhost", {"authorization": f"Bearer {TOKEN}"}, 200),
        ("localhost", {}, 401),
        ("rebound.example", {"authorization": f"Bearer {TOKEN}"}, 421),
        ("localhost", {"authorization": f"Bearer {TOKEN}",
                       "origin": "https://evil.example"}, 403),
    ],
)  # fmt: skip
def test_others_are_kept_out(
    host: str, headers: dict[str, str], status: int, archive: Archive
) -> None:
    served = app(archive, access=Access(token=TOKEN, hosts=("localhost",)))

    async def ask() -> int:
        async with served.router.lifespan_context(served):
            client = WebClient(served, host=host)
            reply = await client.send_soon("POST", "/mcp", {**ACCEPT, **headers}, HELLO)
            return reply.status

    assert asyncio.run(ask()) == status


def test_pages_of_a_site_that_was_let_in_may_ask(archive: Archive) -> None:
    site = "https://desk.example"
    served = app(archive, access=Access(token=TOKEN, hosts=("localhost",), origins=(site,)))
    preflight = {
        "origin": site, "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,mcp-protocol-version",
    }  # fmt: skip
    asked = {**ACCEPT, "authorization": f"Bearer {TOKEN}", "origin": site}

    async def ask() -> list[Any]:
        async with served.router.lifespan_context(served):
            client = WebClient(served)
            return [
                await client.send_soon("OPTIONS", "/mcp", preflight),
                await client.send_soon("OPTIONS", "/mcp", {**preflight, "origin": "https://x.y"}),
                await client.send_soon("POST", "/mcp", asked, HELLO),
            ]

    first, stranger, answer = asyncio.run(ask())
    assert (first.status, stranger.status, answer.status) == (200, 400, 200)
    assert first.headers["access-control-allow-origin"] == site
    assert answer.headers["access-control-allow-origin"] == site


def test_it_is_mounted_in_another_application_that_runs_its_lifespan(archive: Archive) -> None:
    agents = app(archive)

    @asynccontextmanager
    async def lifespan(_site: Starlette) -> AsyncIterator[None]:
        async with agents.router.lifespan_context(agents):
            yield

    site = Starlette(routes=[Mount("/archive", agents)], lifespan=lifespan)

    async def ask() -> Any:
        async with site.router.lifespan_context(site):
            client = WebClient(site)
            return await client.send_soon("POST", "/archive/mcp", ACCEPT, HELLO)

    assert asyncio.run(ask()).json["result"]["serverInfo"]["name"] == "pinakes"


def test_without_the_extra_it_says_what_to_install(archive: Archive) -> None:
    code = "import sys; sys.modules['mcp'] = None; from pinakes.search.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "mcp"],
        cwd=archive.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'pinakes[mcp]'" in done.stderr


def test_nothing_else_loads_what_serves_agents(archive: Archive) -> None:
    main = "from pinakes.search.cli import main; main()"
    for args in (["--help"], ["mcp", "--help"], ["search", "--json", "mine"]):
        loaded = loaded_by(main, *args, folder=archive.root)
        assert not tops(loaded) & {"anyio", "mcp", "mcp_types", "pydantic", "starlette"}
        assert not [name for name in loaded if name.startswith("pinakes.search.agents")]


def test_answers_come_from_threads_while_the_archive_is_written(tmp_path: Path) -> None:
    async def ask(archive: Archive, write: Callable[[], Any]) -> list[int]:
        async with Client(make_server(archive)) as client:
            calls = [client.call_tool("search", {"query": "zebrafish"}) for _ in range(8)]
            *found, _report = await asyncio.gather(*calls, asyncio.to_thread(write))
            return [len(each.structured_content["results"]) for each in found]

    with make_samples(tmp_path / "archive") as archive:
        new = archive.root / "new.txt"
        new.write_text("A zebrafish came.", "utf-8")
        assert set(asyncio.run(ask(archive, lambda: archive.index(new)))) <= {0, 1}

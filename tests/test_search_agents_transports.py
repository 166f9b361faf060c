"""Agents talk to an archive over standard input and output, and over HTTP."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from pinakes.search import Archive
from tests.asgi_client import Client as WebClient
from tests.served_archive import make_samples
from tests.test_search_loading import loaded_by, tops

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from mcp import Client, StdioServerParameters, stdio_client
from starlette.applications import Starlette
from starlette.routing import Mount

from pinakes.search.agents import app, make_server
from pinakes.search.serving import Access
from tests.agent_calls import call

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

"""Calls the tools of an archive as a client of the official SDK does, in this process."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from pinakes.search import Archive

pytest.importorskip("mcp", reason="needs the extra `mcp`")

from mcp import Client

from pinakes.search.agents import AgentOptions, count_tokens, make_server


def call(target: Any, name: str, options: AgentOptions | None = None, **asked: Any) -> Any:
    """Call a tool as a client of the official SDK does."""

    async def ask() -> Any:
        server = make_server(target, options) if isinstance(target, Archive) else target
        async with Client(server) as client:
            return await client.call_tool(name, asked)

    return asyncio.run(ask())


def size(result: Any) -> int:
    """Return the tokens of all that a client gets."""
    told = json.loads(result.model_dump_json(by_alias=True, exclude_none=True))
    return count_tokens(json.dumps(told, ensure_ascii=False))

"""The tools on the official SDK: described, called in threads, and answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import version
from typing import Any

import anyio
import jsonschema
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from pinakes.corpus import PinakesError, logger_of
from pinakes.search.agents.budget import count_tokens
from pinakes.search.agents.checking import cite, verify
from pinakes.search.agents.entries import Told
from pinakes.search.agents.fetching import fetch
from pinakes.search.agents.limits import AgentOptions
from pinakes.search.agents.problems import AgentError
from pinakes.search.agents.schemas import INSTRUCTIONS, Description, describe_tools
from pinakes.search.agents.searching import search
from pinakes.search.archive import Archive
from pinakes.search.as_json import dump
from pinakes.search.serving.evaluating import Workers
from pinakes.search.serving.limits import Limits
from pinakes.search.serving.problems import RequestProblem

_log = logger_of(__name__)

_ERROR_TOKENS = 400
_ANSWERS: Mapping[str, Callable[[Archive, dict[str, Any], int], Told]] = {
    "search": search,
    "fetch": fetch,
    "cite": cite,
    "verify": verify,
}


def make_server(archive: Archive, options: AgentOptions | None = None) -> Server[Any]:
    """Return a server of the SDK that answers from `archive`, and changes nothing in it.

    The archive is not closed by it. `Server.run` and `Server.streamable_http_app` are the ways to
    let agents in; `serve_stdio` and `app` do that as it is done here.

    Args:
        archive: What answers.
        options: What an answer may take; None for the defaults.
    """
    options = options or AgentOptions()
    tools = {tool.name: tool for tool in describe_tools(options)}
    workers = Workers(_limits(options))

    async def list_tools(_context: Any, _asked: Any) -> types.ListToolsResult:
        listed = [_as_tool(tool, has_schema=not options.is_single_block) for tool in tools.values()]
        return types.ListToolsResult(tools=listed)

    async def call_tool(_context: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = tools.get(asked.name)
        if tool is None:
            return _refusal(f"there is no tool of that name; there are {', '.join(tools)}")
        work = partial(_answer, archive, tool, asked.arguments or {}, options)
        try:
            told = await workers.run(work)
        except (PinakesError, OSError, RequestProblem) as error:
            return _refusal(str(error))
        except Exception:  # noqa: BLE001 - the agent is told, and the log.
            _log.exception("%s cannot be answered", asked.name)
            return _refusal("a fault in Pinakes; its log says more")
        return _result(told, options)

    return Server(
        "pinakes",
        version=version("pinakes"),
        title="Pinakes",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _answer(
    archive: Archive, tool: Description, given: dict[str, Any], options: AgentOptions
) -> Told:
    """Check what a tool is called with, and answer it."""
    asked = {name: value for name, value in given.items() if value is not None}
    problem = jsonschema.exceptions.best_match(
        jsonschema.Draft202012Validator(tool.takes).iter_errors(asked)
    )
    if problem is not None:
        where = ".".join(map(str, problem.absolute_path))
        raise AgentError(f"{where}: {problem.message}".removeprefix(": "))
    return _ANSWERS[tool.name](archive, asked, asked.get("max_tokens", options.max_tokens))


def _limits(options: AgentOptions) -> Limits:
    """Return within which threads work, so that a long answer never keeps others waiting."""
    return Limits(
        threads=options.threads,
        long_threads=max(1, options.threads // 2),
        time_s=options.time_s,
    )


def _as_tool(tool: Description, *, has_schema: bool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.about,
        input_schema=tool.takes,
        output_schema=tool.returns if has_schema else None,
        annotations=types.ToolAnnotations(
            title=tool.title, read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    )


def _result(told: Told, options: AgentOptions) -> types.CallToolResult:
    if options.is_single_block:
        return types.CallToolResult(content=[_block(dump(told.structured))])
    content = [_block(text) for text in told.blocks]
    return types.CallToolResult(content=content, structured_content=told.structured)


def _refusal(message: str) -> types.CallToolResult:
    """Return what an agent is told of a call that cannot be answered, in fewer tokens than any."""
    while count_tokens(dump({"text": message})) > _ERROR_TOKENS:
        message = f"{message[: len(message) * 3 // 4]}…"
    return types.CallToolResult(content=[_block(message)], is_error=True)


def _block(text: str) -> types.ContentBlock:
    return types.TextContent(type="text", text=text)


def serve_stdio(archive: Archive, options: AgentOptions | None = None) -> None:
    """Answer an agent on standard input and output until it hangs up."""
    server = make_server(archive, options)

    async def run() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(run)

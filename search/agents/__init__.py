"""An archive as tools for language models, over the Model Context Protocol (MCP).

In: calls of the tools `search`, `fetch`, `cite` and `verify`. Out: answers of one block a passage,
each with its citation, that keep to a number of tokens. docs/agents.md has the whole. Needs the
extra `mcp`; nothing of that is loaded before it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.search.agents.budget import count_tokens
    from pinakes.search.agents.limits import AgentOptions
    from pinakes.search.agents.missing import McpMissingError
    from pinakes.search.agents.over_http import app, serve_http
    from pinakes.search.agents.server import make_server, serve_stdio

__all__ = [
    "AgentOptions",
    "McpMissingError",
    "app",
    "count_tokens",
    "make_server",
    "serve_http",
    "serve_stdio",
]

_HOMES = {
    "AgentOptions": "limits",
    "McpMissingError": "missing",
    "app": "over_http",
    "count_tokens": "budget",
    "make_server": "server",
    "serve_http": "over_http",
    "serve_stdio": "server",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pinakes.search.agents.missing import mcp_told

    with mcp_told():
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

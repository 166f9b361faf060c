"""What is said where the packages of the extra `mcp` are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pinakes.corpus import PinakesError

_NEEDED = frozenset({"anyio", "jsonschema", "mcp", "mcp_types", "starlette", "uvicorn"})


class McpMissingError(PinakesError, ImportError):
    """The packages that serve an archive to agents are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "to serve an archive to agents, install the extra: pip install 'pinakes[mcp]'"
        )


@contextmanager
def mcp_told() -> Iterator[None]:
    """Say which extra is to be installed, where a module of it is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _NEEDED:
            raise McpMissingError from error
        raise

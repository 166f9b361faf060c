"""What is said where the packages of the extra `web` are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pinakes.corpus import PinakesError

_NEEDED = frozenset({"starlette", "uvicorn", "jinja2", "markupsafe", "anyio", "h11"})


class WebMissingError(PinakesError, ImportError):
    """The packages that serve an archive are not installed."""

    def __init__(self) -> None:
        super().__init__("to serve an archive, install the extra: pip install 'pinakes[web]'")


@contextmanager
def web_told() -> Iterator[None]:
    """Say which extra is to be installed, where a module of it is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _NEEDED:
            raise WebMissingError from error
        raise

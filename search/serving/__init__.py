"""An archive over HTTP: a read-only JSON API, and pages for people.

In: requests to an ASGI application. Out: the answers of `pinakes.search`, as JSON and as HTML. It
needs the extra `web`: pip install 'pinakes[web]'. docs/serving.md has the whole.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.search.serving.application import app
    from pinakes.search.serving.limits import Access, Limits
    from pinakes.search.serving.missing import WebMissingError
    from pinakes.search.serving.server import ServeOptions, serve

__all__ = ["Access", "Limits", "ServeOptions", "WebMissingError", "app", "serve"]

_HOMES = {
    "Access": "limits",
    "Limits": "limits",
    "ServeOptions": "server",
    "WebMissingError": "missing",
    "app": "application",
    "serve": "server",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = f"{__name__}.{_HOMES[name]}"
    from pinakes.search.serving.missing import web_told

    with web_told():
        return getattr(import_module(module), name)

"""A query in, ranked hits out.

`Archive` is what an application holds. What it needs is loaded when it is first asked for, so that
importing this package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.search.archive import Archive
    from pinakes.search.citation import cite
    from pinakes.search.model import (
        ArchiveState,
        ArchiveStatus,
        Citation,
        Hit,
        PassageHit,
        Results,
        Snippet,
    )
    from pinakes.search.options import (
        By,
        IndexOptions,
        OptionsError,
        Scope,
        SearchOptions,
        Sort,
    )
    from pinakes.search.query import Diagnostic, Query, QueryError, parse
    from pinakes.search.rehearsal import rehearse
    from pinakes.search.watching import Update, WatchOptions, watch

__all__ = [
    "Archive",
    "ArchiveState",
    "ArchiveStatus",
    "By",
    "Citation",
    "Diagnostic",
    "Hit",
    "IndexOptions",
    "OptionsError",
    "PassageHit",
    "Query",
    "QueryError",
    "Results",
    "Scope",
    "SearchOptions",
    "Snippet",
    "Sort",
    "Update",
    "WatchOptions",
    "cite",
    "parse",
    "rehearse",
    "watch",
]

_MODULES = {
    "archive": ("Archive",),
    "citation": ("cite",),
    "model": (
        "ArchiveState",
        "ArchiveStatus",
        "Citation",
        "Hit",
        "PassageHit",
        "Results",
        "Snippet",
    ),
    "options": ("By", "IndexOptions", "OptionsError", "Scope", "SearchOptions", "Sort"),
    "query": ("Diagnostic", "Query", "QueryError", "parse"),
    "rehearsal": ("rehearse",),
    "watching": ("Update", "WatchOptions", "watch"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)

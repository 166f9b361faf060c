"""What a query found, in one file that anyone can open and check, without this program.

In: a query, put to one state of an archive. Out: a ZIP file with results, citations, texts and raw
files, a page to read them in, and a verifier. docs/records.md has the whole.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.search.bundling.contents import BundleError
    from pinakes.search.bundling.making import Bundle, BundleRequest, write_bundle

__all__ = ["Bundle", "BundleError", "BundleRequest", "write_bundle"]

_HOMES = {
    "Bundle": "making",
    "BundleError": "contents",
    "BundleRequest": "making",
    "write_bundle": "making",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

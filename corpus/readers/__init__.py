"""Readers: the bytes of a source file go in, the articles in it come out.

Pages, texts, records, feeds, mails, books, documents, and archives of these are read:
docs/formats.md has the list.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.corpus.readers.dispatch import read
    from pinakes.corpus.readers.recognition import SUPPORTED_SUFFIXES

__all__ = ["SUPPORTED_SUFFIXES", "read"]

_HOMES = {"SUPPORTED_SUFFIXES": "recognition", "read": "dispatch"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Where nothing is read, no reader is loaded.
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

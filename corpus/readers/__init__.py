"""Readers: the bytes of a source file go in, the articles in it come out.

Pages, texts, records, feeds, mails, books, documents, and archives of these are read:
docs/formats.md has the list.
"""

from typing import TYPE_CHECKING, Any

from pinakes.corpus.readers.fields import RecordFields
from pinakes.corpus.readers.limits import ContainerLimits
from pinakes.corpus.readers.recognition import SUPPORTED_SUFFIXES

if TYPE_CHECKING:
    from pinakes.corpus.readers.dispatch import read

__all__ = ["SUPPORTED_SUFFIXES", "ContainerLimits", "RecordFields", "read"]


def __getattr__(name: str) -> Any:
    if name != "read":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Where nothing is read, no reader is loaded.
    from pinakes.corpus.readers.dispatch import read

    return read

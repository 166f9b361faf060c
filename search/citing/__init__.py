"""Citations that anyone can check, years later, without the archive they were made from.

In: a citation. Out: the citation as people and other programs want it; and whether what it says
still holds, of an archive or of a bare file. docs/citations.md has the whole.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.search.citing.annotation import annotation_object
    from pinakes.search.citing.as_json import (
        CitationError,
        citation_object,
        proof_object,
        read_citations,
    )
    from pinakes.search.citing.checking import FileHashes, check_in_file
    from pinakes.search.citing.judging import Verdict, VerdictStatus
    from pinakes.search.citing.styles import STYLES

__all__ = [
    "STYLES",
    "CitationError",
    "FileHashes",
    "Verdict",
    "VerdictStatus",
    "annotation_object",
    "check_in_file",
    "citation_object",
    "proof_object",
    "read_citations",
]

_HOMES = {
    "STYLES": "styles",
    "CitationError": "as_json",
    "FileHashes": "checking",
    "Verdict": "judging",
    "VerdictStatus": "judging",
    "annotation_object": "annotation",
    "check_in_file": "checking",
    "citation_object": "as_json",
    "proof_object": "as_json",
    "read_citations": "as_json",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

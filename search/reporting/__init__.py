"""What a search found, written down so that it can be repeated and compared years later.

In: a query, put to one state of an archive. Out: a report with all that a methods section asks for;
and, given a report, what is the same now, what is not, and why. docs/records.md has the whole.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.search.reporting.as_json import (
        ReportError,
        read_report,
        replay_object,
        report_object,
    )
    from pinakes.search.reporting.as_markdown import report_markdown
    from pinakes.search.reporting.manifest import ArticleEntry, manifest_sha256
    from pinakes.search.reporting.model import ReportedFinding, ReportedHit, SearchReport
    from pinakes.search.reporting.replaying import Difference, Outcome, Replay

__all__ = [
    "ArticleEntry",
    "Difference",
    "Outcome",
    "Replay",
    "ReportError",
    "ReportedFinding",
    "ReportedHit",
    "SearchReport",
    "manifest_sha256",
    "read_report",
    "replay_object",
    "report_markdown",
    "report_object",
]

_MODULES = {
    "as_json": ("ReportError", "read_report", "replay_object", "report_object"),
    "as_markdown": ("report_markdown",),
    "manifest": ("ArticleEntry", "manifest_sha256"),
    "model": ("ReportedFinding", "ReportedHit", "SearchReport"),
    "replaying": ("Difference", "Outcome", "Replay"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

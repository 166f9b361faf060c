"""A query in, ranked hits out.

`Archive` is what an application holds. What it needs is loaded when it is first asked for, so that
importing this package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.search.archive import Archive
    from pinakes.search.async_archive import AsyncArchive
    from pinakes.search.autocomplete import Completes, Completion
    from pinakes.search.batch import BatchEntry, BatchOptions, answer_batch
    from pinakes.search.citation import cite
    from pinakes.search.concordance import (
        ConcordOptions,
        ConcordSort,
        Context,
        Occurrence,
        SatisfiedClause,
        Unit,
    )
    from pinakes.search.evaluation import ScorePart
    from pinakes.search.facets import Facet, FacetValue
    from pinakes.search.index_options import IndexOptions
    from pinakes.search.marking import MarkedArticle
    from pinakes.search.model import (
        ArchiveState,
        Citation,
        Hit,
        PassageHit,
        Results,
        Snippet,
    )
    from pinakes.search.names import Tier
    from pinakes.search.options import By, OptionsError, Scope, SearchOptions, Sort
    from pinakes.search.query import Diagnostic, Query, QueryError, parse
    from pinakes.search.rehearsal import rehearse
    from pinakes.search.saved import SavedSearchError, SavedSearches
    from pinakes.search.status import ArchiveStatus
    from pinakes.search.suggestions import Suggestion
    from pinakes.search.watching import Update, WatchOptions, watch
    from pinakes.search.why import ClauseCheck, FunnelStep, WhyNot

__all__ = [
    "Archive",
    "ArchiveState",
    "ArchiveStatus",
    "AsyncArchive",
    "BatchEntry",
    "BatchOptions",
    "By",
    "Citation",
    "ClauseCheck",
    "Completes",
    "Completion",
    "ConcordOptions",
    "ConcordSort",
    "Context",
    "Diagnostic",
    "Facet",
    "FacetValue",
    "FunnelStep",
    "Hit",
    "IndexOptions",
    "MarkedArticle",
    "Occurrence",
    "OptionsError",
    "PassageHit",
    "Query",
    "QueryError",
    "Results",
    "SatisfiedClause",
    "SavedSearchError",
    "SavedSearches",
    "Scope",
    "ScorePart",
    "SearchOptions",
    "Snippet",
    "Sort",
    "Suggestion",
    "Tier",
    "Unit",
    "Update",
    "WatchOptions",
    "WhyNot",
    "answer_batch",
    "cite",
    "parse",
    "rehearse",
    "watch",
]

_MODULES = {
    "archive": ("Archive",),
    "async_archive": ("AsyncArchive",),
    "batch": ("BatchEntry", "BatchOptions", "answer_batch"),
    "citation": ("cite",),
    "concordance": (
        "ConcordOptions",
        "ConcordSort",
        "Context",
        "Occurrence",
        "SatisfiedClause",
        "Unit",
    ),
    "model": (
        "ArchiveState",
        "Citation",
        "Hit",
        "PassageHit",
        "Results",
        "Snippet",
    ),
    "names": ("Tier",),
    "index_options": ("IndexOptions",),
    "options": ("By", "OptionsError", "Scope", "SearchOptions", "Sort"),
    "query": ("Diagnostic", "Query", "QueryError", "parse"),
    "rehearsal": ("rehearse",),
    "saved": ("SavedSearchError", "SavedSearches"),
    "autocomplete": ("Completes", "Completion"),
    "evaluation": ("ScorePart",),
    "facets": ("Facet", "FacetValue"),
    "marking": ("MarkedArticle",),
    "status": ("ArchiveStatus",),
    "suggestions": ("Suggestion",),
    "watching": ("Update", "WatchOptions", "watch"),
    "why": ("ClauseCheck", "FunnelStep", "WhyNot"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)

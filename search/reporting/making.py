"""Makes the report of a search, from the state of the archive that answers it."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from pinakes.corpus import EXTRACTION_VERSION, Store
from pinakes.indexer import ANALYSIS_VERSION, Snapshot, stemming_release
from pinakes.search.asking import answer
from pinakes.search.every_hit import every_hit
from pinakes.search.model import Results
from pinakes.search.options import SearchOptions
from pinakes.search.query import Diagnostic, Node, Query, walk
from pinakes.search.query.conditions import (
    DateRange,
    Filter,
    Has,
    NumberRange,
    Quantity,
    Saved,
)
from pinakes.search.query.printer import print_node
from pinakes.search.query.query import SYNTAX
from pinakes.search.reporting.manifest import read_entries
from pinakes.search.reporting.model import ReportedFinding, ReportedHit, SearchReport

_RESTRICTING = (Filter, DateRange, NumberRange, Quantity, Has, Saved)
_UNKNOWN = "unknown"


def make_report(
    query: Query, options: SearchOptions, snapshot: Snapshot, store: Store
) -> tuple[Results, SearchReport]:
    """Return the answer to a query, the page asked for, and a report with every hit.

    Raises:
        OptionsError: As of `answer`.
        IndexDamagedError: As of `answer`.
    """
    began = time.perf_counter()
    asked = datetime.now(UTC).isoformat(timespec="seconds")
    shown = answer(query, replace(options, totals=True), snapshot, store)
    took_ms = (time.perf_counter() - began) * 1000
    damaged: list[Diagnostic] = []
    hits = tuple(
        ReportedHit(rank=hit.rank, score=hit.score, citation=hit.passages[0].citation)
        for hit in every_hit(
            query, replace(options, snippets=1), snapshot, store, on_damage=damaged.append
        )
    )
    # Of what is damaged the page may show nothing.
    findings = tuple(dict.fromkeys([*shown.diagnostics, *damaged]))
    shown = replace(shown, took_ms=took_ms, diagnostics=findings)
    return shown, SearchReport(
        query=query.text,
        interpreted=query.interpreted,
        findings=tuple(
            ReportedFinding(code=each.code, severity=each.severity, message=each.message)
            for each in shown.diagnostics
        ),
        filters=tuple(map(print_node, find_filters(query))),
        scope=options.scope,
        by=options.by,
        sort=options.sort,
        since=options.since,
        limit=shown.limit,
        offset=shown.offset,
        asked=asked,
        archive=shown.archive,
        versions=read_versions(),
        articles=shown.articles or 0,
        passages=shown.passages or 0,
        collapse=options.collapse,
        half_life_days=options.half_life_days,
        shown_articles=_or(shown.shown_articles, shown.articles),
        shown_passages=_or(shown.shown_passages, shown.passages),
        entries=read_entries(store, snapshot.generation),
        hits=hits,
    )


def _or(left: int | None, total: int | None) -> int:
    return (total or 0) if left is None else left


def read_versions() -> dict[str, str]:
    """Return what answers queries here, by name: releases of programs, and numbers of our rules."""
    return {
        "pinakes": _release("pinakes"),
        "python": platform.python_version(),
        "whoosh": _release("whoosh", "whoosh3"),
        "numpy": _release("numpy"),
        "stemmer": stemming_release(),
        "analysis": str(ANALYSIS_VERSION),
        "extraction": str(EXTRACTION_VERSION),
        "syntax": str(SYNTAX),
    }


def _release(*names: str) -> str:
    for name in names:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return _UNKNOWN


def find_filters(query: Query) -> Iterator[Node]:
    """Yield the clauses of a query that restrict it to some articles or passages, in order."""
    for node in walk(query.root) if query.root else ():
        if isinstance(node, _RESTRICTING):
            yield node

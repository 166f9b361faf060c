"""Findings about a query, each with the place it speaks of underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pinakes.search.cli.layout import ELLIPSIS, column_count, shorten
from pinakes.search.cli.terminal import Terminal, escape

if TYPE_CHECKING:
    from pinakes.search.query import Diagnostic

_INDENT = "  "
_LABELS = {"error": "Error", "warning": "Warning", "info": "Note"}


def render_diagnostic(query: str, found: Diagnostic, terminal: Terminal) -> str:
    """Return the finding, the query with carets under the span, and what would help.

    Of a query wider than the terminal only the surroundings of the span are shown.
    """
    severity = str(found.severity)
    label = terminal.style(f"{_LABELS.get(severity, severity)}:", severity)
    lines = [f"{label} {escape(found.message)}", *_pointed_at(query, found, terminal.width)]
    if found.suggestion:
        lines.append(f"{_INDENT}try: {escape(found.suggestion)}")
    return "\n".join(lines)


def _pointed_at(query: str, found: Diagnostic, width: int) -> tuple[str, str]:
    columns = width - len(_INDENT) - 1
    # Half of the width for what stands before the span.
    first = found.start
    while first and column_count(escape(query[first - 1 : found.start])) < columns // 2:
        first -= 1
    before = (ELLIPSIS if first else "") + escape(query[first : found.start])
    room = columns - column_count(before)
    carets = min(max(1, column_count(escape(query[found.start : found.end]))), room)
    shown = before + shorten(escape(query[found.start :]), room)
    return _INDENT + shown, _INDENT + " " * column_count(before) + "^" * carets

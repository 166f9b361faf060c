"""Counts of values, and what else there is to say about all hits together, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pinakes.search.cli.layout import shorten
from pinakes.search.cli.terminal import Terminal, one_line

if TYPE_CHECKING:
    from pinakes.search.autocomplete import Completion
    from pinakes.search.facets import Facet
    from pinakes.search.suggestions import Suggestion

_INDENT = "  "
_COUNT_COLUMNS = 9


def render_facets(facets: Iterable[Facet], terminal: Terminal) -> str:
    """Return each facet under its name, a value a line, its count before it."""
    return "\n".join(line for facet in facets for line in _facet_lines(facet, terminal))


def render_completions(completions: Iterable[Completion]) -> str:
    """Return a completion a line, as a shell can take them."""
    return "\n".join(one_line(completion.text) for completion in completions)


def render_suggestions(suggestions: Iterable[Suggestion]) -> str:
    """Return what may have been meant, with how many articles satisfy it."""
    told = (f"{one_line(each.text)} ({each.total:,})" for each in suggestions)
    return f"Did you mean: {'; '.join(told)}" if suggestions else ""


def _facet_lines(facet: Facet, terminal: Terminal) -> Iterator[str]:
    yield terminal.style(facet.field, "title")
    columns = terminal.width - _COUNT_COLUMNS - 2 * len(_INDENT)
    for value in facet.values:
        text = shorten(one_line(value.value), columns)
        yield f"{_INDENT}{value.count:>{_COUNT_COLUMNS},}{_INDENT}{text}"
    if facet.further:
        more = f"{facet.further:,} more"
        yield f"{_INDENT}{'…':>{_COUNT_COLUMNS}}{_INDENT}{terminal.style(more, 'faint')}"
    if not facet.values:
        yield f"{_INDENT}{'-':>{_COUNT_COLUMNS}}"

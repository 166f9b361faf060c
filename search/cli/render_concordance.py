"""A concordance as aligned lines for people, and as rows and objects for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pinakes.search.as_json import SCHEMA_VERSION
from pinakes.search.cli.cells import table_row
from pinakes.search.cli.layout import column_count, pad, shorten, shorten_start
from pinakes.search.cli.render_text import count
from pinakes.search.cli.terminal import Terminal, one_line

if TYPE_CHECKING:
    from pinakes.search.concordance import Occurrence

COLUMNS = (
    "id", "start", "end", "left", "match", "right", "title", "source", "published", "language",
    "clauses",
)  # fmt: skip

_GAP = "  "
# An id with a passage of three digits, and places of five.
_CITATION_COLUMNS = len("a1b2c3d4#100 10000-10010")
_MATCH_COLUMNS = len("[match]")


def concordance_lines(
    occurrences: Iterable[Occurrence], terminal: Terminal, *, has_summary: bool
) -> Iterator[str]:
    """Yield a line for each occurrence, what matched in one column, then one line that counts.

    Each line ends with the passage's id and where the match starts and ends. Context that does not
    fit in the terminal's width is left out.
    """
    articles: set[str] = set()
    number = 0
    for occurrence in occurrences:
        number += 1
        articles.add(occurrence.article_id)
        yield _line(occurrence, terminal)
    if has_summary:
        yield f"{count(number, 'occurrence')} in {count(len(articles), 'article')}"


def concordance_rows(occurrences: Iterable[Occurrence], output: str) -> Iterator[str]:
    """Yield the names of the columns, then a row for each occurrence; clauses joined by `; `."""
    yield table_row(COLUMNS, output)
    for one in occurrences:
        clauses = "; ".join(clause.text for clause in one.clauses)
        cells = (
            one.id, one.start, one.end, one.left, one.match, one.right, one.title, one.source,
            one.published, one.language, clauses,
        )  # fmt: skip
        yield table_row(cells, output)


def occurrence_object(occurrence: Occurrence) -> dict[str, Any]:
    """Return an occurrence as an object that stands for itself."""
    one = occurrence
    return {
        "schema_version": SCHEMA_VERSION,
        "id": one.id,
        "start": one.start,
        "end": one.end,
        "left": one.left,
        "match": one.match,
        "right": one.right,
        "article": {
            "id": one.article_id,
            "title": one.title,
            "source": one.source,
            "published": one.published,
            "language": one.language,
        },
        "clauses": [{"number": clause.number, "text": clause.text} for clause in one.clauses],
    }


def _line(occurrence: Occurrence, terminal: Terminal) -> str:
    citation = f"{occurrence.id} {occurrence.start}-{occurrence.end}"
    room = terminal.width - _CITATION_COLUMNS - len(_GAP)
    left_columns = (room - _MATCH_COLUMNS) // 2
    left = shorten_start(one_line(occurrence.left).lstrip(), left_columns)
    left = " " * (left_columns - column_count(left)) + left
    room = terminal.width - left_columns - len(_GAP) - max(len(citation), _CITATION_COLUMNS)
    match = shorten(one_line(occurrence.match), room if terminal.has_colour else room - 2)
    if not terminal.has_colour:
        match = f"[{match}]"
    right = _start_of(one_line(occurrence.right).rstrip(), room - column_count(match))
    right_end = pad(right, room - column_count(match))
    citation = citation.rjust(_CITATION_COLUMNS)
    shown = terminal.style(match, "match")
    return f"{left}{shown}{right_end}{_GAP}{terminal.style(citation, 'id')}"


def _start_of(text: str, columns: int) -> str:
    """Return as much of the start of `text` as fits, without an ellipsis."""
    return shorten(text, columns, ellipsis="")

"""What became of the lines of a batch: rows, objects, or one page for a browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from pinakes.search.as_json import SCHEMA_VERSION, hit_object
from pinakes.search.cli.cells import Cell, table_row
from pinakes.search.cli.render_text import count, name_of, source_and_date
from pinakes.search.cli.terminal import one_line
from pinakes.search.query import Code

if TYPE_CHECKING:
    from pinakes.search.batch import BatchEntry
    from pinakes.search.model import PassageHit, Snippet

COLUMNS = (
    "line", "text", "tier", "articles", "passages", "id", "title", "source", "published", "path",
    "snippet", "matches", "start", "end", "sha256", "text_sha256", "file_sha256", "error",
)  # fmt: skip
"""Of `batch_row`. A row never has a line break: who goes on with a batch counts on it."""

_STYLE = """
:root { color-scheme: light dark; --faint: color-mix(in srgb, currentColor 60%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .4rem .6rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
th { position: sticky; top: 0; background: Canvas; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
cite { font-weight: 600; font-style: normal; }
blockquote { margin: .2rem 0; }
.faint { color: var(--faint); font-size: .85em; }
.failed td { color: #c0392b; }
mark { background: #ffe08a; color: #000; }
"""
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Pinakes: batch</title>
<style>{style}</style>
</head>
<body>
<h1>Batch</h1>
<table>
<thead><tr><th>Line<th>Asked<th>Found as<th>Articles<th>Passages<th>Best passage</tr></thead>
<tbody>"""
_FOOT = """</tbody>
</table>
<p>{summary}</p>
</body>
</html>"""


def batch_row(entry: BatchEntry, output: str) -> str:
    """Return the row of an entry; its snippet is on one line."""
    return table_row(_cells(entry), output)


def entry_object(entry: BatchEntry) -> dict[str, Any]:
    """Return an entry as an object that stands for itself."""
    return {
        "schema_version": SCHEMA_VERSION,
        "line": entry.line,
        "text": entry.text,
        "tier": entry.tier,
        "interpreted": entry.interpreted,
        "total": {"articles": entry.articles, "passages": entry.passages},
        "hit": hit_object(entry.hit) if entry.hit else None,
        "warnings": [found.message for found in entry.findings if found.severity != "error"],
        "error": entry.error,
    }


def page_lines(entries: Iterable[BatchEntry]) -> Iterator[str]:
    """Yield the lines of a page that needs nothing but itself; texts in it can do nothing."""
    yield _HEAD.format(style=_STYLE)
    tally = Tally()
    for entry in entries:
        tally.add(entry)
        yield _page_row(entry)
    yield _FOOT.format(summary=escape(tally.summary))


class Tally:
    """How many lines were found, not found, and failed.

    Attributes:
        is_short: Whether an answer may lack an article that is damaged.
    """

    def __init__(self) -> None:
        self.found: set[int] = set()
        self.missing = 0
        self.failed = 0
        self.is_short = False

    def add(self, entry: BatchEntry) -> None:
        """Count an entry."""
        self.is_short |= any(found.code is Code.DAMAGED_ARTICLE for found in entry.findings)
        self.add_row(entry.line, entry.articles, has_failed=bool(entry.error))

    def add_row(self, line: int, articles: int, *, has_failed: bool) -> None:
        """Count what is told of a line: so many articles, or that it failed."""
        if has_failed:
            self.failed += 1
        elif articles:
            self.found.add(line)
        else:
            self.missing += 1

    @property
    def summary(self) -> str:
        """All three, for people."""
        lines = count(len(self.found) + self.missing + self.failed, "line")
        failed = f", {self.failed:,} failed" if self.failed else ""
        return f"{lines}: {len(self.found):,} found, {self.missing:,} not found{failed}"


def _cells(entry: BatchEntry) -> Iterator[Cell]:
    tier = str(entry.tier or "")
    yield from (entry.line, one_line(entry.text), tier, entry.articles, entry.passages)
    if entry.hit is None:
        yield from [""] * 12
    else:
        article, found = entry.hit.article, entry.hit.passages[0]
        snippet, citation = found.snippets[0], found.citation
        yield from (found.id, one_line(article.title), article.source, article.published)
        yield article.paths[0] if article.paths else ""
        yield one_line(snippet.text)
        yield " ".join(f"{start}-{end}" for start, end in snippet.highlights)
        yield from (citation.start, citation.end, citation.sha256)
        yield from (citation.text_sha256, citation.file_sha256)
    yield one_line(entry.error)


def _page_row(entry: BatchEntry) -> str:
    failed = ' class="failed"' if entry.error else ""
    cells = [
        f'<td class="number">{entry.line}',
        f'<td dir="auto">{escape(one_line(entry.text))}',
        f"<td>{escape(str(entry.tier or ''))}",
        f'<td class="number">{entry.articles:,}',
        f'<td class="number">{entry.passages:,}',
        f"<td>{escape(entry.error) or _best(entry)}",
    ]
    return f"<tr{failed}>{''.join(cells)}</tr>"


def _best(entry: BatchEntry) -> str:
    if entry.hit is None:
        return ""
    article, found = entry.hit.article, entry.hit.passages[0]
    title = escape(name_of(article))
    # A link leads to the web or nowhere: an address from a saved page may be anything.
    if article.url.startswith(("https://", "http://")):
        title = f'<a rel="noreferrer" href="{escape(article.url)}">{title}</a>'
    facts = escape(source_and_date(article, 1000))
    citation = f"{found.id}, characters {found.citation.start} to {found.citation.end}"
    return (
        f'<cite dir="auto">{title}</cite> <span class="faint">{facts}</span>'
        f'<blockquote dir="auto">{_marked(found)}</blockquote>'
        f'<span class="faint">{escape(citation)}</span>'
    )


def _marked(found: PassageHit) -> str:
    return " … ".join(map(_marked_snippet, found.snippets))


def _marked_snippet(snippet: Snippet) -> str:
    pieces: list[str] = []
    done = snippet.start
    for start, end in snippet.highlights:
        before, match = (done, start), (start, end)
        done = end
        pieces += (_piece(snippet, before), f"<mark>{_piece(snippet, match)}</mark>")
    return "".join((*pieces, _piece(snippet, (done, snippet.end))))


def _piece(snippet: Snippet, span: tuple[int, int]) -> str:
    return escape(one_line(snippet.text[span[0] - snippet.start : span[1] - snippet.start]))

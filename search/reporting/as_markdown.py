"""A report for people, as a methods section wants it.

What it tells are the items of PRISMA-S that a search of one archive can tell: Rethlefsen et al.,
PRISMA-S: an extension to the PRISMA statement for reporting literature searches in systematic
reviews, Systematic Reviews 10:39 (2021).
"""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.search.citing.prose import as_markdown, escape_markdown
from pinakes.search.options import By, Scope, Sort
from pinakes.search.reporting.manifest import manifest_sha256
from pinakes.search.reporting.model import SearchReport

_SCOPES = {
    Scope.ARTICLE: "all words in one article",
    Scope.PASSAGE: "all words in one passage",
}
_ORDERS = {
    Sort.SCORE: "best first (BM25F)",
    Sort.DATE: "oldest first",
    Sort.NEWEST: "newest first",
}


def report_markdown(report: SearchReport) -> str:
    """Return a report as Markdown; whatever query and articles hold is shown as text."""
    lines = ["# Search report", "", *_facts(report), "", "## Hits", ""]
    if not report.hits:
        lines += ["Nothing was found.", ""]
    for hit in report.hits:
        title = escape_markdown(" ".join(hit.citation.title.split())) or hit.citation.passage_id
        lines += [f"### {hit.rank}\\. {title}", "", f"Score {hit.score!r}", ""]
        lines += [as_markdown(hit.citation), ""]
    return "\n".join(lines)


def _facts(report: SearchReport) -> Iterator[str]:
    state = report.archive
    yield f"- Query as typed: {_code(report.query)}"
    yield f"- Query as understood: {_code(report.interpreted)}"
    for finding in report.findings:
        yield f"- {finding.severity.capitalize()}: {escape_markdown(_line(finding.message))}"
    filters = ", ".join(map(_code, report.filters))
    yield f"- Filters: {filters or 'none'}"
    yield f"- Scope: {_SCOPES[report.scope]}"
    if report.since is not None:
        yield f"- Limited to what changed since generation {report.since}"
    yield f"- A hit is {'a passage' if report.by is By.PASSAGE else 'an article'}"
    yield f"- Order: {_ORDERS[report.sort]}"
    yield f"- Shown: {report.limit} hits at the most, after the first {report.offset}"
    yield f"- Searched: {report.asked}"
    yield (
        f"- Archive: {_code(state.id)}, generation {state.generation}:"
        f" {state.articles:,} articles in {state.passages:,} passages;"
        f" {state.unsearchable:,} of {state.files:,} files not searchable"
    )
    yield f"- SHA-256 of the manifest of all articles: {_code(manifest_sha256(report.entries))}"
    yield f"- Found: {report.articles:,} articles, {report.passages:,} passages"
    if report.collapse:
        yield (
            f"- Of copies the earliest stands for all, which leaves {report.shown_articles:,}"
            f" articles, {report.shown_passages:,} passages"
        )
    versions = ", ".join(f"{name} {of}" for name, of in report.versions.items())
    yield f"- Versions: {escape_markdown(versions)}"


def _code(text: str) -> str:
    """Return text as code, which nothing in it ends."""
    line = _line(text)
    ticks = "`"
    while ticks in line:
        ticks += "`"
    return f"{ticks} {line} {ticks}" if "`" in line else f"`{line}`"


def _line(text: str) -> str:
    return " ".join(text.split())

"""Answers for spreadsheets, for `xargs`, and for the tools of TREC: one line or row each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pinakes.search.cli.cells import Cell, table_row

if TYPE_CHECKING:
    from pinakes.search.model import Hit, PassageHit, Results

COLUMNS = (
    "rank", "score", "id", "article", "passage", "kind", "section", "title", "authors", "source",
    "url", "published", "language", "path", "record", "snippet", "matches", "start", "end",
    "exact", "prefix", "suffix", "sha256", "text_sha256", "file_sha256",
)  # fmt: skip
"""Of the rows of `table_rows`; the last eight are the passage's citation."""

RUN_TAG = "pinakes"


def table_rows(results: Results, output: str) -> Iterator[str]:
    """Yield the names of the columns, then a row for each passage of each hit.

    `score` is the hit's; `authors`, `section` and several snippets are joined by `; `, ` > ` and
    ` … `; `matches` are `start-end` in the article's text, as are `start` and `end`.
    """
    yield table_row(COLUMNS, output)
    for hit in results:
        for found in hit.passages:
            yield table_row(_cells(hit, found), output)


def hit_ids(results: Results, *, by_passage: bool) -> Iterator[str]:
    """Yield the id of each hit: an article's, or `ARTICLE#NUMBER`; `show` takes both."""
    for hit in results:
        yield hit.passages[0].id if by_passage else hit.article.id


def trec_lines(results: Results, *, topic: str, by_passage: bool, by_score: bool) -> Iterator[str]:
    """Yield a line of a TREC run for each hit: topic, Q0, id, rank, score, tag.

    Readers of runs sort by score: in another order, its place stands for a hit's score.
    """
    ids = hit_ids(results, by_passage=by_passage)
    for hit, name in zip(results, ids, strict=True):
        score = repr(hit.score) if by_score else str(-hit.rank)
        yield f"{topic} Q0 {name} {hit.rank} {score} {RUN_TAG}"


def _cells(hit: Hit, found: PassageHit) -> Iterator[Cell]:
    article, passage, citation = hit.article, found.passage, found.citation
    yield from (hit.rank, hit.score, found.id, article.id, passage.number, str(passage.kind))
    yield from (" > ".join(passage.section), article.title, "; ".join(article.authors))
    yield from (article.source, article.url, article.published, article.language)
    yield from (article.paths[0] if article.paths else "", article.record)
    yield " … ".join(snippet.text for snippet in found.snippets)
    spans = (span for snippet in found.snippets for span in snippet.highlights)
    yield " ".join(f"{start}-{end}" for start, end in spans)
    yield from (passage.start, passage.end, citation.exact, citation.prefix, citation.suffix)
    yield from (citation.sha256, citation.text_sha256, citation.file_sha256)

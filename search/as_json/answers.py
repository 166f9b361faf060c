"""Answers for machines: the JSON of `schema_version` 1; readers ignore keys they don't know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pinakes.search.as_json.articles import article_facts, article_location, snippet_facts
from pinakes.search.as_json.encoding import SCHEMA_VERSION
from pinakes.search.as_json.reasons import clause_lists, explanation_object, reason_objects
from pinakes.search.citing import proof_object

if TYPE_CHECKING:
    from pinakes.corpus import Article, Passage, SourceText
    from pinakes.search.model import Citation, Hit, PassageHit, Results, Snippet
    from pinakes.search.query import Diagnostic, Query, QueryError

SYNTAX_VERSION = 1


def results_object(results: Results) -> dict[str, Any]:
    """Return the whole answer to a query."""
    state = results.archive
    return {
        "schema_version": SCHEMA_VERSION,
        "query": _query_object(results.query, results.interpreted, results.diagnostics),
        "archive": {
            "id": state.id,
            "generation": state.generation,
            "articles": state.articles,
            "passages": state.passages,
            "files": state.files,
            "unsearchable": state.unsearchable,
        },
        "total": _totals(results),
        "offset": results.offset,
        "limit": results.limit,
        "next": results.next or None,
        "took_ms": round(results.took_ms, 2),
        "hits": [hit_object(hit) for hit in results],
        **reason_objects(results),
    }


def _totals(results: Results) -> dict[str, Any]:
    totals: dict[str, Any] = {"articles": results.articles, "passages": results.passages}
    if results.shown_articles is not None:
        left = {"articles": results.shown_articles, "passages": results.shown_passages}
        totals["collapsed"] = left
    if results.occurrences is not None:
        totals["occurrences"] = results.occurrences
    return totals


def hit_lines(results: Results) -> Iterable[dict[str, Any]]:
    """Return the hits, each an object that stands for itself."""
    return ({"schema_version": SCHEMA_VERSION, **hit_object(hit)} for hit in results)


def query_object(query: Query) -> dict[str, Any]:
    """Return what was understood of a query that nobody answered."""
    return {
        "schema_version": SCHEMA_VERSION,
        "query": {
            **_query_object(query.text, query.interpreted, query.warnings),
            "errors": [_diagnostic_object(error) for error in query.errors],
        },
    }


def error_object(error: QueryError) -> dict[str, Any]:
    """Return why a query got no answer: its errors, apart from what else was found in it."""
    errors = [found for found in error.diagnostics if found.severity == "error"]
    others = [found for found in error.diagnostics if found.severity != "error"]
    return {
        "schema_version": SCHEMA_VERSION,
        "query": _query_object(error.text, "", others),
        "error": {
            "message": str(error),
            "diagnostics": [_diagnostic_object(found) for found in errors],
        },
    }


def article_object(article: Article) -> dict[str, Any]:
    """Return an article with its text, its passages, and where its metadata came from."""
    return {
        "schema_version": SCHEMA_VERSION,
        "article": {
            **_article_object(article),
            "paths": list(article.paths),
            "text_sha256": article.text_sha256,
            "metadata": [
                {"field": m.field, "value": m.value, "origin": m.origin, "chosen": m.chosen}
                for m in article.metadata
            ],
            "provenance": _provenance(article),
            "text": article.text,
            "passages": [_passage_object(article.id, passage) for passage in article.passages],
        },
    }


def provenance_object(article: Article) -> dict[str, Any]:
    """Return each field of an article with where it came from and what contradicts it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "article": _article_object(article),
        "provenance": _provenance(article),
    }


def whole_object(article: Article, texts: Iterable[SourceText]) -> dict[str, Any]:
    """Return every text of the page that an article is from, and whether the article has it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "article": _article_object(article),
        "whole": [{"text": text.text, "is_kept": text.is_kept} for text in texts],
    }


def _provenance(article: Article) -> list[dict[str, Any]]:
    from pinakes.corpus import trace

    return [
        {
            "field": found.field,
            "values": list(found.values),
            "origin": found.origin,
            "contradictions": [
                {"value": other.value, "origin": other.origin} for other in found.contradictions
            ],
        }
        for found in trace(article.metadata)
    ]


def passage_object(article: Article, passage: Passage, citation: Citation) -> dict[str, Any]:
    """Return one passage of an article, with its citation."""
    return {
        "schema_version": SCHEMA_VERSION,
        "article": _article_object(article),
        "passage": {
            **_passage_object(article.id, passage),
            "text": passage.text,
            "citation": proof_object(citation),
        },
    }


def _query_object(text: str, interpreted: str, diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    return {
        "text": text,
        "interpreted": interpreted,
        "syntax": SYNTAX_VERSION,
        "warnings": [_diagnostic_object(found) for found in diagnostics],
    }


def _diagnostic_object(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "start": found.start,
        "end": found.end,
        "suggestion": found.suggestion,
    }


def hit_object(hit: Hit) -> dict[str, Any]:
    """Return a hit with its passages."""
    told = {
        "rank": hit.rank,
        "score": hit.score,
        "article": _article_object(hit.article),
        "passages": [_passagehit_object(found) for found in hit.passages],
    }
    if hit.copies:
        told["copies"] = {"cluster": hit.copies.cluster, "count": hit.copies.count}
    if hit.explanation:
        told["explanation"] = explanation_object(hit.explanation)
    return told


def _article_object(article: Article) -> dict[str, Any]:
    return {
        **article_facts(article),
        "path": article.paths[0] if article.paths else "",
        "record": article.record,
        "locator": article_location(article),
        "sha256": article.sha256,
    }


def _passage_object(article_id: str, passage: Passage) -> dict[str, Any]:
    return {
        "id": f"{article_id}#{passage.number}",
        "number": passage.number,
        "kind": passage.kind,
        "section": list(passage.section),
        "start": passage.start,
        "end": passage.end,
        "tags": [
            {"type": t.type, "value": t.value, "start": t.start, "end": t.end, "rule": t.rule}
            for t in passage.tags
        ],
    }


def _passagehit_object(found: PassageHit) -> dict[str, Any]:
    return {
        **_passage_object(found.citation.article_id, found.passage),
        "score": found.score,
        "snippets": [_snippet_object(snippet) for snippet in found.snippets],
        "citation": proof_object(found.citation),
    }


def _snippet_object(snippet: Snippet) -> dict[str, Any]:
    return {**snippet_facts(snippet), "clauses": clause_lists(snippet.clauses)}

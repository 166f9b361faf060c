"""What the library returns as JSON of `schema_version` 1: the same for every way in.

In: results, articles, citations, a ledger. Out: objects of plain lists, texts and numbers, and the
one line that `dump` makes of them. Command line, HTTP and other programs print the same bytes.
"""

from __future__ import annotations

from pinakes.search.as_json.answers import (
    article_object,
    error_object,
    hit_lines,
    hit_object,
    passage_object,
    provenance_object,
    query_object,
    results_object,
    whole_object,
)
from pinakes.search.as_json.articles import article_facts, article_location, snippet_facts
from pinakes.search.as_json.citations import cited_object, verdict_object
from pinakes.search.as_json.encoding import SCHEMA_VERSION, dump
from pinakes.search.as_json.files import (
    is_unsearchable,
    ledger_object,
    problem_objects,
    status_object,
    unsearchable_object,
)
from pinakes.search.as_json.reasons import (
    completion_objects,
    explanation_object,
    marking_objects,
    why_not_object,
)

__all__ = [
    "SCHEMA_VERSION",
    "article_facts",
    "article_location",
    "article_object",
    "cited_object",
    "completion_objects",
    "dump",
    "error_object",
    "explanation_object",
    "hit_lines",
    "hit_object",
    "is_unsearchable",
    "ledger_object",
    "marking_objects",
    "passage_object",
    "problem_objects",
    "provenance_object",
    "query_object",
    "results_object",
    "snippet_facts",
    "status_object",
    "unsearchable_object",
    "verdict_object",
    "whole_object",
    "why_not_object",
]

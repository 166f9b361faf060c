"""Conditions on passages, and on their articles, in the language of the cluster.

Each passage has the values of its article as well, so any tree of conditions is one on passages.
"""

from __future__ import annotations

import posixpath
from typing import Any

import numpy as np

from pinakes.corpus import UNKNOWN_LANGUAGE
from pinakes.indexer import fold_value, words
from pinakes.indexer.opensearch import PASSAGES, Clause, ClusterView, fit_term
from pinakes.search.cluster.dictionaries import escape, find_tags
from pinakes.search.evaluation.filters import WORD_FIELDS, filter_terms
from pinakes.search.evaluation.patterns.wildcards import wildcard_shapes
from pinakes.search.evaluation.plan import Look
from pinakes.search.query import (
    And,
    Boost,
    Constant,
    DateRange,
    Everything,
    Filter,
    Has,
    Node,
    Not,
    NumberRange,
    Or,
    is_about_tags,
)
from pinakes.search.query.conditions import Among
from pinakes.search.query.fields import ADDRESSES
from pinakes.search.query.regex import Letters, Pattern, Row

NOTHING: Clause = {"match_none": {}}
EVERYTHING: Clause = {"match_all": {}}
_MOST_TERMS = 60_000


def all_of(*clauses: Clause) -> Clause:
    """Return what satisfies all of some queries."""
    kept = [clause for clause in clauses if clause != EVERYTHING]
    if not kept:
        return EVERYTHING
    return kept[0] if len(kept) == 1 else {"bool": {"filter": kept}}


def any_of(*clauses: Clause) -> Clause:
    """Return what satisfies any of some queries."""
    kept = [clause for clause in clauses if clause != NOTHING]
    if not kept:
        return NOTHING
    if len(kept) == 1:
        return kept[0]
    return {"bool": {"should": kept, "minimum_should_match": 1}}


def none_of(clause: Clause) -> Clause:
    """Return what does not satisfy a query."""
    return {"bool": {"must_not": [clause]}}


def on(field: str) -> str:
    """Return the name of a field of passages."""
    return f"{PASSAGES}.{field}"


def terms(field: str, values: list[Any]) -> Clause:
    """Return what has any of some values in a field of passages."""
    if not values:
        return NOTHING
    return any_of(
        *(
            {"terms": {on(field): values[first : first + _MOST_TERMS]}}
            for first in range(0, len(values), _MOST_TERMS)
        )
    )


def looked_at(view: ClusterView, look: Look) -> Clause:
    """Return what is satisfied by the passages that are looked at."""
    found = [flag(view, node) for node in look.filters]
    if look.title_only:
        found.append({"term": {on("zone"): 0}})
    return all_of(*found)


def flag(view: ClusterView, node: Node) -> Clause:
    """Return what is satisfied by the passages that satisfy a tree of filters."""
    match node:
        case Everything():
            return EVERYTHING
        case _ if is_about_tags(node):
            return terms("tag", find_tags(view, node))
        case Filter():
            return _flag_value(view, node)
        case Has():
            return _flag_known(node.field)
        case DateRange():
            return _flag_dates(node)
        case NumberRange():
            return _between("article_words", node.first, node.last)
        case Among():
            return terms("key", np.frombuffer(node.keys, "<i8").tolist())
        case And():
            return all_of(*(flag(view, child) for child in node.children))
        case Or():
            return any_of(*(flag(view, child) for child in node.children))
        case Not():
            return none_of(flag(view, node.child))
        case Boost() | Constant():
            return flag(view, node.child)
    raise TypeError(f"{type(node).__name__} is no filter")


def _flag_known(field: str) -> Clause:
    match field:
        case "published":
            return {"range": {on("last_day"): {"gt": 0}}}
        case "title":
            return {"term": {on("titled"): True}}
        case "lang":
            return none_of({"term": {on("lang"): UNKNOWN_LANGUAGE}})
        case "kind" | "id" | "path":
            return EVERYTHING
    return {"exists": {"field": on(field)}}


def _flag_value(view: ClusterView, node: Filter) -> Clause:
    if node.is_pattern:
        return _flag_pattern(node)
    if node.field in WORD_FIELDS:
        wanted = [folded for _, _, folded in words(node.value)]
        if node.field == "author" and len(wanted) > 1:
            return _flag_named(view, wanted)
        found = [terms(node.field, [fit_term(term)]) for term in wanted]
        return all_of(*found) if found else NOTHING
    if node.field == "path" and posixpath.normpath(node.value) == ".":
        return EVERYTHING
    return terms(node.field, list(map(fit_term, filter_terms(node))))


def _flag_named(view: ClusterView, wanted: list[str]) -> Clause:
    """Return what has an author who has all these words in the name."""
    longest = max(wanted, key=len)
    query = {"wildcard": {"term": {"value": f"*{escape(longest)}*"}}}
    names = [
        name
        for name in view.terms("byline", query)
        if {folded for _, _, folded in words(name)}.issuperset(wanted)
    ]
    return terms("byline", names)


def _flag_pattern(node: Filter) -> Clause:
    """Return what has a value, or a word of one, that a pattern fits."""
    if node.field in WORD_FIELDS:
        return all_of(*(_flag_shape(node.field, shape) for shape in wildcard_shapes(node.value)))
    value = fold_value(node.value)
    signs = "?\\" if node.field in ADDRESSES else "\\"
    pattern = "".join(f"\\{sign}" if sign in signs else sign for sign in value)
    return {"wildcard": {on(node.field): {"value": pattern}}}


def _flag_shape(field: str, shape: str | Pattern) -> Clause:
    if isinstance(shape, str):
        return terms(field, [fit_term(shape)])
    parts = shape.parts if isinstance(shape, Row) else (shape,)
    pattern = "".join(map(_as_wildcard, parts))
    return {"wildcard": {on(field): {"value": pattern}}}


def _as_wildcard(part: Pattern) -> str:
    if isinstance(part, Letters):
        return "?" if part.is_negated else escape(chr(part.ranges[0][0]))
    return "*"


def _flag_dates(node: DateRange) -> Clause:
    """Return what may have been published in a range."""
    known: Clause = {"range": {on("last_day"): {"gt": 0}}}
    if node.first is not None:
        known = {"range": {on("last_day"): {"gte": max(1, node.first.toordinal())}}}
    if node.last is None:
        return known
    return all_of(known, {"range": {on("first_day"): {"lte": node.last.toordinal()}}})


def _between(field: str, first: int | None, last: int | None) -> Clause:
    ends = {"gte": first, "lte": last}
    return {"range": {on(field): {name: end for name, end in ends.items() if end is not None}}}

"""Which passages of a segment satisfy filters: flags for all of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import reduce

import numpy as np

from pinakes.corpus import UNKNOWN_LANGUAGE
from pinakes.indexer import InvertedField, Segment, fold_value, words
from pinakes.search.evaluation.patterns.dictionary import dictionary_of
from pinakes.search.evaluation.patterns.expansion import fitting_terms
from pinakes.search.evaluation.patterns.wildcards import value_shape, wildcard_shapes
from pinakes.search.evaluation.plan import Look
from pinakes.search.evaluation.tags.tag_conditions import runs_of, tag_numbers
from pinakes.search.evaluation.tags.tag_types import types_in
from pinakes.search.evaluation.texts.held import TITLE, Flags, Ordinals
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
from pinakes.search.query.regex import Pattern

WORD_FIELDS = frozenset({"author", "section"})
"""Fields of which a filter names words, each of which must be there; of the others, a value."""


def flag_looked_at(segment: Segment, look: Look) -> Flags | None:
    """Return a flag for each passage of `segment`: whether it is looked at; None if all are."""
    flags = [flag_passages(segment, node) for node in look.filters]
    if look.title_only:
        flags.append(segment.passage_kind == TITLE)
    return reduce(np.logical_and, flags) if flags else None


def flag_passages(segment: Segment, node: Node) -> Flags:
    """Return a flag for each passage: whether it satisfies a tree of filters."""
    match node:
        case Everything():
            return np.ones(segment.passage_count, dtype=np.bool_)
        case _ if is_about_tags(node):
            return _flag_tags(segment, tag_numbers(segment, node))
        case Filter():
            return _flag_value(segment, node)
        case Has():
            return _flag_known(segment, node.field)
        case DateRange():
            return _flag_dates(segment, node)
        case NumberRange():
            return _flag_words(segment, node)
        case Among():
            keys = np.frombuffer(node.keys, "<i8")
            return _of_articles(segment, np.isin(segment.article_key, keys))
        case And():
            return reduce(np.logical_and, [flag_passages(segment, c) for c in node.children])
        case Or():
            return reduce(np.logical_or, [flag_passages(segment, c) for c in node.children])
        case Not():
            return ~flag_passages(segment, node.child)
        case Boost() | Constant():
            return flag_passages(segment, node.child)
    raise TypeError(f"{type(node).__name__} is no filter")


def _flag_known(segment: Segment, field: str) -> Flags:
    """Flag the passages of which a field is known."""
    match field:
        case "published":
            return _of_articles(segment, segment.published[:, 1] > 0)
        case "title":
            titled = np.zeros(segment.article_count, np.bool_)
            titled[segment.passage_article[segment.passage_kind == TITLE]] = True
            return _of_articles(segment, titled)
        case "lang":
            unknown = segment.term_number("lang", UNKNOWN_LANGUAGE)
            is_known: Flags = segment.passage_language != (-1 if unknown is None else unknown)
            return is_known
        case "kind" | "id" | "path":
            return np.ones(segment.passage_count, np.bool_)
        case "tag":
            return _flag_tags(segment, np.sort(list(types_in(segment).values())))
    terms = segment.field(field)
    return _flag_numbers(terms, range(terms.term_count), segment.passage_count)


def _flag_tags(segment: Segment, numbers: Ordinals) -> Flags:
    """Flag the passages that have one of some terms of `tag`, ascending."""
    flags = np.zeros(segment.passage_count, np.bool_)
    for first, last in runs_of(numbers):
        flags[segment.read_units("tag", first, last).units] = True
    return flags


def _of_articles(segment: Segment, articles: Flags) -> Flags:
    flags: Flags = articles[segment.passage_article]
    return flags


def _flag_numbers(terms: InvertedField, numbers: Iterable[int], passage_count: int) -> Flags:
    flags = np.zeros(passage_count, np.bool_)
    for number in numbers:
        flags[terms.postings(number).passages] = True
    return flags


def _flag_pattern(segment: Segment, node: Filter) -> Flags:
    """Flag the passages with a value, or a word of one, that a pattern fits."""
    terms = segment.field(node.field)
    shapes: list[str | Pattern]
    if node.field in WORD_FIELDS:
        shapes = list(wildcard_shapes(node.value))
    else:
        shapes = [value_shape(fold_value(node.value), has_letters=node.field not in ADDRESSES)]
    flags = [
        _flag_numbers(terms, fitting_terms(terms, shape).tolist(), segment.passage_count)
        for shape in shapes
    ]
    return reduce(np.logical_and, flags)


def _flag_value(segment: Segment, node: Filter) -> Flags:
    if node.is_pattern:
        return _flag_pattern(segment, node)
    if node.field in WORD_FIELDS:
        terms = [folded for _, _, folded in words(node.value)]
        if node.field == "author" and len(terms) > 1:
            return _flag_named(segment, terms)
        flags = [_flag_terms(segment, node.field, [term]) for term in terms]
        return reduce(np.logical_and, flags) if flags else _flag_terms(segment, node.field, [])
    if node.field == "path" and posixpath.normpath(node.value) == ".":
        return np.ones(segment.passage_count, dtype=np.bool_)
    return _flag_terms(segment, node.field, filter_terms(node))


def _flag_named(segment: Segment, terms: list[str]) -> Flags:
    """Flag the passages of articles of which one author has all these words in the name."""
    names = segment.field("byline")
    longest = max(terms, key=len)
    likely = dictionary_of(names).containing(longest, 0, names.term_count).tolist()
    held = (
        number
        for number in likely
        if {folded for _, _, folded in words(names.term(number))}.issuperset(terms)
    )
    return _flag_numbers(names, held, segment.passage_count)


def filter_terms(node: Filter) -> list[str]:
    """Return the values of a field any of which satisfies a filter on whole values.

    A path names a file or a folder, from the archive's: `./a//b` is `a/b`. With a `/` at its end it
    is a folder only. A source is a host name, whose `www.` no archive keeps.
    """
    value = fold_value(node.value)
    if node.field == "path":
        path = posixpath.normpath(value)
        folder = path.rstrip("/") + "/"
        return [folder] if value.endswith("/") else [path, folder]
    if node.field == "source":
        return [value.removeprefix("www.")]
    return [value]


def _flag_terms(segment: Segment, field: str, terms: Iterable[str]) -> Flags:
    """Flag the passages on which any of `terms` is posted."""
    flags = np.zeros(segment.passage_count, dtype=np.bool_)
    for term in terms:
        postings = segment.postings(field, term)
        if postings is not None:
            flags[postings.passages] = True
    return flags


def _flag_dates(segment: Segment, node: DateRange) -> Flags:
    """Flag the passages of articles that may have been published in the range.

    A date known by its month or year alone satisfies every range that shares a day with it; an
    unknown one, which is (0, 0), satisfies none.
    """
    first_day, last_day = segment.published[:, 0], segment.published[:, 1]
    articles = last_day > 0
    if node.first is not None:
        articles = articles & (last_day >= node.first.toordinal())
    if node.last is not None:
        articles = articles & (first_day <= node.last.toordinal())
    flags: Flags = articles[segment.passage_article]
    return flags


def _flag_words(segment: Segment, node: NumberRange) -> Flags:
    """Flag the passages of articles with a number of words in the range."""
    words = segment.article_words.sum(axis=1, dtype=np.int64)
    articles = np.ones(len(words), dtype=np.bool_)
    if node.first is not None:
        articles &= words >= node.first
    if node.last is not None:
        articles &= words <= node.last
    flags: Flags = articles[segment.passage_article]
    return flags

"""The page that answers a query, and the one that waits for it."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, NamedTuple

from pinakes.search.facets import Facet
from pinakes.search.model import Results
from pinakes.search.options import By, OptionsError, SearchOptions
from pinakes.search.query import Query, QueryError
from pinakes.search.serving.exchange import Answer, Ask
from pinakes.search.serving.pages.asked import cut_query, list_findings
from pinakes.search.serving.pages.histogram import Histogram, draw_years
from pinakes.search.serving.pages.languages import language_name
from pinakes.search.serving.pages.query_editing import (
    add_clause,
    filter_clause,
    list_chips,
    tag_clause,
)
from pinakes.search.serving.pages.saved_searches import list_saved
from pinakes.search.serving.pages.templating import render
from pinakes.search.serving.problems import RequestProblem

PAGE_HITS = 10
_FIELDS = ("source", "author", "language", "kind")
_TAGS = ("topic", "person", "org", "place", "law")
_VALUES = 8
_YEARS = 400
_NAMES = {"source": "Source", "author": "Author", "language": "Language", "kind": "Kind of passage"}
_CLAUSES = {"language": "lang"}
_KEPT = ("sort", "scope", "by", "copies", "since")
_NUMBER_CHARS = 10
_YEAR = re.compile("[0-9]{4}")


class Choice(NamedTuple):
    """A value that a search can be narrowed down to.

    Attributes:
        value: As it is written in the archive; a language by its name.
        found: Articles or passages that have it.
        query: The search narrowed down.
    """

    value: str
    found: int
    query: str


class Choices(NamedTuple):
    """The values of a field.

    Attributes:
        name: For a person.
        values: The most frequent ones.
        further: How many more there are.
    """

    name: str
    values: tuple[Choice, ...]
    further: int


def show_search(ask: Ask) -> Answer:
    """Return the page with the answer to the query of a request, or the first page if it has none.

    Raises:
        RequestProblem: A number is out of range.
    """
    text = ask.first("q").strip()
    if len(text) > ask.limits.query_chars:
        raise RequestProblem(
            HTTPStatus.BAD_REQUEST,
            "bad-parameter",
            f"the query has {len(text):,} characters; {ask.limits.query_chars:,} at the most",
        )
    if ask.first("from") or ask.first("to"):
        return _between(ask, text)
    if not text:
        return _show_first(ask)
    options = _options(ask)
    try:
        results = ask.archive.search(text, options=options)
    except QueryError as error:
        return _show_refused(ask, text, error)
    return _show_results(ask, text, options, results)


def _options(ask: Ask) -> SearchOptions:
    """Return what is asked for beside the query.

    Raises:
        OptionsError: A word or number is none that is taken.
    """
    offset = ask.first("offset", "0")
    if not (offset.isascii() and offset.isdigit() and int(offset[:9]) <= ask.limits.offset):
        raise OptionsError(f"offset is a whole number up to {ask.limits.offset}")
    return SearchOptions(
        limit=PAGE_HITS,
        offset=int(offset),
        sort=ask.first("sort", "score"),  # type: ignore[arg-type]
        scope=ask.first("scope", "article"),  # type: ignore[arg-type]
        by=ask.first("by", "article"),  # type: ignore[arg-type]
        collapse=ask.first("copies") != "all",
        since=_since(ask),
        facets=(*_FIELDS, *(f"tag:{name}" for name in _tag_types(ask))),
        facet_values=_VALUES,
    )


def _since(ask: Ask) -> int | None:
    """Return the generation after which an article has to have come, or changed.

    Raises:
        OptionsError: It is no number.
    """
    since = ask.first("since")
    if since and not (since.isascii() and since.isdigit() and len(since) < _NUMBER_CHARS):
        raise OptionsError("since is the number of a generation of the archive")
    return int(since) if since else None


def _tag_types(ask: Ask) -> list[str]:
    known = {each.text.removeprefix("tag:") for each in ask.archive.complete("tag:", limit=200)}
    return [name for name in _TAGS if name in known]


def _between(ask: Ask, text: str) -> Answer:
    """Send on to the query with the years that were given in the form."""
    first, last = ask.first("from").strip(), ask.first("to").strip()
    if not all(year == "" or _YEAR.fullmatch(year) for year in (first, last)):
        raise OptionsError("a year has four digits, as 2014")
    understood = ask.archive.understand(text) if text else Query(text="", root=None)
    query = add_clause(understood, f"date:{first}..{last}")
    target = ask.link("", q=query, sort=ask.first("sort"))
    return Answer(body=b"", status=HTTPStatus.SEE_OTHER, headers={"Location": target})


def _show_first(ask: Ask) -> Answer:
    everything = SearchOptions(limit=0, facets=(*_FIELDS, *(f"tag:{t}" for t in _tag_types(ask))))
    results = ask.archive.search("*", options=everything)
    nothing = Query(text="", root=None)
    return render(
        "first.html",
        ask,
        state=results.archive,
        facets=[_choices(facet, nothing) for facet in results.facets if facet.values],
        years=_years(ask, "*"),
        year_queries=lambda year: f"date:{year}",
        saved=list_saved(ask),
    )


def _show_refused(ask: Ask, text: str, error: QueryError) -> Answer:
    return render(
        "refused.html",
        ask,
        status=HTTPStatus.BAD_REQUEST,
        query=text,
        pieces=cut_query(text, error.diagnostics),
        findings=list_findings(text, error.diagnostics),
    )


def _show_results(ask: Ask, text: str, options: SearchOptions, results: Results) -> Answer:
    understood = ask.archive.understand(text)
    return render(
        "results.html",
        ask,
        query=text,
        results=results,
        options=options,
        pieces=cut_query(text, results.diagnostics),
        findings=list_findings(text, results.diagnostics),
        chips=list_chips(understood),
        facets=[_choices(facet, understood) for facet in results.facets if facet.values],
        years=_years(ask, text, options),
        year_queries=lambda year: add_clause(understood, f"date:{year}"),
        copies_query=lambda cluster: add_clause(understood, f"cluster:{cluster}"),
        again=_again(ask, text),
        pages=_pages(options, results),
    )


def _again(ask: Ask, text: str) -> Any:
    """Return what makes the address of the same search with something else about it."""
    kept = {name: ask.first(name) for name in _KEPT}
    return lambda **changed: ask.link("", **{"q": text, **kept, **changed})


def _pages(options: SearchOptions, results: Results) -> dict[str, int | None]:
    """Return the offsets of the pages before and after this one; None where there is none."""
    is_whole = results.shown_articles is None
    articles = results.articles if is_whole else results.shown_articles
    passages = results.passages if is_whole else results.shown_passages
    total = articles if options.by is By.ARTICLE else passages
    behind = options.offset + PAGE_HITS
    return {
        "before": max(0, options.offset - PAGE_HITS) if options.offset else None,
        "after": behind if results.hits and behind < (total or 0) else None,
    }


def _years(ask: Ask, text: str, options: SearchOptions | None = None) -> Histogram | None:
    scope = options.scope if options else SearchOptions().scope
    only = SearchOptions(
        limit=0, scope=scope, facets=("year",), facet_values=_YEARS, hints=False,
        since=options.since if options else None,
    )  # fmt: skip
    return draw_years(ask.archive.search(text, options=only).facets[0])


def _choices(facet: Facet, query: Query) -> Choices:
    field = facet.field.removeprefix("tag:")
    is_tag = field != facet.field

    def narrowed(value: str) -> str:
        if is_tag:
            return add_clause(query, tag_clause(field, value))
        return add_clause(query, filter_clause(_CLAUSES.get(field, field), value))

    show = language_name if field == "language" else str
    return Choices(
        name=_NAMES.get(field, {"org": "Organisation"}.get(field, field.capitalize())),
        values=tuple(
            Choice(show(each.value), each.count, narrowed(each.value)) for each in facet.values
        ),
        further=facet.further,
    )

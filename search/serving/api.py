"""The JSON API: each answer is what the command line prints for the same question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, NamedTuple

from pinakes.corpus import Article, Passage
from pinakes.search.as_json import (
    SCHEMA_VERSION,
    article_object,
    cited_object,
    completion_objects,
    dump,
    marking_objects,
    passage_object,
    results_object,
    status_object,
    unsearchable_object,
)
from pinakes.search.citation import SpanError, cite
from pinakes.search.citing import STYLES, annotation_object
from pinakes.search.model import Citation, Results
from pinakes.search.options import FACETS, OptionsError, SearchOptions
from pinakes.search.query import Code, Query, QueryError, Severity
from pinakes.search.serving.exchange import (
    JSON,
    TEXT,
    Answer,
    Ask,
    Respond,
    json_answer,
    only,
)
from pinakes.search.serving.limits import Limits
from pinakes.search.serving.parameters import (
    Parameter,
    citation_parameters,
    facet_parameters,
    query_parameter,
    search_options,
    search_parameters,
    suggest_parameters,
)
from pinakes.search.serving.problems import RequestProblem, not_found
from pinakes.search.serving.verifying import verify

MEDIA_TYPES = {
    "bibtex": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl-json": "application/vnd.citationstyles.csl+json",
}


class Endpoint(NamedTuple):
    """A question that can be asked at an address.

    Attributes:
        path: Below `/api`, with the names of its parts in braces.
        respond: Answers it.
        about: What it answers.
        schema: The name of the schema of the answer.
        parameters: What it can be asked for.
        takes: The media type of what is sent with it; empty if nothing is.
        is_of_state: Whether the answer depends on nothing but the address and the archive's state.
    """

    path: str
    respond: Respond
    about: str
    schema: str
    parameters: Callable[[Limits], tuple[Parameter, ...]] = lambda _limits: ()
    takes: str = ""
    is_of_state: bool = True


def search(ask: Ask) -> Answer:
    """Answer a query; one that has nothing to look for finds nothing, and says so."""
    asked = ask.read(*search_parameters(ask.limits))
    try:
        results = ask.archive.search(_read_query(ask, asked), options=search_options(asked))
    except QueryError as error:
        results = _nothing(ask, error, asked.get("limit", SearchOptions().limit))
    except OptionsError as error:
        if "after" not in asked:
            raise
        raise RequestProblem(HTTPStatus.NOT_FOUND, "no-such-page", str(error)) from error
    return json_answer(results_object(results))


def _read_query(ask: Ask, asked: Mapping[str, Any]) -> str | Query:
    """Return what a search asks for, read and widened as it says."""
    query: str | Query = asked["q"]
    if asked.get("any_word") or asked.get("feedback"):
        query = ask.archive.read_question(asked["q"])
    if asked.get("synonyms"):
        query = ask.archive.widen_by_synonyms(query)
    if asked.get("feedback") and isinstance(query, Query):
        query = ask.archive.widen_question(query)
    return query


def _nothing(ask: Ask, error: QueryError, limit: int) -> Results:
    """Return the answer to a query without a word.

    Raises:
        QueryError: Something else is wrong with it.
    """
    if not is_empty(error):
        raise error
    everything = ask.archive.search("*", options=SearchOptions(limit=0, collapse=False))
    return replace(
        everything, query=error.text, interpreted="", diagnostics=error.diagnostics, articles=0,
        passages=0, limit=limit,
    )  # fmt: skip


def is_empty(error: QueryError) -> bool:
    """Tell whether nothing is wrong with a query but that it has nothing to look for."""
    wrong = {found.code for found in error.diagnostics if found.severity is Severity.ERROR}
    return wrong == {Code.EMPTY_QUERY}


def suggest(ask: Ask) -> Answer:
    """Say how a query may go on."""
    asked = ask.read(*suggest_parameters(ask.limits))
    completions = ask.archive.complete(asked["q"], limit=asked.get("limit", 10))
    return json_answer({"schema_version": SCHEMA_VERSION, **completion_objects(completions)})


def _facets_parameters(limits: Limits) -> tuple[Parameter, ...]:
    by_name = {parameter.name: parameter for parameter in search_parameters(limits)}
    query = query_parameter(limits, is_required=False)
    return (query, *facet_parameters(limits), by_name["scope"])


def facets(ask: Ask) -> Answer:
    """Count values in what a query finds, without one in the whole archive."""
    asked = ask.read(*_facets_parameters(ask.limits))
    options = search_options({**asked, "facet": asked.get("facet", FACETS), "limit": 0})
    try:
        results = ask.archive.search(asked.get("q", "*"), options=options)
    except QueryError as error:
        results = _nothing(ask, error, 0)
    return json_answer(results_object(results))


def _marked_parameters(limits: Limits) -> tuple[Parameter, ...]:
    return (query_parameter(limits, is_required=False),)


def _marks(ask: Ask) -> tuple[Article, dict[str, Any]]:
    """Return the article that is asked for, and what satisfies the query in it, if there is one."""
    asked = ask.read(*_marked_parameters(ask.limits))
    if "q" in asked:
        try:
            marked = ask.archive.mark(asked["q"], ask.path["id"])
        except QueryError as error:
            if not is_empty(error):
                raise
        else:
            return marked.article, marking_objects(marked)
    return ask.archive.article(ask.path["id"]), {}


def article(ask: Ask) -> Answer:
    """Return an article with its text and passages."""
    found, marks = _marks(ask)
    return json_answer({**article_object(found), **marks})


def passage(ask: Ask) -> Answer:
    """Return a passage with its text and citation."""
    number = only(ask, "number")
    found, marks = _marks(ask)
    one = passage_of(found, number)
    return json_answer({**passage_object(found, one, cite(found, one)), **marks})


def passage_of(found: Article, number: int) -> Passage:
    """Return a passage by its number.

    Raises:
        RequestProblem: There is none.
    """
    if number >= len(found.passages):
        last = len(found.passages) - 1
        raise not_found(f"{found.id} has no passage {number}; its passages are 0 to {last}")
    return found.passages[number]


def citation(ask: Ask) -> Answer:
    """Return the citation of an article, of a passage, or of a span."""
    asked = ask.read(*citation_parameters())
    found = ask.archive.article(ask.path["id"])
    number = only(ask, "number") if "number" in ask.path else None
    whole = found.passages if number is None else (passage_of(found, number),)
    span = (asked.get("start", whole[0].start), asked.get("end", whole[-1].end))
    try:
        made = ask.archive.cite(found.id, span)
    except SpanError as error:
        raise RequestProblem(HTTPStatus.NOT_FOUND, "no-such-span", str(error)) from error
    return written(made, asked.get("style", "json"))


def written(made: Citation, style: str) -> Answer:
    """Return a citation as a style has it."""
    if style == "json":
        return json_answer(cited_object(made))
    if style == "json-ld":
        return Answer(body=dump(annotation_object(made)).encode(), kind="application/ld+json")
    return Answer(body=STYLES[style](made).encode(), kind=MEDIA_TYPES.get(style, TEXT))


def status(ask: Ask) -> Answer:
    """Say what the archive holds."""
    ask.read()
    told = status_object(ask.archive.status())
    # Where it lies on the machine that serves it is nobody else's business.
    del told["archive"]["root"]
    return json_answer(told)


def unsearchable(ask: Ask) -> Answer:
    """List what cannot be searched, and why."""
    ask.read()
    files = unsearchable_object(ask.archive.ledger())["files"]
    told = {"total": len(files), "files": files[: ask.limits.files]}
    return json_answer({"schema_version": SCHEMA_VERSION, **told})


ENDPOINTS = (
    Endpoint("/search", search, "What satisfies a query, in order.", "Results", search_parameters),
    Endpoint("/suggest", suggest, "How a query may go on.", "Completions", suggest_parameters),
    Endpoint(
        "/facets",
        facets,
        "How often values of fields occur in what satisfies a query; without one, in the archive.",
        "Results",
        _facets_parameters,
    ),
    Endpoint(
        "/article/{id}",
        article,
        "An article with its text and passages, and what satisfies a query in it.",
        "ArticleText",
        _marked_parameters,
    ),
    Endpoint(
        "/article/{id}/{number}",
        passage,
        "A passage with its text and citation, and what satisfies a query in its article.",
        "PassageText",
        _marked_parameters,
    ),
    Endpoint(
        "/citation/{id}",
        citation,
        "The citation of an article, or of a span of its text.",
        "Cited",
        lambda _limits: citation_parameters(),
    ),
    Endpoint(
        "/citation/{id}/{number}",
        citation,
        "The citation of a passage, or of a span of its article's text.",
        "Cited",
        lambda _limits: citation_parameters(),
    ),
    Endpoint(
        "/verify",
        verify,
        "Whether citations still hold, of the archive and its files.",
        "Verdicts",
        takes=JSON,
        is_of_state=False,
    ),
    Endpoint(
        "/status", status, "What the archive holds, and in which state.", "Status",
        is_of_state=False,
    ),
    Endpoint(
        "/unsearchable",
        unsearchable,
        "The files that cannot be searched, or not wholly, and why.",
        "Unsearchable",
    ),
)  # fmt: skip
"""What can be asked, in the order in which it is described."""

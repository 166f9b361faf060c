"""The page of an article, and that of the citation of one of its passages."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from pinakes.corpus import Article, Passage
from pinakes.search.citation import cite
from pinakes.search.citing import STYLES
from pinakes.search.marking import MarkedArticle
from pinakes.search.query import QueryError
from pinakes.search.serving.api import passage_of
from pinakes.search.serving.exchange import Answer, Ask, only
from pinakes.search.serving.pages.asked import cut_query, list_findings
from pinakes.search.serving.pages.query_editing import tag_clause
from pinakes.search.serving.pages.shown_text import Link, web_address
from pinakes.search.serving.pages.templating import render

PAGE_PASSAGES = 300
_UNTOLD = frozenset({"kind", "section", "lang", "keyphrase", "number", "mentions", "quote", "said"})
_MOST_VALUES = 12
_NAME_CHARS = 120
_STYLE_NAMES = {
    "text": "Text",
    "markdown": "Markdown",
    "html": "HTML",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "ris": "RIS",
}


class PassageTags(NamedTuple):
    """What a passage is tagged with.

    Attributes:
        links: Names in its text, each with where it leads.
        whole: What is said of more than a name in it: tags as they are read, each with where it
            leads.
    """

    links: tuple[Link, ...]
    whole: tuple[tuple[str, str], ...]


class Mentioned(NamedTuple):
    """What of one type is mentioned in an article.

    Attributes:
        type: Of the tags.
        values: The most frequent ones, each with the query for it and how often it stands there.
        further: How many more there are.
    """

    type: str
    values: tuple[tuple[str, str, int], ...]
    further: int


def show_article(ask: Ask) -> Answer:
    """Return the page of an article, with what satisfies the query of the request in it.

    Raises:
        UnknownArticleError: There is none.
    """
    text = ask.first("q").strip()[: ask.limits.query_chars]
    marks, findings = _marks(ask, text)
    found = marks.article if marks else ask.archive.article(ask.path["id"])
    first = _window(ask, len(found.passages))
    proving = tuple(marks.highlights) if marks else ()
    shown = found.passages[first : first + PAGE_PASSAGES]
    return render(
        "article.html",
        ask,
        query=text,
        article=found,
        marks=marks.highlights if marks else {},
        is_asked=bool(text) and not findings["findings"],
        proving=proving,
        first=first,
        shown=shown,
        tags={passage.number: _tags_of(ask, passage) for passage in shown},
        step=PAGE_PASSAGES,
        mentioned=_mentioned(found),
        captures=ask.archive.versions(found.id),
        **findings,
    )


def _marks(ask: Ask, text: str) -> tuple[MarkedArticle | None, dict[str, Any]]:
    """Return what satisfies a query in the article; or what is wrong with the query."""
    none = {"pieces": (), "findings": ()}
    if not text:
        return None, none
    try:
        return ask.archive.mark(text, ask.path["id"]), none
    except QueryError as error:
        return None, {
            "pieces": cut_query(text, error.diagnostics),
            "findings": list_findings(text, error.diagnostics),
        }


def _window(ask: Ask, count: int) -> int:
    """Return the number of the first passage to show: of a long article, some at a time."""
    at = ask.first("at", "0")
    number = int(at) if at.isascii() and at.isdigit() and len(at) < 10 else 0
    return min(number, max(0, count - 1)) // PAGE_PASSAGES * PAGE_PASSAGES


def _tags_of(ask: Ask, passage: Passage) -> PassageTags:
    links, whole = [], {}
    for tag in passage.tags:
        if tag.type in _UNTOLD:
            continue
        name = f"{tag.type}:{tag.value}"
        address = ask.link("", q=tag_clause(tag.type, tag.value))
        if tag.end - tag.start > _NAME_CHARS or (tag.start, tag.end) == (
            passage.start,
            passage.end,
        ):
            whole[name] = address
        else:
            links.append(Link(tag.start, tag.end, address, name))
    return PassageTags(tuple(links), tuple(whole.items()))


def _mentioned(found: Article) -> list[Mentioned]:
    counts: dict[str, Counter[str]] = {}
    for passage in found.passages:
        for tag in passage.tags:
            if tag.type not in _UNTOLD:
                counts.setdefault(tag.type, Counter())[tag.value] += 1
    return [
        Mentioned(
            type=type_,
            values=tuple(
                (value, tag_clause(type_, value), count)
                for value, count in values.most_common(_MOST_VALUES)
            ),
            further=max(0, len(values) - _MOST_VALUES),
        )
        for type_, values in sorted(counts.items())
    ]


def show_citation(ask: Ask) -> Answer:
    """Return the page with the citation of a passage, in every style.

    Raises:
        UnknownArticleError: There is no such article.
        RequestProblem: There is no such passage.
    """
    found = ask.archive.article(ask.path["id"])
    one = passage_of(found, only(ask, "number"))
    bare = cite(found, one)
    whole = ask.archive.cite(found.id, (bare.start, bare.end))
    return render(
        "citation.html",
        ask,
        query=ask.first("q").strip()[: ask.limits.query_chars],
        article=found,
        passage=one,
        address=web_address(found.url),
        styles=[(style, _STYLE_NAMES[style], make(whole)) for style, make in STYLES.items()],
    )

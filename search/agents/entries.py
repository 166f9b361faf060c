"""What an agent gets of a passage: its words, where they are from, and how to check them."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from pinakes.corpus import Article
from pinakes.search.agents.budget import entry_tokens
from pinakes.search.as_json import dump
from pinakes.search.citation import cite_span
from pinakes.search.model import Citation

_WEB = ("http://", "https://")
_MOST_URL_CHARS: Final = 300
_MOST_NAME_CHARS: Final = 80
_MOST_NAMES: Final = 2


class Told(NamedTuple):
    """An answer to an agent.

    Attributes:
        blocks: Texts, each a block of its own.
        structured: The same, in the shape that connectors expect.
    """

    blocks: tuple[str, ...]
    structured: dict[str, Any]


class Quote(NamedTuple):
    """A run of an article's text that is handed out, half-open, in code points."""

    article: Article
    start: int
    end: int


def address_of(article: Article, archive_id: str) -> str:
    """Return where an article can be found: on the web, or else in this archive.

    An address of another kind (`javascript:`), or one of more than 300 characters, is none.
    """
    url = article.url
    if url.lower().startswith(_WEB) and len(url) <= _MOST_URL_CHARS:
        return url
    return f"pinakes:{archive_id}/{article.id}"


def quote_entry(quote: Quote, archive_id: str) -> dict[str, Any]:
    """Return a quote with what it is from; `text` is what the citation is of, to the letter."""
    citation = cite_span(quote.article, quote.start, quote.end)
    return {
        "id": citation.passage_id,
        "title": shortened(citation.title),
        "url": address_of(quote.article, archive_id),
        "text": citation.exact,
        "citation": citation_entry(citation),
    }


def citation_entry(citation: Citation) -> dict[str, Any]:
    """Return what a citation says beside the quote itself; long names are cut, with an ellipsis."""
    return {
        "start": citation.start,
        "end": citation.end,
        "sha256": citation.sha256,
        "authors": [shortened(author) for author in citation.authors[:_MOST_NAMES]],
        "source": shortened(citation.source),
        "published": citation.published,
        "section": [shortened(heading) for heading in citation.section[-_MOST_NAMES:]],
        "location": shortened(citation.location),
    }


def shortened(text: str, most: int = _MOST_NAME_CHARS) -> str:
    """Return `text` on one line, cut to `most` characters with an ellipsis at the end.

    >>> shortened("a long title", 7)
    'a long…'
    """
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def longest_entry(quote: Quote, archive_id: str, tokens: int) -> dict[str, Any] | None:
    """Return the entry of as much of the beginning of a quote as fits, cut between words.

    None if no word of it fits.
    """
    text = quote.article.text

    def fits(end: int) -> bool:
        entry = quote_entry(quote._replace(end=end), archive_id)
        return entry_tokens(dump(entry), entry) <= tokens

    low, high = quote.start, quote.end
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    if low < quote.end:
        space = max(text.rfind(" ", quote.start, low + 1), text.rfind("\n", quote.start, low + 1))
        low = space if space > quote.start else low
    if low == quote.start:
        return None
    return quote_entry(quote._replace(end=low), archive_id)

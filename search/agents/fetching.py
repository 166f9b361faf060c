"""`fetch`: an article, or one passage of it, from any place in its text, as much as fits."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from pinakes.corpus import Article, Passage
from pinakes.search.agents.budget import answer_tokens, entry_tokens
from pinakes.search.agents.entries import (
    Quote,
    Told,
    address_of,
    citation_entry,
    longest_entry,
    quote_entry,
    shortened,
)
from pinakes.search.agents.naming import read_name
from pinakes.search.agents.problems import AgentError
from pinakes.search.archive import Archive
from pinakes.search.as_json import dump
from pinakes.search.citation import cite_span

_MARGIN: Final = 16


def fetch(archive: Archive, asked: dict[str, Any], max_tokens: int) -> Told:
    """Return the text of an article or a passage, a block a passage.

    Args:
        archive: What answers.
        asked: Checked: `id`; `start`, a code point of the article's text, if it was given.
        max_tokens: Which the answer does not exceed.

    Raises:
        UnknownArticleError: No article has the id, or several.
        AgentError: It has no such passage, or nothing from `start` on.
    """
    article_id, number = read_name(asked["id"])
    article = archive.article(article_id)
    start = asked.get("start", 0)
    passages = _asked_passages(article, number, start)
    name = asked["id"] if number is not None else article.id
    quotes = [Quote(article, max(each.start, start), each.end) for each in passages]
    place = _Place(name, archive.id, passages[-1].end)
    entries = _fitting(quotes, place, max_tokens)
    told = _told(article, place, entries)
    while answer_tokens(*told) > max_tokens and len(entries) > 1:
        entries.pop()
        told = _told(article, place, entries)
    return told


def _asked_passages(article: Article, number: int | None, start: int) -> list[Passage]:
    if number is not None and number >= len(article.passages):
        last = len(article.passages) - 1
        raise AgentError(f"{article.id} has no passage {number}; its passages are 0 to {last}")
    chosen = article.passages if number is None else article.passages[number : number + 1]
    left = [passage for passage in chosen if passage.end > start]
    if not left:
        raise AgentError(f"there is nothing from {start} on; the text ends at {chosen[-1].end}")
    return left


class _Place(NamedTuple):
    """What is asked for: by which name, of which archive, and where it ends in the text."""

    name: str
    archive_id: str
    end: int


def _told(article: Article, place: _Place, entries: list[dict[str, Any]]) -> Told:
    """Return the quotes as blocks, and the text of them all as a document."""
    span = entries[0]["citation"]["start"], entries[-1]["citation"]["end"]
    citation = cite_span(article, *span)
    document = {
        "id": place.name,
        "title": shortened(article.title),
        "text": citation.exact,
        "url": address_of(article, place.archive_id),
        "metadata": {
            "citation": citation_entry(citation),
            "language": article.language,
            "next_start": span[1] if span[1] < place.end else None,
        },
    }
    return Told(tuple(dump(entry) for entry in entries), document)


def _fitting(quotes: list[Quote], place: _Place, max_tokens: int) -> list[dict[str, Any]]:
    """Return the quotes that fit; the beginning of the first one if not even that does.

    Raises:
        AgentError: No word of it fits.
    """
    first = quote_entry(quotes[0], place.archive_id)
    frame = _told(quotes[0].article, place, [first]).structured
    # The numbers of a longer text may have some more digits.
    left = max_tokens - answer_tokens([], {**frame, "text": ""}) - _MARGIN
    entries: list[dict[str, Any]] = []
    for quote in quotes:
        entry = quote_entry(quote, place.archive_id)
        # Between two passages stands a blank line, which is in the text of the document.
        needed = entry_tokens(dump(entry), {"text": entry["text"]}) + _MARGIN
        if needed > left:
            break
        left -= needed
        entries.append(entry)
    if not entries:
        cut = longest_entry(quotes[0], place.archive_id, left)
        if cut is None:
            raise AgentError("max_tokens is too little for a word of it; ask for more")
        entries.append(cut)
    return entries

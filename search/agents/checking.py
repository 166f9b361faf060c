"""`cite` and `verify`: a citation of a quote, and whether one still holds."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pinakes.corpus import Article
from pinakes.search.agents.budget import answer_tokens
from pinakes.search.agents.entries import Told, shortened
from pinakes.search.agents.naming import read_name
from pinakes.search.agents.problems import AgentError
from pinakes.search.archive import Archive
from pinakes.search.as_json import cited_object, dump, verdict_object
from pinakes.search.citing import STYLES, read_citations
from pinakes.search.model import Citation

_FINDING_CHARS = 90


def cite(archive: Archive, asked: dict[str, Any], max_tokens: int) -> Told:
    """Return the citation of an article, a passage, a span or a quote.

    Args:
        archive: What answers.
        asked: Checked: `id`; `quote`, or `start` and `end`, and `style` if they were given.
        max_tokens: Which the answer does not exceed.

    Raises:
        UnknownArticleError: No article has the id, or several.
        SpanError: The span is none of the article's text.
        AgentError: The quote is not there, or the citation does not fit.
    """
    article_id, number = read_name(asked["id"])
    article = archive.article(article_id)
    made = archive.cite(article.id, _span_of(article, number, asked))
    structured = cited_object(made)
    style = asked.get("style", "text")
    told = Told((dump(structured) if style == "json" else STYLES[style](made),), structured)
    if answer_tokens(*told) > max_tokens:
        raise AgentError("that is too long to be cited in max_tokens; cite a shorter quote or span")
    return told


def _span_of(article: Article, number: int | None, asked: dict[str, Any]) -> tuple[int, int]:
    passages = article.passages
    if number is not None:
        if number >= len(passages):
            raise AgentError(f"{article.id} has passages 0 to {len(passages) - 1}, not {number}")
        passages = passages[number : number + 1]
    whole = passages[0].start, passages[-1].end
    if "quote" not in asked:
        return asked.get("start", whole[0]), asked.get("end", whole[1])
    quote = asked["quote"]
    start = article.text.find(quote, *whole)
    # What a model takes for a part of one passage may go on in the next.
    start = start if start >= 0 else article.text.find(quote)
    if not quote or start < 0:
        raise AgentError("the quote does not stand there, to the letter; fetch the text, and copy")
    return start, start + len(quote)


def verify(archive: Archive, asked: dict[str, Any], max_tokens: int) -> Told:
    """Say whether a citation, or a quote from an article, holds of the archive and its files.

    Args:
        archive: What answers.
        asked: Checked: `citation`, as `cite` made it; or `id` and `quote`, with `start` if known.
        max_tokens: Which the answer does not exceed.

    Raises:
        CitationError: That is no citation.
        AgentError: Neither a citation nor a quote was given.
    """
    verdict = archive.verify(_claim(archive, asked))
    structured: dict[str, Any] = {
        "status": verdict.status.value,
        "holds": verdict.status.value == "ok",
        "explanation": [shortened(each, _FINDING_CHARS) for each in verdict.explanation[:4]],
        "start": verdict.start,
    }
    whole = verdict_object(verdict)
    fuller = {**structured, "explanation": whole["explanation"]}
    if answer_tokens([dump(fuller)], fuller) <= max_tokens:
        structured = fuller
    return Told((dump(structured),), structured)


def _claim(archive: Archive, asked: dict[str, Any]) -> Citation:
    """Return what is claimed: a citation, or a quote whose place and file are left open."""
    if "citation" in asked:
        return read_citations(json.dumps(asked["citation"]))[0]
    if "id" not in asked or not asked.get("quote"):
        raise AgentError("give a citation as cite made it, or id and quote")
    article_id, number = read_name(asked["id"])
    quote = asked["quote"]
    article = archive.article(article_id)
    start = asked.get("start", max(article.text.find(quote), 0))
    return Citation(
        article_id=article.id,
        passage_number=number or 0,
        start=start,
        end=start + len(quote),
        exact=quote,
        prefix="",
        suffix="",
        sha256=hashlib.sha256(quote.encode()).hexdigest(),
        text_sha256="",
        file_sha256="",
    )

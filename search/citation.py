"""A citation of a run of an article's text: enough to check it without this program."""

from __future__ import annotations

import hashlib

from pinakes.corpus import Article, Passage, PinakesError, locate
from pinakes.search.model import ArchiveState, Citation

CONTEXT_CHARS = 32


class SpanError(PinakesError, ValueError):
    """A span is not one of the article's text; the message says what would be."""


def cite(article: Article, passage: Passage, state: ArchiveState | None = None) -> Citation:
    """Return the citation of `passage`, with up to 32 code points of context on either side.

    Args:
        article: What it stands in.
        passage: One of its passages.
        state: Of the archive that keeps it; None leaves out what it would tell.
    """
    return _cite(article, passage, (passage.start, passage.end), state)


def cite_span(
    article: Article, start: int, end: int, state: ArchiveState | None = None
) -> Citation:
    """Return the citation of `article.text[start:end]`, which may go on in later passages.

    Raises:
        SpanError: The span is empty, not within the text, or begins between two passages.
    """
    if not 0 <= start < end <= len(article.text):
        raise SpanError(
            f"{start}:{end} is no span of {article.id}: give START:END with"
            f" 0 <= START < END <= {len(article.text)}, the length of its text in code points"
        )
    for passage in article.passages:
        if passage.start <= start < passage.end:
            return _cite(article, passage, (start, end), state)
    raise SpanError(
        f"{start}:{end} begins between two passages of {article.id}; begin it where words do"
    )


def _cite(
    article: Article, passage: Passage, span: tuple[int, int], state: ArchiveState | None
) -> Citation:
    start, end = span
    exact = article.text[start:end]
    return Citation(
        article_id=article.id,
        passage_number=passage.number,
        start=start,
        end=end,
        exact=exact,
        prefix=article.text[max(0, start - CONTEXT_CHARS) : start],
        suffix=article.text[end : end + CONTEXT_CHARS],
        sha256=hashlib.sha256(exact.encode()).hexdigest(),
        text_sha256=article.text_sha256,
        file_sha256=article.sha256,
        title=article.title,
        authors=article.authors,
        source=article.source,
        url=article.url,
        published=article.published,
        saved=saved_of(article),
        language=article.language,
        section=passage.section,
        location=locate(article.paths[0], article.record) if article.paths else "",
        extraction=article.extraction,
        archive_id=state.id if state else "",
        generation=state.generation if state else 0,
    )


def saved_of(article: Article) -> str:
    """Return when the copy of an article was saved, ISO 8601; empty if that is not known."""
    return next((m.value for m in article.metadata if m.field == "saved" and m.chosen), "")

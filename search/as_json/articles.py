"""What is said of an article and of a snippet wherever they are told: in answers and in bundles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pinakes.corpus import Article
    from pinakes.search.model import Snippet


def article_facts(article: Article) -> dict[str, Any]:
    """Return what an article says of itself, beside its text."""
    return {
        "id": article.id,
        "title": article.title,
        "authors": list(article.authors),
        "source": article.source,
        "url": article.url,
        "published": article.published,
        "language": article.language,
    }


def article_location(article: Article) -> str:
    """Return where an article lies: a file, and what it is in it; nothing if no file has it."""
    from pinakes.corpus import locate

    return locate(article.paths[0], article.record) if article.paths else ""


def snippet_facts(snippet: Snippet) -> dict[str, Any]:
    """Return the text of a snippet, and what satisfied the query in it."""
    return {
        "text": snippet.text,
        "start": snippet.start,
        "end": snippet.end,
        "highlights": [list(span) for span in snippet.highlights],
    }

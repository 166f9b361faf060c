"""What the retrievers of all frameworks hand on: passages, best first, with their citations."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pinakes.search.archive import Archive
from pinakes.search.citing import proof_object
from pinakes.search.options import By, SearchOptions
from pinakes.search.query import QueryError

_WORD = re.compile(r"\w+")


class FoundPassage(NamedTuple):
    """A passage that was found.

    Attributes:
        id: `ARTICLE#NUMBER`.
        text: The passage's, to the letter.
        score: Higher is better; comparable within one answer only.
        metadata: Of the article `article`, `title`, `authors`, `source`, `url`, `published`,
            `language`, `record` and `path`; the headings above as `section`; and `citation`, which
            `pinakes.search.citing.read_citations` understands.
    """

    id: str
    text: str
    score: float
    metadata: dict[str, Any]


def find_passages(
    archive: Archive, text: str, *, limit: int, is_question: bool
) -> list[FoundPassage]:
    """Return the passages that match best.

    Args:
        archive: What answers.
        text: A question in words, or a query.
        limit: Passages at the most.
        is_question: Whether any word of `text` will do, and signs mean nothing; else it is a query
            in the query language, of which every word must be there.

    Raises:
        QueryError: It is a query that cannot be answered as it stands.
    """
    query = any_word(text) if is_question else text
    options = SearchOptions(limit=limit, by=By.PASSAGE, snippets=1, totals=False, hints=False)
    if is_question and not query:
        return []
    try:
        results = archive.search(query, options=options)
    except QueryError:
        if is_question:
            return []
        raise
    return [
        FoundPassage(
            id=found.id,
            text=found.passage.text,
            score=found.score,
            metadata={
                "article": hit.article.id,
                "title": hit.article.title,
                "authors": list(hit.article.authors),
                "source": hit.article.source,
                "url": hit.article.url,
                "published": hit.article.published,
                "language": hit.article.language,
                "record": hit.article.record,
                "path": hit.article.paths[0] if hit.article.paths else "",
                "section": list(found.passage.section),
                "citation": proof_object(found.citation),
            },
        )
        for hit in results
        for found in hit.passages
    ]


def any_word(question: str) -> str:
    """Return a query that any word of a question satisfies; a word that is there twice counts once.

    >>> any_word("Who wrote the letter (of 2013)?")
    'who OR wrote OR the OR letter OR of OR 2013'
    """
    words = dict.fromkeys(found.lower() for found in _WORD.findall(question))
    return " OR ".join(words)

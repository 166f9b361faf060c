"""A citation of a passage: enough to check it without this program."""

from __future__ import annotations

from pinakes.corpus import Article, Passage
from pinakes.search.model import Citation

CONTEXT_CHARS = 32


def cite(article: Article, passage: Passage) -> Citation:
    """Return the citation of `passage`, with up to 32 code points of context on either side."""
    return Citation(
        article_id=article.id,
        passage_number=passage.number,
        start=passage.start,
        end=passage.end,
        exact=passage.text,
        prefix=article.text[max(0, passage.start - CONTEXT_CHARS) : passage.start],
        suffix=article.text[passage.end : passage.end + CONTEXT_CHARS],
        text_sha256=article.text_sha256,
        file_sha256=article.sha256,
    )

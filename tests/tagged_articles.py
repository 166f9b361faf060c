"""Articles as taggers see them, from invented paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, Tagger


def article_of(
    *paragraphs: str, language: str = "en", title: str = "", kinds: Sequence[Kind] = ()
) -> ArticleText:
    """Return an article whose passages are the paragraphs; the kinds are of the first ones."""
    passages: list[PassageText] = []
    text = "\n\n".join(paragraphs)
    article = ArticleText(text=text, language=language, title=title, passages=passages)
    start = 0
    for number, paragraph in enumerate(paragraphs):
        passages.append(
            PassageText(
                text=paragraph,
                number=number,
                kind=kinds[number] if number < len(kinds) else Kind.PARAGRAPH,
                section=(),
                start=start,
                language=language,
                article=article,
            )
        )
        start += len(paragraph) + 2
    return article


def tags_of(tagger: Tagger, article: ArticleText) -> list[FoundTag]:
    """Return the tags of all passages, in order of passages."""
    return [tag for passage in article.passages for tag in tagger.find(passage)]


def values_of(tagger: Tagger, article: ArticleText, type_: str) -> list[str]:
    """Return the values of all tags of a type."""
    return [tag.value for tag in tags_of(tagger, article) if tag.type == type_]

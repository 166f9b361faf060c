"""Articles as taggers see them, made of a few sentences."""

from __future__ import annotations

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.tagger import ArticleText, PassageText, Tagger


def article_of(*texts: str, language: str = "en") -> ArticleText:
    passages: list[PassageText] = []
    article = ArticleText(text="\n\n".join(texts), language=language, passages=passages)
    start = 0
    for number, text in enumerate(texts):
        passages.append(
            PassageText(
                text=text,
                number=number,
                kind=Kind.PARAGRAPH,
                section=(),
                start=start,
                language=language,
                article=article,
            )
        )
        start += len(text) + 2
    return article


def tags_of(tagger: Tagger, *texts: str, language: str = "en") -> list[tuple[str, str]]:
    """Return the words and the value of each tag of the last of the texts of an article."""
    passage = article_of(*texts, language=language).passages[-1]
    found = sorted(tagger.find(passage), key=lambda tag: (tag.start, tag.end, tag.value))
    return [(passage.text[tag.start : tag.end], tag.value) for tag in found]

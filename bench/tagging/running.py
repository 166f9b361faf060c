"""Runs taggers on annotated and on real articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.tagging.annotations import AnnotatedArticle
from pinakes.corpus.extract import Extract
from pinakes.corpus.ingestion.file_tags import facts_of
from pinakes.corpus.model import Kind
from pinakes.corpus.passages import split
from pinakes.corpus.tagging.applying import article_text
from pinakes.corpus.tagging.level import TagLevel
from pinakes.corpus.tagging.registry import load_taggers
from pinakes.corpus.tagging.settings import TagSettings
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, Tagger


def installed_taggers() -> tuple[Tagger, ...]:
    """Return all taggers that ship with Pinakes, and those of other packages."""
    return load_taggers(TagSettings(level=TagLevel.ALL)).taggers


def as_article(annotated: AnnotatedArticle) -> ArticleText:
    """Return an annotated article as taggers see it."""
    parts = [(each.kind, each.text) for each in annotated.passages]
    title = next((text for kind, text in parts if kind is Kind.TITLE), "")
    passages: list[PassageText] = []
    article = ArticleText(
        text="\n\n".join(text for _, text in parts),
        language=annotated.language,
        title=title,
        authors=annotated.authors,
        published=annotated.published,
        passages=passages,
    )
    start = 0
    section: tuple[str, ...] = ()
    for number, (kind, text) in enumerate(parts):
        section = (text,) if kind is Kind.HEADING else section
        passages.append(
            PassageText(
                text=text,
                number=number,
                kind=kind,
                section=section,
                start=start,
                language=annotated.language,
                article=article,
            )
        )
        start += len(text) + 2
    return article


def as_read(extract: Extract) -> ArticleText:
    """Return what a reader made of a file as taggers see it."""
    facts = facts_of(extract)
    return article_text(split(extract, language=facts.language), facts)


def find_tags(article: ArticleText, taggers: Sequence[Tagger]) -> list[list[tuple[str, FoundTag]]]:
    """Return the tags of each passage, each with the rule that made it."""
    return [_tags_of(passage, taggers) for passage in article.passages]


def _tags_of(passage: PassageText, taggers: Iterable[Tagger]) -> list[tuple[str, FoundTag]]:
    return [
        (tagger.rule(found.variant), found) for tagger in taggers for found in tagger.find(passage)
    ]

"""What taggers find in a few sentences."""

from __future__ import annotations

from pinakes.corpus.tagging.tagger import Tagger
from tests.tagged_articles import article_of


def tags_of(tagger: Tagger, *texts: str, language: str = "en") -> list[tuple[str, str]]:
    """Return the words and the value of each tag of the last of the texts of an article."""
    passage = article_of(*texts, language=language).passages[-1]
    found = sorted(tagger.find(passage), key=lambda tag: (tag.start, tag.end, tag.value))
    return [(passage.text[tag.start : tag.end], tag.value) for tag in found]

"""Tags laws: treaties, declarations, resolutions, statutes, and articles of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pinakes.corpus.tagging.laws.finding import (
    LawContext,
    Sighting,
    find_laws,
    find_sightings,
    read_context,
)
from pinakes.corpus.tagging.tagger import ArticleText, FoundTag, PassageText, tagger


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLaws:
    """What was seen in an article.

    Attributes:
        sightings: Of the passages, by text and language.
        context: Of the article as a whole.
    """

    sightings: dict[tuple[str, str], list[Sighting]]
    context: LawContext


@tagger("law", version=4, types=("law",))
def tag_laws(passage: PassageText) -> Iterator[FoundTag]:
    """Yield `law:Rome Statute` on its name, and `law:Rome Statute, Article 7` on its citation."""
    seen = passage.article.once(look_at_laws)
    text, language = passage.text, passage.language
    sightings = seen.sightings.get((text, language))
    if sightings is None:
        sightings = find_sightings(text, language)
    for mention in find_laws(text, language, sightings, seen.context):
        yield FoundTag(
            type="law",
            value=mention.name,
            start=mention.start,
            end=mention.end,
            reason=mention.reason,
            variant=mention.variant,
        )


def look_at_laws(article: ArticleText) -> SeenLaws:
    """Return what an article says of law; an article looks once for all of its taggers."""
    parts = [(one.text, one.language) for one in article.passages]
    sightings = {
        part: find_sightings(*part) for part in parts or [(article.text, article.language)]
    }
    every = (one for found in sightings.values() for one in found)
    return SeenLaws(sightings=sightings, context=read_context(article.text, every))

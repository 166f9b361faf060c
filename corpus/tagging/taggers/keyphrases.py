"""Tags `keyphrase:`: a few phrases an article, wherever they stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.corpus.tagging.key_phrases import key_phrases, phrase_spans
from pinakes.corpus.tagging.level import TagLevel
from pinakes.corpus.tagging.tagger import FoundTag, PassageText, tagger


@tagger("keyphrases", version=2, types=("keyphrase",), level=TagLevel.ALL)
def tag_key_phrases(passage: PassageText) -> Iterator[FoundTag]:
    """Yield a tag wherever a key phrase of the article stands in the passage."""
    phrases = passage.article.once(key_phrases)
    if not phrases:
        return
    for start, end, phrase in phrase_spans(passage.text, phrases):
        yield FoundTag(
            type="keyphrase",
            value=phrase.value,
            start=start,
            end=end,
            reason=f"{phrase.times} times in the article, score {phrase.score:.4f}",
        )

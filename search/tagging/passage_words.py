"""The words of passages as the user's rules look at them, worked out once for all rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pinakes.corpus import ArticleText, PassageText
from pinakes.indexer import learn_stems
from pinakes.search.evaluation.texts.occurrences import ReadText


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageWords:
    """The words of a passage.

    Attributes:
        text: Divided into words.
        words: The different ones, folded.
        stems: Theirs.
    """

    text: ReadText
    words: frozenset[str]
    stems: frozenset[str]


def words_of(passage: PassageText) -> PassageWords:
    """Return the words of a passage."""
    return passage.article.once(_read_article)[passage.number]


def _read_article(article: ArticleText) -> Sequence[PassageWords]:
    texts = [ReadText(passage.text, passage.language) for passage in article.passages]
    different = [frozenset(text.words) for text in texts]
    for language in {text.language for text in texts}:
        parts = [
            words for words, text in zip(different, texts, strict=True) if text.language == language
        ]
        learn_stems(frozenset().union(*parts), language)
    return [
        PassageWords(text=text, words=words, stems=frozenset(text.stems))
        for text, words in zip(texts, different, strict=True)
    ]

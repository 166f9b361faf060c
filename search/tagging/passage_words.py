"""The words of passages as the user's rules look at them, worked out once for all rules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from pinakes.corpus import ArticleText, PassageText
from pinakes.indexer import TextWords, learn_stems, recall_stems

if TYPE_CHECKING:
    from pinakes.search.evaluation.texts.occurrences import ReadText


class Vocabulary:
    """The different words of a passage, or of all that an article has in one language.

    Attributes:
        language: By which they are stemmed.
        words: In their folded form.
    """

    def __init__(self, *, language: str, words: frozenset[str]) -> None:
        """Take words in a language."""
        self.language = language
        self.words = words

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words."""
        learn_stems(self.words, self.language)
        return frozenset(recall_stems(self.words, self.language))


class PassageWords:
    """The words of a passage.

    Attributes:
        text: Divided into words.
    """

    def __init__(self, text: ReadText) -> None:
        """Take a text."""
        self.text = text

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The different ones."""
        return Vocabulary(language=self.text.language, words=frozenset(self.text.words))


def words_of(passage: PassageText) -> PassageWords:
    """Return the words of a passage."""
    return passage.article.once(_ArticleWords)[passage.number]


def vocabularies_of(article: ArticleText) -> Sequence[Vocabulary]:
    """Return the words of an article by language: at a tenth of the time of those by passage."""
    return article.once(_read_vocabularies)


class _ArticleWords(dict[int, PassageWords]):
    """The words of passages of an article, by number, each divided when it is first asked for."""

    def __init__(self, article: ArticleText) -> None:
        super().__init__()
        self._passages = article.passages

    def __missing__(self, number: int) -> PassageWords:
        from pinakes.search.evaluation.texts.occurrences import ReadText

        passage = self._passages[number]
        found = self[number] = PassageWords(ReadText(passage.text, passage.language))
        return found


def _read_vocabularies(article: ArticleText) -> Sequence[Vocabulary]:
    by_language: dict[str, list[str]] = {}
    for passage in article.passages:
        by_language.setdefault(passage.language, []).append(passage.text)
    return [_read_vocabulary(language, texts) for language, texts in by_language.items()]


def _read_vocabulary(language: str, texts: Sequence[str]) -> Vocabulary:
    # A text in ASCII is read for much less.
    plain = "\n".join(filter(str.isascii, texts))
    other = "\n".join(text for text in texts if not text.isascii())
    words = frozenset(TextWords(plain).folded)
    if other:
        words |= frozenset(TextWords(other).folded)
    return Vocabulary(language=language, words=words)

"""Finds the words and phrases of a rule in passages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pinakes.corpus import PassageText
from pinakes.indexer import TextWords, recall_stems, row_pattern, stem, words
from pinakes.search.tagging.needs import AnyOf, HasForm, HasStem
from pinakes.search.tagging.passage_words import Vocabulary, words_of

if TYPE_CHECKING:
    from pinakes.search.query.regex import Pattern

# More words than this are not looked for one by one.
_FEW_WORDS = 48
# Nor more phrases at each place of a text.
_FEW_FORMS = 8

Found = Iterable[tuple[int, int, str, str]]
"""Start, end, value and reason of tags in a passage."""


class KnownWords(Protocol):
    """All words that some articles have."""

    @property
    def languages(self) -> Iterable[str]:
        """The languages of these articles."""

    def of_stem(self, stemmed: str) -> Iterable[str]:
        """Return words that have a stem in any of them, all that have it in the articles."""

    def fitting(self, shape: Pattern, most: int) -> Collection[str] | None:
        """Return the words that a pattern fits; None if there are more than `most`."""


class Stems:
    """Words, found with every word of the same stem.

    Attributes:
        need: What words a text must have for any to be found.
    """

    def __init__(self, value: str, wanted: Sequence[str]) -> None:
        """Take the value of tags, and folded words that are to get them."""
        self._value = value
        self._wanted = wanted
        self._by_language: dict[str, Mapping[str, str]] = {}
        self.need = AnyOf(tuple(map(HasStem, wanted)))

    def find(self, passage: PassageText) -> Found:
        """Return where any stands, in order."""
        read = words_of(passage)
        fitting = self._fitting(read.vocabulary)
        if not fitting:
            return ()
        return [
            (*read.text.span_of((number, number)), self._value, fitting[word])
            for number, word in enumerate(read.text.words)
            if word in fitting
        ]

    def find_among(self, known: KnownWords) -> Callable[[PassageText], Found]:
        """Return a function as `find` for what has no other words than known ones."""
        fitting: dict[str, dict[str, str]] = {}
        for language in known.languages:
            by_stem = self._stems_in(language)
            alike = sorted({word for stemmed in by_stem for word in known.of_stem(stemmed)})
            fitting[language] = {
                word: _reason(word, by_stem[stemmed])
                for word, stemmed in zip(alike, recall_stems(alike, language), strict=True)
                if stemmed in by_stem
            }
        return partial(self._find_fitting, fitting)

    def _find_fitting(
        self, fitting: Mapping[str, Mapping[str, str]], passage: PassageText
    ) -> Found:
        reasons = fitting.get(passage.language)
        is_apart = passage.language != passage.article.language
        if is_apart or reasons is None or len(reasons) > _FEW_WORDS:
            return self.find(passage)
        spans = TextWords(passage.text).spans_of(reasons)
        return [(start, end, self._value, reasons[word]) for start, end, word in spans]

    def _stems_in(self, language: str) -> Mapping[str, str]:
        """Return the words that are wanted, by their stems."""
        if language not in self._by_language:
            self._by_language[language] = {stem(word, language): word for word in self._wanted}
        return self._by_language[language]

    def _fitting(self, read: Vocabulary) -> Mapping[str, str]:
        """Return which of some words fit, each with the reason."""
        by_stem = self._stems_in(read.language)
        if read.stems.isdisjoint(by_stem):
            return {}
        met = list(read.words)
        return {
            word: _reason(word, by_stem[stemmed])
            for word, stemmed in zip(met, recall_stems(met, read.language), strict=True)
            if stemmed in by_stem
        }


def _reason(word: str, wanted: str) -> str:
    return f"the word {word!r}, as {wanted!r}"


class _Form(NamedTuple):
    """A phrase that is looked for: the value of its tags, how it is written, and the reason."""

    value: str
    written: str
    reason: str


class Forms:
    """Many phrases, found in one walk over the words of a text.

    Attributes:
        need: What words a text must have for any to be found.
    """

    def __init__(self, forms: Iterable[tuple[str, str, str]], *, is_exact: bool) -> None:
        """Take values, each with a phrase for it and how to call that in a reason."""
        self._is_exact = is_exact
        self._meant: dict[tuple[str, ...], list[_Form]] = {}
        for value, form, name in forms:
            if row := tuple(folded for _, _, folded in words(form)):
                self._meant.setdefault(row, []).append(_Form(value, form, f"{name} {form!r}"))
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for row in sorted(self._meant, key=len, reverse=True):
            by_first.setdefault(row[0], []).append(row)
        self._by_first = by_first
        self._few = None
        if not is_exact and 0 < len(self._meant) <= _FEW_FORMS:
            self._few = row_pattern(self._meant)
        self.need = HasForm(by_first)

    def find(self, passage: PassageText) -> Found:
        """Return where phrases stand: from the first on, the longest there; none overlap."""
        rows = TextWords(passage.text).find_rows(self._few) if self._few else None
        if rows is None:
            return self._walk(passage)
        return [
            (start, end, each.value, each.reason)
            for start, end, found in rows
            for each in self._meant[tuple(found.split())]
        ]

    def _walk(self, passage: PassageText) -> Found:
        text = words_of(passage).text
        done = 0
        by_first = self._by_first
        for at in [at for at, word in enumerate(text.words) if word in by_first]:
            if at < done:
                continue
            for row in by_first[text.words[at]]:
                if tuple(text.words[at : at + len(row)]) != row:
                    continue
                start, end = text.span_of((at, at + len(row) - 1))
                written = " ".join(text.text[start:end].split())
                fitting = [
                    each
                    for each in self._meant[row]
                    if not self._is_exact or written == each.written
                ]
                for each in fitting:
                    yield start, end, each.value, each.reason
                if fitting:
                    done = at + len(row)
                    break

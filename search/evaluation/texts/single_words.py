"""Where words stand in the texts of one answer, if each is looked for by itself: most queries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from pinakes.indexer import (
    MAX_WORD_CHARS,
    TextWords,
    keeps_initials,
    learn_stems,
    recall_stems,
    spaced_words,
)
from pinakes.search.evaluation.texts.targets import AnyWord, Stems, Target

Found: TypeAlias = tuple[int, int, int]
"""First code point of a word and one past its last; which of the targets it is."""


class SingleWords:
    """Finds words in texts of one language: what `find_occurrences` finds, for much less."""

    @classmethod
    def of(cls, targets: Sequence[tuple[int, Target]], language: str) -> SingleWords | None:
        """Return what finds `targets`; None if not each of them is one word."""
        singles = [(number, each) for number, each in targets if isinstance(each, Stems | AnyWord)]
        return cls(singles, language) if len(singles) == len(targets) else None

    def __init__(self, targets: Iterable[tuple[int, Stems | AnyWord]], language: str) -> None:
        """Look for targets, each with the number it is told by, in texts of a language."""
        self._language = language
        self._stems: dict[str, list[int]] = {}
        self._words: dict[str, list[int]] = {}
        for number, target in targets:
            if isinstance(target, AnyWord):
                for word in target.words:
                    self._words.setdefault(word, []).append(number)
            elif (stem := dict(target.by_language).get(language)) is not None:
                self._stems.setdefault(stem, []).append(number)
        self._likely = re.compile(" ([^ ]+)")
        if not self._words and keeps_initials(language):
            # Most words of a text need not be stemmed to see that they are not looked for.
            initials = "".join({stem[0] for stem in self._stems})
            self._likely = re.compile(f" ([{re.escape(initials)}][^ ]*)" if initials else "(?!)")

    def find(self, text: str) -> list[Found]:
        """Return where the words stand, in any order; of one that is several targets, each."""
        if not text.isascii():
            return self._find_folded(text)
        spaced = f" {spaced_words(text).decode('ascii')} "
        if _has_long_word(spaced):
            return self._find_folded(text)
        found: list[Found] = []
        for word, number in self._wanted(set(self._likely.findall(spaced))):
            lone = f" {word} "
            at = spaced.find(lone)
            while at >= 0:
                # A place in what begins with one more space is that of the word in the text.
                found.append((at, at + len(word), number))
                at = spaced.find(lone, at + len(word))
        return found

    def _find_folded(self, text: str) -> list[Found]:
        divided = TextWords(text)
        wanted: dict[str, list[int]] = {}
        for word, number in self._wanted(set(divided.folded)):
            wanted.setdefault(word, []).append(number)
        return [
            (*divided.span(place), number)
            for place, word in enumerate(divided.folded)
            if word in wanted
            for number in wanted[word]
        ]

    def _wanted(self, words: set[str]) -> list[tuple[str, int]]:
        """Return those of some folded words that are looked for, with what each is."""
        wanted: list[tuple[str, int]] = []
        if self._words:
            known = words.intersection(self._words)
            wanted += [(word, number) for word in known for number in self._words[word]]
        if self._stems:
            learn_stems(words, self._language)
            stems = recall_stems(words, self._language)
            wanted += [
                (word, number)
                for word, stem in zip(words, stems, strict=True)
                if stem in self._stems
                for number in self._stems[stem]
            ]
        return wanted


def _has_long_word(spaced: str) -> bool:
    """Return whether a text of words and spaces has a word longer than `MAX_WORD_CHARS`."""
    begin = 0
    while begin + MAX_WORD_CHARS < len(spaced):
        space = spaced.rfind(" ", begin, begin + MAX_WORD_CHARS + 1)
        if space < 0:
            return True
        begin = space + 1
    return False

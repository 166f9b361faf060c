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
    spaced_text,
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
        self._numbers: dict[str, list[int]] = {}
        self._met: set[str] = set()
        for number, target in targets:
            if isinstance(target, AnyWord):
                for word in target.words:
                    self._numbers.setdefault(word, []).append(number)
            elif (stem := dict(target.by_language).get(language)) is not None:
                self._stems.setdefault(stem, []).append(number)
        self._likely = re.compile(" ([^ ]+)")
        if not self._numbers and keeps_initials(language):
            # Most words of a text need not be stemmed to see that they are not looked for.
            initials = "".join({stem[0] for stem in self._stems})
            self._likely = re.compile(f" ([{re.escape(initials)}][^ ]*)" if initials else "(?!)")

    def find(self, text: str) -> list[Found]:
        """Return where the words stand, in any order; of one that is several targets, each."""
        spaced = spaced_text(text)
        if spaced is None or _has_long_word(spaced):
            return self._find_folded(text)
        spaced = f" {spaced} "
        found: list[Found] = []
        likely = set(self._likely.findall(spaced))
        self._meet(likely)
        for word in filter(self._numbers.__contains__, likely):
            lone = f" {word} "
            at = spaced.find(lone)
            while at >= 0:
                # A place in what begins with one more space is that of the word in the text.
                end = at + len(word)
                found += [(at, end, number) for number in self._numbers[word]]
                at = spaced.find(lone, end)
        return found

    def _find_folded(self, text: str) -> list[Found]:
        divided = TextWords(text)
        self._meet(set(divided.folded))
        return [
            (*divided.span(place), number)
            for place, word in enumerate(divided.folded)
            if word in self._numbers
            for number in self._numbers[word]
        ]

    def _meet(self, words: set[str]) -> None:
        """Find out which of some folded words have stems that are looked for."""
        # Texts of one answer have many words in common.
        new = words - self._met
        if not new or not self._stems:
            return
        self._met |= new
        learn_stems(new, self._language)
        stems = recall_stems(new, self._language)
        for word, stem in zip(new, stems, strict=True):
            if stem in self._stems:
                self._numbers[word] = [*self._numbers.get(word, ()), *self._stems[stem]]


def _has_long_word(spaced: str) -> bool:
    """Return whether a text of words and spaces has a word longer than `MAX_WORD_CHARS`."""
    begin = 0
    while begin + MAX_WORD_CHARS < len(spaced):
        space = spaced.rfind(" ", begin, begin + MAX_WORD_CHARS + 1)
        if space < 0:
            return True
        begin = space + 1
    return False

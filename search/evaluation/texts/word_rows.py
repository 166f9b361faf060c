"""Where words, and words in a row, stand in the texts of one answer: what most queries look for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import contains
from typing import NamedTuple, TypeAlias

from pinakes.indexer import (
    MAX_WORD_CHARS,
    TextWords,
    keeps_initials,
    learn_stems,
    recall_stems,
    spaced_text,
)
from pinakes.search.evaluation.texts.targets import AnyWord, Row, Stems, Target, WordsAt, words_at

Found: TypeAlias = tuple[int, int, tuple[int, ...]]
"""First code point and one past the last of what is one or more of the targets; which ones."""
_NEXT_WORD = re.compile(" +([^ ]+)")
_LOOKED_UP = 8
"""To look for more words than so many takes longer than to look at every word of a text."""


class _Start(NamedTuple):
    """What a word may be the first word of.

    Attributes:
        numbers: Of the targets, which are the same words.
        others: The words that may follow at each place, none for a single word.
    """

    numbers: tuple[int, ...]
    others: tuple[WordsAt, ...] = ()


class WordRows:
    """Finds words and rows of words in texts of one language: as `find_occurrences`, for less."""

    @classmethod
    def of(cls, targets: Sequence[tuple[int, Target]], language: str) -> WordRows | None:
        """Return what finds `targets`; None if one neither is nor begins with a given word."""
        plain = [
            (number, target)
            for number, target in targets
            if isinstance(target, Stems | AnyWord)
            or (isinstance(target, Row) and isinstance(target.places[0], AnyWord))
        ]
        return cls(plain, language) if len(plain) == len(targets) else None

    def __init__(self, targets: Iterable[tuple[int, Stems | AnyWord | Row]], language: str) -> None:
        """Look for targets, each with the number it is told by, in texts of a language."""
        self._language = language
        self._stems: dict[str, list[int]] = {}
        self._met: set[str] = set()
        starts: dict[str, dict[tuple[WordsAt, ...], list[int]]] = {}
        for number, target in targets:
            if isinstance(target, Stems):
                if (stem := dict(target.by_language).get(language)) is not None:
                    self._stems.setdefault(stem, []).append(number)
                continue
            first, *others = target.places if isinstance(target, Row) else (target,)
            following = tuple(map(words_at, others))
            if not isinstance(first, AnyWord):
                raise TypeError("a row that begins with every word")
            for word in first.words:
                starts.setdefault(word, {}).setdefault(following, []).append(number)
        self._starts = {
            word: [_Start(tuple(numbers), following) for following, numbers in every.items()]
            for word, every in starts.items()
        }
        self._likely = re.compile(" ([^ ]+)")
        if keeps_initials(language) or not self._stems:
            # Most words of a text need not be stemmed to see that they are not looked for.
            initials = re.escape(
                "".join(sorted({word[0] for word in (*self._stems, *self._starts)}))
            )
            self._likely = re.compile(f" ([{initials}][^ ]*)" if initials else "(?!)")

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """Return where the targets stand in each text, in any order.

        Texts are gone through as one where that is possible: a step takes its time however short
        what it works on is.
        """
        whole = _spaced(" ".join(texts))
        if whole is not None:
            return self._find_spaced(whole, texts)
        if len(texts) == 1:
            return [self._find_folded(texts[0])]
        parts = [_spaced(text) for text in texts]
        plain = [part for part in parts if part is not None]
        of_plain = iter(self._find_spaced(" ".join(plain), plain))
        return [
            self._find_folded(text) if part is None else next(of_plain)
            for text, part in zip(texts, parts, strict=True)
        ]

    def _find_spaced(self, spaced: str, texts: Sequence[str]) -> list[list[Found]]:
        """Return it of texts, or as many characters, of which `spaced` has the words, joined."""
        spaced = f" {spaced} "
        places = sorted(self._places_in(spaced))
        found: list[list[Found]] = []
        start, at = 0, 0
        for text in texts:
            end = start + len(text)
            own: list[Found] = []
            while at < len(places) and places[at][0] < end:
                first, last, numbers = places[at]
                at += 1
                # A row of words does not go on in another text.
                if last <= end:
                    own.append((first - start, last - start, numbers))
            found.append(own)
            start = end + 1
        return found

    def _places_in(self, spaced: str) -> Iterator[Found]:
        """Yield where targets stand, not counting the space before the text."""
        words = self._words_in(spaced)
        if len(words) > _LOOKED_UP:
            for match in self._likely.finditer(spaced):
                if match[1] in words:
                    yield from self._begun(spaced, match.start(), match[1])
            return
        for word in words:
            lone = f" {word} "
            at = spaced.find(lone)
            while at >= 0:
                yield from self._begun(spaced, at, word)
                at = spaced.find(lone, at + len(word))

    def _begun(self, spaced: str, at: int, word: str) -> Iterator[Found]:
        """Yield what begins with a word; `at` is the place of the space before it."""
        # A place in what begins with one more space is that of the word in the text.
        end = at + len(word)
        for numbers, others in self._starts[word]:
            last = _end_of_row(spaced, end, others) if others else end
            if last:
                yield at, last, numbers

    def _words_in(self, spaced: str) -> Collection[str]:
        """Return words that something may begin with, all that are in a text among them."""
        if not self._stems and len(self._starts) <= _LOOKED_UP:
            return self._starts
        likely = set(self._likely.findall(spaced))
        self._meet(likely)
        return likely.intersection(self._starts)

    def _find_folded(self, text: str) -> list[Found]:
        divided = TextWords(text)
        words = divided.folded
        self._meet(set(words))
        found: list[Found] = []
        for place, word in enumerate(words):
            if word not in self._starts:
                continue
            first, end = divided.span(place)
            for numbers, others in self._starts[word]:
                if not others:
                    found.append((first, end, numbers))
                elif _are_followed(words[place + 1 : place + 1 + len(others)], others):
                    found.append((first, divided.span(place + len(others))[1], numbers))
        return found

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
                start = _Start(tuple(self._stems[stem]))
                self._starts[word] = [*self._starts.get(word, ()), start]


def _end_of_row(spaced: str, end: int, others: Iterable[WordsAt]) -> int:
    """Return where a row ends whose first word ends at `end`; 0 if other words follow.

    Places do not count the space that `spaced` begins with.
    """
    for words in others:
        following = _NEXT_WORD.match(spaced, end + 1)
        if following is None or following[1] not in words:
            return 0
        end = following.end() - 1
    return end


def _are_followed(words: Sequence[str], others: Sequence[WordsAt]) -> bool:
    return len(words) == len(others) and all(map(contains, others, words))


def _spaced(text: str) -> str | None:
    """Return what `spaced_text` does; None also if a word is longer than it is folded."""
    spaced = spaced_text(text)
    return None if spaced is None or _has_long_word(spaced) else spaced


def _has_long_word(spaced: str) -> bool:
    """Return whether a text of words and spaces has a word longer than `MAX_WORD_CHARS`."""
    begin = 0
    while begin + MAX_WORD_CHARS < len(spaced):
        space = spaced.rfind(" ", begin, begin + MAX_WORD_CHARS + 1)
        if space < 0:
            return True
        begin = space + 1
    return False

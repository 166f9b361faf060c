"""A text divided into words, as far as it is asked where they stand: `analysis.words` for less.

Most texts are in ASCII but for a few marks. Such a text is written anew as its folded words with
nothing but spaces around them, in which words are looked for as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from pinakes.indexer.analysis import MAX_WORD_CHARS, fold_all, raw_words, words
from pinakes.indexer.characters import ASCII_WORD

_ASCII_SPACED = bytes(
    ord(chr(code).lower()) if ASCII_WORD.match(chr(code)) else ord(" ") for code in range(256)
)
# What most texts in ASCII letters have beyond ASCII; no word has any of it.
_DIVIDERS = "\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u2022\u00a0\u00ab\u00bb"
# To look for more words one by one takes longer than to find out where all begin.
_FEW_PLACES = 4
_SPACED_WORD = re.compile("[^ ]+")
_START_OF = re.Match.start


def spaced_text(text: str) -> str | None:
    """Return a text as its folded words where they stand, all else being spaces.

    It has the length of the text. Only a word longer than `MAX_WORD_CHARS` is longer than it is
    folded. None for a text that has anything but ASCII and common marks that divide words.

    >>> spaced_text("(Two) “mines”."), spaced_text("Größe")
    (' two   mines  ', None)
    """
    plain = text if text.isascii() else _without_dividers(text)
    if not plain.isascii():
        return None
    return plain.encode("ascii").translate(_ASCII_SPACED).decode("ascii")


def _without_dividers(text: str) -> str:
    """Return a text with spaces in the place of common marks that divide words."""
    for divider in _DIVIDERS:
        text = text.replace(divider, " ")
    return text


def row_pattern(rows: Iterable[Sequence[str]]) -> re.Pattern[str] | None:
    """Return what finds rows of folded words: from the first on, the longest there; none overlap.

    None if a word may be longer than it is folded. To be used by `TextWords.find_rows`.
    """
    asked = sorted(rows, key=len, reverse=True)
    if any(len(word) >= MAX_WORD_CHARS for row in asked for word in row):
        return None
    found = "|".join(" +".join(map(re.escape, row)) for row in asked)
    # The words of the texts meant have nothing but spaces around them.
    return re.compile(f" ({found})(?= )")


class TextWords:
    """What `words` finds in a text, for much less if few places are asked for."""

    def __init__(self, text: str) -> None:
        """Divide `text` into words."""
        spaced = spaced_text(text)
        self._is_spaced = spaced is not None
        self._text = text if spaced is None else spaced
        self._written: list[str] = []
        self._folded: list[str] | None = None
        self._starts: list[int] = []
        self._looked_for = 0

    # What is cached by `cached_property` takes longer than to divide a short text.
    @property
    def folded(self) -> list[str]:
        """The words in the form they are searched by, in order."""
        if self._folded is None:
            self._folded = self._divide()
        return self._folded

    def _divide(self) -> list[str]:
        if not self._is_spaced:
            self._written = raw_words(self._text)
            folded = fold_all(self._written)
            return folded if all(folded) else [word for word in folded if word]
        written = self._written = self._text.split()
        if (
            len(self._text) > MAX_WORD_CHARS
            and len(max(written, key=len, default="")) > MAX_WORD_CHARS
        ):
            return [word[:MAX_WORD_CHARS] for word in written]
        return written

    def span(self, number: int) -> tuple[int, int]:
        """Return the first and one past the last code point of a word, by its position."""
        if len(self.folded) < len(self._written):
            start, end, _ = self._all[number]
            return start, end
        starts, written = self._starts, self._written
        if number >= len(starts):
            if self._is_spaced and self._looked_for < _FEW_PLACES:
                self._looked_for += 1
                start = self._look_for(number)
                return start, start + len(written[number])
            self._find_starts(number)
        return starts[number], starts[number] + len(written[number])

    def _look_for(self, number: int) -> int:
        """Return where a word of a text in ASCII begins: behind all before it that are alike."""
        word = self._written[number]
        # The words of such a text have nothing but spaces around them.
        parted, text = f" {word} ", f" {self._text} "
        start = text.find(parted)
        for _ in range(self._written[:number].count(word)):
            start = text.find(parted, start + 1)
        return start

    def spans_of(self, wanted: Collection[str]) -> list[tuple[int, int, str]]:
        """Return `(start, end, folded)` of each word that is one of some folded ones, in order.

        A text in ASCII is not divided into words for it.
        """
        if not self._is_spaced or max(map(len, wanted), default=0) >= MAX_WORD_CHARS:
            return [(*self.span(n), word) for n, word in enumerate(self.folded) if word in wanted]
        found: list[tuple[int, int, str]] = []
        # The words of such a text have nothing but spaces around them.
        text = f" {self._text} "
        for word in wanted:
            parted = f" {word} "
            start = text.find(parted)
            while start >= 0:
                end = start + len(word)
                found.append((start, end, word))
                start = text.find(parted, end + 1)
        found.sort()
        return found

    def find_rows(self, rows: re.Pattern[str]) -> list[tuple[int, int, str]] | None:
        """Return `(start, end, text)` of each row of words that a `row_pattern` finds, in order.

        The text has the folded words, divided by spaces. None if this text is not in ASCII. It is
        not divided into words for it.
        """
        if not self._is_spaced:
            return None
        return [
            (match.start(1) - 1, match.end(1) - 1, match[1])
            for match in rows.finditer(f" {self._text} ")
        ]

    def _find_starts(self, number: int) -> None:
        """Find out where words begin, up to one of them at least."""
        starts, written = self._starts, self._written
        if self._is_spaced:
            # All at once, for less than it takes to look for half of them.
            starts += map(_START_OF, _SPACED_WORD.finditer(self._text))
            return
        end = starts[-1] + len(written[len(starts) - 1]) if starts else 0
        for word in written[len(starts) : number + 1]:
            # No word begins between two words, so the first place is the right one.
            start = self._text.index(word, end)
            starts.append(start)
            end = start + len(word)

    @cached_property
    def _all(self) -> list[tuple[int, int, str]]:
        return words(self._text)

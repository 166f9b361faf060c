"""The words of a text: where they stand, and the form they are searched by.

Index, queries and highlights all read texts through this module, so a word that was indexed is
found by itself. A change to what it returns makes old indexes wrong: raise `ANALYSIS_VERSION`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache

from pinakes.indexer.characters import (
    ASCII_WORD,
    CYRILLIC,
    FOLDED_LETTERS,
    LATIN_AND_GREEK,
    PATTERNS,
    STRESS,
    word_pattern,
)

ANALYSIS_VERSION = 4
"""Part of the fingerprint of an index; another version of it means another set of words."""

MAX_WORD_CHARS = 200
"""Longer words are found by their first 200 folded characters; they are data, not language."""


def raw_words(text: str) -> list[str]:
    """Return the words as they stand in `text`, in order; those that fold to nothing included."""
    return word_pattern(text).findall(text)


def words(text: str) -> list[tuple[int, int, str]]:
    """Return `(start, end, folded)` of each word of `text`, in order.

    `text[start:end]` is the word as written. The place of a word in the list is its position, as
    phrases count it. Underscores, apostrophes, hyphens and slashes divide words; a character of a
    script written without spaces is a word of its own.

    >>> words("Two mines.")
    [(0, 3, 'two'), (4, 9, 'mines')]
    """
    if text.isascii():
        # To fold such a text is to lower it, which moves nothing.
        matches = ASCII_WORD.finditer(text.lower())
        return [(*match.span(), match[0][:MAX_WORD_CHARS]) for match in matches]
    found = (
        (match.start(), match.end(), fold(match[0])) for match in word_pattern(text).finditer(text)
    )
    return [word for word in found if word[2]]


_ASCII_SPACED = bytes(
    ord(chr(code).lower()) if ASCII_WORD.match(chr(code)) else ord(" ") for code in range(256)
)


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


def is_unspaced(folded: str) -> bool:
    """Return whether a folded word is a character of a script that is written without spaces.

    >>> is_unspaced("山"), is_unspaced("mine")
    (True, False)
    """
    return not folded.isascii() and PATTERNS.unspaced.fullmatch(folded) is not None


# What most texts in ASCII letters have beyond ASCII; no word has any of it.
_DIVIDERS = "\u2019\u2018\u201c\u201d\u2013\u2014\u2026\u2022\u00a0\u00ab\u00bb"


def _without_dividers(text: str) -> str:
    """Return a text with spaces in the place of common marks that divide words."""
    for divider in _DIVIDERS:
        text = text.replace(divider, " ")
    return text


class TextWords:
    """What `words` finds in a text, for much less if few places are asked for."""

    def __init__(self, text: str) -> None:
        """Divide `text` into words."""
        spaced = spaced_text(text)
        self._is_spaced = spaced is not None
        self._text = text if spaced is None else spaced
        self._starts: list[int] = []

    @cached_property
    def _written(self) -> list[str]:
        return self._text.split() if self._is_spaced else raw_words(self._text)

    @cached_property
    def folded(self) -> list[str]:
        """The words in the form they are searched by, in order."""
        written = self._written
        if not self._is_spaced:
            folded = fold_all(written)
            return folded if all(folded) else [word for word in folded if word]
        if max(map(len, written), default=0) > MAX_WORD_CHARS:
            return [word[:MAX_WORD_CHARS] for word in written]
        return written

    def span(self, number: int) -> tuple[int, int]:
        """Return the first and one past the last code point of a word, by its position."""
        if len(self._written) > len(self.folded):
            start, end, _ = self._all[number]
            return start, end
        starts, written = self._starts, self._written
        if number >= len(starts):
            self._find_starts(number)
        return starts[number], starts[number] + len(written[number])

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


def fold(word: str) -> str:
    """Return the form that `word` is searched by: without case, accents and typographic variants.

    Compatibility forms are unified (NFKC), Latin and Greek letters lose their accents (Cyrillic
    `й` is a letter of its own and stays, `ё` becomes `е`), digits of every script become ASCII
    ones, Arabic and Hebrew lose their points, and Persian and Urdu letters are as in Arabic. Empty
    for what is no word.

    >>> fold("Café"), fold("İstanbul"), fold("Ёлкой")
    ('cafe', 'istanbul', 'елкой')
    """
    if word.isascii() and word.isalnum():
        return word.lower()[:MAX_WORD_CHARS]
    return _fold_word(word)


def fold_all(words: Iterable[str]) -> list[str]:
    """Return what `fold` makes of each word; those in ASCII are letters and digits only."""
    several = words if isinstance(words, list) else list(words)
    joined = "\n".join(several)
    # A text that is not in ASCII for its marks only has nothing but such words.
    if several and joined.isascii() and len(max(several, key=len)) <= MAX_WORD_CHARS:
        return joined.lower().split("\n")
    return [
        word.lower() if word.isascii() and len(word) <= MAX_WORD_CHARS else fold(word)
        for word in several
    ]


@lru_cache(maxsize=65_536)
def _fold_word(word: str) -> str:
    folded = _keep_word(word)
    # Dropping a sign can bring a mark next to a letter, and so make an accent of it.
    while folded != word:
        word, folded = folded, _keep_word(folded)
    return folded[:MAX_WORD_CHARS]


def _keep_word(word: str) -> str:
    return "".join(PATTERNS.kept.findall(_fold_letters(word)))


def fold_value(value: str) -> str:
    """Return the form by which a whole value (a host, a path, an author) is looked up.

    Letters as in `fold`; punctuation stays; white space becomes single spaces.
    """
    return " ".join(_fold_letters(value).split())


def _fold_letters(text: str) -> str:
    # Folding can bring forth what folds again (a compatibility form of a capital letter).
    folded = _fold_once(text)
    while folded != text:
        text, folded = folded, _fold_once(folded)
    return folded


def _fold_once(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = PATTERNS.dropped.sub("", text)
    kept: list[str] = []
    base = 0
    for char in text:
        found = _base_of(char)
        if found is None:
            if not _is_accent(base, char):
                kept.append(char)
            continue
        base, letter = found
        kept.append(letter)
    return unicodedata.normalize("NFKC", "".join(kept).translate(FOLDED_LETTERS))


# Texts have few characters, and what they are takes longer to find out than all else.
@lru_cache(maxsize=8192)
def _base_of(char: str) -> tuple[int, str] | None:
    """Return the code point below what marks a character has, and what is kept; None for a mark."""
    if PATTERNS.mark.match(char):
        return None
    base = ord(unicodedata.normalize("NFD", char)[0])
    return base, chr(base) if _has_accents(base) else _digit(char)


def _has_accents(base: int) -> bool:
    return any(first <= base <= last for first, last in LATIN_AND_GREEK)


def _is_accent(base: int, mark: str) -> bool:
    stressed = CYRILLIC[0] <= base <= CYRILLIC[1] and mark in STRESS
    return _has_accents(base) or stressed


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)

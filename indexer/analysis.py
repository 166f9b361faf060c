"""The words of a text: where they stand, and the form they are searched by.

Index, queries and highlights all read texts through this module, so a word that was indexed is
found by itself. A change to what it returns makes old indexes wrong: raise `ANALYSIS_VERSION`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

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


def is_unspaced(folded: str) -> bool:
    """Return whether a folded word is a character of a script that is written without spaces.

    >>> is_unspaced("山"), is_unspaced("mine")
    (True, False)
    """
    return not folded.isascii() and PATTERNS.unspaced.fullmatch(folded) is not None


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

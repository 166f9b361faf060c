"""The words of a text without case and accents, and where they stand.

Words are runs of letters, digits and their marks; a character of a script written without spaces is
a word of its own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3040-\ua4cf\uf900-\ufaff"
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u0963\u0981-\u0dff"
)
WORD = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|[{_MARKS}])+")
# The same, faster, for a text that has none of these.
_PLAIN_WORD = re.compile(rf"[\w{_MARKS}]+")
_NOT_PLAIN = re.compile(f"[_{_ALONE}]")
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
# Whose words are remembered, for all lists that are looked for there: passages of an article.
_MOST_TEXTS = 64
# Letters that no decomposition takes apart, and marks that are not accents.
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "Ø": "O", "Ł": "L", "Đ": "D"})
# It stretches an Arabic word and means nothing.
_TATWEEL = "\u0640"
_KEPT = {"и\u0306": "й", "И\u0306": "Й"}


def fold_word(word: str) -> str:
    """Return a word without case and accents; Cyrillic `й` stays a letter of its own.

    >>> fold_word("Genève"), fold_word("İZMİR"), fold_word("Ёлкой")
    ('geneve', 'izmir', 'елкой')
    """
    if word.isascii():
        return word.lower()
    return _fold_word(word)


@lru_cache(maxsize=32_768)
def _fold_word(word: str) -> str:
    return without_accents(without_accents(word).casefold())


def without_accents(text: str) -> str:
    """Return a text without accents, tatweels and the bars of letters; case stays."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    for pair, letter in _KEPT.items():
        apart = apart.replace(pair, letter)
    # No sign over letters is one itself.
    if not apart.isalpha() or _TATWEEL in apart:
        category = unicodedata.category
        apart = "".join([one for one in apart if one != _TATWEEL and category(one) != "Mn"])
    return apart.translate(_PLAIN)


def find_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, each without case and accents."""
    lowered = text.lower()
    if text.isascii():
        return tuple(_ASCII_WORD.findall(lowered))
    # To lower a text moves nothing, but for a few letters.
    if len(lowered) != len(text):
        return tuple(map(fold_word, _word_in(text).findall(text)))
    found = _word_in(text).findall(lowered)
    return tuple([one if one.isascii() else _fold_word(one) for one in found])


def find_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of a text stand."""
    return tuple([match.span() for match in _word_in(text).finditer(text)])


@lru_cache(maxsize=_MOST_TEXTS)
def words_of(text: str) -> tuple[str, ...]:
    """Return what `find_words` does, remembered for the texts of an article."""
    return find_words(text)


@lru_cache(maxsize=_MOST_TEXTS)
def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """Return what `find_spans` does, remembered likewise."""
    return find_spans(text)


@lru_cache(maxsize=8)
def _word_in(text: str) -> re.Pattern[str]:
    """Return the fastest pattern that finds the words of a text."""
    if text.isascii():
        return _ASCII_WORD
    return WORD if _NOT_PLAIN.search(text) else _PLAIN_WORD

"""Cuts a text into words, numbers, spaces and marks, for rules that look at what follows what.

A rule is a regular expression over one letter a piece, its class: that of `5 December 2022` may be
`d m y` with spaces between. Such a string is a sixth as long as the text, holds no word, and so
needs no list of words in the expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

# Ranges are found faster than the class of all letters, which takes what they leave. Latin, Greek
# and Cyrillic; Hebrew and Arabic with the signs over and under their letters.
_LETTERS = (
    r"a-z\u00df-\u00f6\u00f8-\u024f\u0388-\u03f5\u03f7-\u0481\u048a-\u052f"
    r"\u05d0-\u05f2\u0620-\u0652\u066e-\u06d3"
)
_PIECE = re.compile(rf"[{_LETTERS}]+(?![^\W\d_])| (?!\s)|\d+|\s+|[^\W\d_]+|.", re.DOTALL)
# Each letter of these scripts is a word.
_UNSPACED_PIECE = re.compile(r"\d+|[a-zA-Z]+|\s+|.", re.DOTALL)
# Pieces whose class is kept, a language and a tagger.
_MOST_KEPT = 1 << 15
# Passages that one tagger leaves to the next, which sees them when all of their article are done.
MOST_SHARED = 256
UNSPACED = frozenset({"zh", "ja"})
# Signs of vowels are written over letters, or not at all.
_POINTED = frozenset({"ar", "fa"})
_POINTS = re.compile(r"(?<=\w)[\u064b-\u0652\u0670]+")
_DOTLESS = frozenset({"tr", "az"})


class Pieces:
    """A text in pieces.

    Attributes:
        text: The text as it was.
        words: All of it, in lower case and without Arabic signs of vowels, in order, without gaps.
    """

    def __init__(self, text: str, words: list[str], as_cut: Sequence[str]) -> None:
        self.text = text
        self.words = words
        self._as_cut = as_cut

    @cached_property
    def starts(self) -> list[int]:
        """The first code point of each piece, and one past the last of all at the end."""
        return list(accumulate(map(len, self._as_cut), initial=0))

    def is_capital(self, place: int) -> bool:
        """Whether the piece begins with a capital letter."""
        return self.text[self.starts[place]].isupper()


class PieceClasses(dict[str, str]):
    """The class of each piece, worked out when first asked for, and kept for the usual ones."""

    def __init__(self, known: Mapping[str, str], class_of: Callable[[str], str]) -> None:
        super().__init__(known)
        self._class_of = class_of

    def __missing__(self, piece: str) -> str:
        found = self._class_of(piece)
        if len(self) < _MOST_KEPT:
            self[piece] = found
        return found


@lru_cache(maxsize=MOST_SHARED)
def cut_pieces(text: str, language: str) -> Pieces:
    """Return the pieces of a text; taggers of one passage share them. None is to be changed."""
    pattern = _UNSPACED_PIECE if language in UNSPACED else _PIECE
    lowered = lower_of(text, language)
    found = pattern.findall(lowered)
    words = found
    if language in _POINTED and _POINTS.search(lowered):
        words = [_POINTS.sub("", word) for word in found]
    return Pieces(text, words, found)


def lower_of(text: str, language: str) -> str:
    """Return a text in lower case and of the same length, by the rules of its language."""
    if language in _DOTLESS:
        return text.replace("İ", "i").replace("I", "ı").lower()
    # The one letter whose lower case is longer than itself.
    return text.replace("İ", "I").lower() if "İ" in text else text.lower()


def read_int(digits: str) -> int:
    """Return the number that at most eighteen digits of any script are, and -1 for more."""
    return int(digits) if len(digits) <= 18 else -1


def word_set(written: str) -> frozenset[str]:
    """Return the words of a list in which spaces part them."""
    return frozenset(written.split())

"""What a single word carries beside its letters, told from ordinary text.

`min*`, `m?ne`, `word~2`, `/col+apse/` and `word^2` are operators; `and/or`, `24/7`, `w/o`, `C++`,
`10^6`, `f**k`, `~/notes`, `https://x.org/?a=b` and `why?` are text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from pinakes.search.query.fields import is_address

_REGEX = re.compile(r"/(?:[^\s/\\]|\\\S)+/")
_NUMBER = re.compile(r"=?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_EDITS = re.compile(r"[0-9]*")
_STAR_INSIDE = re.compile(r"(?<=[^\W_])\*(?=[^\W\d_])|(?<=[^\W\d_])\*(?=[^\W_])")
_ONE_LETTER = re.compile(r"[^\W_]\?+[^\W_]|^\?+[^\W_]")
_LOOKS_LIKE_AN_ADDRESS = re.compile(r"[/=&:]")
_AFTER_A_QUESTION = "?!.,;:…'’"
_BEFORE = re.compile(r"[\W_]*")
_SIGNS = frozenset("#%&@§")
MAX_FACTOR = 1e6
"""The most that `^` multiplies by, or a constant score is; no ranking needs more."""


class Score(NamedTuple):
    """What `^2` or `^=2` says.

    Attributes:
        number: The factor, or the score; 0 or more.
        is_constant: Whether it replaces the score.
    """

    number: float
    is_constant: bool


def split_score(text: str) -> tuple[str, Score | None]:
    """Return a word without the `^2` or `^=2` at its end, and what that says, if it has one.

    >>> split_score("mine^2"), split_score("10^6")
    (('mine', Score(number=2.0, is_constant=False)), ('10^6', None))
    """
    base, _, number = text.rpartition("^")
    if is_score(base.rpartition("^")[2]) and "^" in base:
        # `x^2^3` is a formula.
        return text, None
    is_special = base == "*" or is_regex(base) or has_wildcard(base)
    is_word = _has_letter(base) and not is_address(text)
    # `tag:^2` is a field without a value.
    if not is_score(number) or base.endswith(":") or not (is_special or is_word):
        return text, None
    return base, read_score(number)


def split_lost_score(text: str) -> tuple[str, str]:
    """Return a word and the `^-1` or `^abc` at its end that is no score; empty texts if none is.

    >>> split_lost_score("mine^-1"), split_lost_score("x^y")
    (('mine', '^-1'), ('', ''))
    """
    base, caret, number = text.rpartition("^")
    is_word = sum(map(str.isalpha, base)) > 1 and "^" not in base and not is_address(text)
    if not (number and is_word) or is_score(number):
        return "", ""
    return base, caret + number


def is_score(number: str) -> bool:
    """Tell whether `number` is what `read_score` reads."""
    return _NUMBER.fullmatch(number) is not None


def read_score(number: str) -> Score:
    """Return what stands after the `^`: `2`, `0.5`, `=3`."""
    return Score(float(number.removeprefix("=")), number.startswith("="))


def split_edits(text: str) -> tuple[str, str | None]:
    """Return a word without the `~` or `~2` at its end, and the number as written, if it has one.

    >>> split_edits("word~"), split_edits("word~2"), split_edits("~5")
    (('word', ''), ('word', '2'), ('~5', None))
    """
    base, tilde, edits = text.rpartition("~")
    if not tilde or not _EDITS.fullmatch(edits) or not _has_letter(base) or is_address(text):
        return text, None
    return base, edits


def is_regex(text: str) -> bool:
    """Tell whether a word is an expression between slashes."""
    return _REGEX.fullmatch(text) is not None


def has_wildcard(text: str) -> bool:
    """Tell whether a `*` or `?` in a word stands for letters."""
    return not is_address(text) and (has_star(text) or _has_one_letter(text))


def has_star(text: str) -> bool:
    """Tell whether a `*` in a word stands for any letters."""
    if "*" not in text or not any(map(str.isalnum, text)):
        return False
    begins, ends = (_is_one_star(edge) for edge in (text[:2], text[:-3:-1]))
    return begins or ends or _STAR_INSIDE.search(text) is not None


def _has_one_letter(text: str) -> bool:
    return _ONE_LETTER.search(text) is not None and not _LOOKS_LIKE_AN_ADDRESS.search(text)


def find_own(text: str) -> str:
    """Return what `||`, `&&` and `!word` of other languages are here; empty if it is none of them.

    >>> find_own("||"), find_own("!mine"), find_own("why!")
    ('OR', '-mine', '')
    """
    if text in ("||", "&&"):
        return "OR" if text == "||" else "AND"
    is_negated = text.startswith("!") and text[1:2].isalnum()
    return f"-{text[1:]}" if is_negated else ""


def is_asking(text: str) -> bool:
    """Tell whether `text` ends in a question mark, which is punctuation there."""
    tail = text[len(text.rstrip(_AFTER_A_QUESTION)) :]
    return "?" in tail and any(map(str.isalnum, text)) and not is_address(text)


def strip_signs(text: str) -> str:
    """Return what is left of `C++`, `$5` or `50%` to look for; empty if no sign is lost.

    Signs are symbols and `#%&@§`; other punctuation around a word is seldom meant.
    """
    if is_address(text):
        return ""
    before, after = (_BEFORE.match(side) for side in (text, text[::-1]))
    first, last = (found.end() if found else 0 for found in (before, after))
    lost = text[:first] + text[len(text) - last :]
    return text[first : len(text) - last] if any(map(_is_sign, lost)) else ""


def _is_sign(letter: str) -> bool:
    return letter in _SIGNS or unicodedata.category(letter).startswith("S")


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_one_star(edge: str) -> bool:
    """Tell whether two characters at the edge of a word are a star and something else."""
    return edge.startswith("*") and edge != "**"

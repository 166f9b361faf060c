"""Operators of the language that cannot be answered yet, told from ordinary text.

`and/or`, `24/7`, `w/o`, `C++`, `10^6`, `f**k`, `~/notes`, `https://x.org/?a=b` and `why?` are text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pinakes.search.query.fields import is_address

_REGEX = re.compile(r"/(?:[^\s/\\]|\\\S)+/")
_FACTOR = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_EDITS = re.compile(r"[0-9]*")
_STAR_INSIDE = re.compile(r"(?<=[^\W_])\*(?=[^\W\d_])|(?<=[^\W\d_])\*(?=[^\W_])")
_ONE_LETTER = re.compile(r"[^\W_]\?+[^\W_]|^\?+[^\W_]")
_LOOKS_LIKE_AN_ADDRESS = re.compile(r"[/=&:]")
_AFTER_A_QUESTION = "?!.,;:…'’"
_BEFORE = re.compile(r"[\W_]*")
_SIGNS = frozenset("#%&@§")
_DISTANCE = re.compile(r"[0-9]+")

_PROXIMITY_MEANING = {
    "NEAR": "within {} words of each other, in any order",
    "ADJ": "within {} words of each other, in this order",
    "SENT": "in one sentence",
    "PARA": "in one passage",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """An operator that cannot be answered yet.

    Attributes:
        meaning: What it would ask for, to go between "to look for" and a full stop.
        instead: What to write instead of the whole text; empty if nothing is known.
    """

    meaning: str
    instead: str = ""


def find_operator(text: str) -> Operator | None:
    """Return the operator that a word carries, or None if it is ordinary text."""
    if is_address(text):
        return None
    if _REGEX.fullmatch(text):
        return Operator(meaning="words by a regular expression", instead=f'"{text}"')
    base, _, factor = text.rpartition("^")
    if _FACTOR.fullmatch(factor) and _has_letter(base):
        return Operator(meaning="a word that counts more than others", instead=base)
    base, tilde, edits = text.rpartition("~")
    if tilde and _EDITS.fullmatch(edits) and _has_letter(base):
        return Operator(meaning="words spelt like this one", instead=base)
    return find_wildcard(text) or _find_one_letter(text)


def find_wildcard(text: str) -> Operator | None:
    """Return the operator if a `*` in `text` stands for any letters."""
    if "*" not in text or not any(map(str.isalnum, text)):
        return None
    begins, ends = (_is_one_star(edge) for edge in (text[:2], text[:-3:-1]))
    if not (begins or ends or _STAR_INSIDE.search(text)):
        return None
    if ends and not begins:
        return Operator(meaning="words that begin so", instead=f'"{text}"')
    if begins and not ends:
        return Operator(meaning="words that end so", instead=f'"{text}"')
    return Operator(meaning="words with any letters in that place", instead=f'"{text}"')


def _find_one_letter(text: str) -> Operator | None:
    if not _ONE_LETTER.search(text) or _LOOKS_LIKE_AN_ADDRESS.search(text):
        return None
    return Operator(meaning="words with any one letter in that place", instead=f'"{text}"')


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


def describe_proximity(text: str) -> str:
    """Return what `NEAR/5`, `w/5`, `/5`, `ADJ`, `SENT` or `PARA` would ask for."""
    found = _DISTANCE.search(text)
    distance = found[0] if found else "10"
    name = next((name for name in _PROXIMITY_MEANING if text.startswith(name)), "NEAR")
    return _PROXIMITY_MEANING[name].format(distance)


def _is_sign(letter: str) -> bool:
    return letter in _SIGNS or unicodedata.category(letter).startswith("S")


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_one_star(edge: str) -> bool:
    """Tell whether two characters at the edge of a word are a star and something else."""
    return edge.startswith("*") and edge != "**"

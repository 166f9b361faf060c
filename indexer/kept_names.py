"""Names that no stemmer may make one with another word: Keating is not Keats."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_LISTS = {"en": "english_names.txt"}
"""Of the languages whose names have no endings but that of the plural: a list of names, folded."""
_PLURAL = "s"


def keep_names(words: Sequence[str], stems: Sequence[str], language: str) -> list[str]:
    """Return stems of folded words, where a word is a name that name, of its plural the singular.

    >>> keep_names(["keating", "keatings", "mining"], ["keat", "keat", "mine"], "en")
    ['keating', 'keating', 'mine']
    """
    if language not in _LISTS:
        return list(stems)
    names = _read_names(language)
    return [_kept(word, stem, names) for word, stem in zip(words, stems, strict=True)]


def _kept(word: str, stem: str, names: frozenset[str]) -> str:
    if word in names:
        return word
    if word.endswith(_PLURAL) and word.removesuffix(_PLURAL) in names:
        return word.removesuffix(_PLURAL)
    return stem


@cache
def _read_names(language: str) -> frozenset[str]:
    text = files("pinakes.indexer").joinpath(_LISTS[language]).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name for line in lines for name in line.split())

"""When two values of a tag mean the same."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

_FIGURES = re.compile(r"\d+")
_NO_SPACE = re.compile(r"\s+")
_LAST_ZEROS = re.compile(r"(?<=\.\d)0+(?!\d)|\.0+(?!\d)")
_ARTICLE = re.compile(r"^(?P<instrument>.+), (?P<article>\D{1,12} ?\d[^,]*)$")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")


class SameNames:
    """Knows which names are of the same thing."""

    def __init__(self, groups: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self._groups: dict[tuple[str, str], set[str]] = {}
        for type_, lists in groups.items():
            for names in lists:
                folded = {fold(name) for name in names}
                for name in folded:
                    self._groups.setdefault((type_, name), set()).update(folded)

    @classmethod
    def read(cls, path: Path) -> SameNames:
        """Read a TOML file of lists of names by type of tag."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def is_same(self, type_: str, found: str, annotated: str) -> bool:
        """Whether a found value is that of the annotation, or another name of it."""
        if fold(found) in self._names(type_, annotated):
            return True
        if type_ == "law":
            return self._is_article(found, annotated, is_needed=True)
        if type_ == "number":
            return _number(found) == _number(annotated)
        return type_ == "mentions" and _is_same_date(found, annotated)

    def is_part(self, found: str, annotated: str) -> bool:
        """Whether a law found is the instrument of an annotated article, or that article."""
        return self._is_article(found, annotated, is_needed=False)

    def _names(self, type_: str, name: str) -> set[str]:
        folded = fold(name)
        return self._groups.get((type_, folded), {folded})

    def _is_article(self, found: str, annotated: str, *, is_needed: bool) -> bool:
        """Whether one of the articles annotated is told, or if none is needed, none is told."""
        parts = _ARTICLE.match(annotated)
        if parts is None:
            return False
        articles = set(_FIGURES.findall(parts["article"]))
        for name in sorted(self._names("law", parts["instrument"]), key=len, reverse=True):
            if name in fold(found):
                told = set(_FIGURES.findall(fold(found).replace(name, " ")))
                return bool(told & articles) or not (told or is_needed)
        return False


def _is_same_date(found: str, annotated: str) -> bool:
    """Whether a date is told, if need be without its year, or as an end of an open range."""
    ends, expected = found.strip(".").split(".."), annotated.split("..")
    return len(ends) == len(expected) and all(
        end == date or (end.startswith("--") and end[1:] == date[4:])
        for end, date in zip(ends, expected, strict=True)
    )


def fold(value: str) -> str:
    """Return a value without case, doubled spaces, and `the` before it."""
    folded = unicodedata.normalize("NFC", value).translate(_APOSTROPHES).casefold()
    return " ".join(folded.split()).removeprefix("the ")


def _number(value: str) -> str:
    """Return an amount without spaces, last zeros, and `people`, which goes without saying."""
    return _LAST_ZEROS.sub("", _NO_SPACE.sub("", fold(value)).removesuffix("people"))

"""Taggers for tests: some that work, and every way of being at fault."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.corpus.tagging.level import TagLevel
from pinakes.corpus.tagging.tagger import FoundTag, PassageText, Tagger, tagger

_WORD = re.compile(r"\w+")


def found(type_: str, value: str, start: int, end: int, **more: object) -> FoundTag:
    return FoundTag(type=type_, value=value, start=start, end=end, reason="it says so", **more)


@tagger("capital", version=2, types=("capital",))
def tag_capitals(passage: PassageText) -> Iterator[FoundTag]:
    """Words that begin with a capital letter."""
    for word in _WORD.finditer(passage.text):
        if word[0][0].isupper():
            yield found("capital", word[0], *word.span())


@tagger("long-word", version=1, types=("long-word",), level=TagLevel.ALL)
def tag_long_words(passage: PassageText) -> Iterator[FoundTag]:
    """Words of nine letters or more."""
    for word in _WORD.finditer(passage.text):
        if len(word[0]) > 8:
            yield found("long-word", word[0].lower(), *word.span(), variant="by-length")


@tagger("raises", version=1, types=("odd",))
def tag_and_raise(passage: PassageText) -> Iterator[FoundTag]:
    """Fails where a passage says so, after its first tag."""
    yield found("odd", "first", 0, 1)
    if "fail" in passage.text:
        raise ZeroDivisionError("a tagger at fault")


def yielding(*tags: object, types: tuple[str, ...] = ("odd",)) -> Tagger:
    """A tagger that yields these of every passage."""
    return tagger("odd", version=1, types=types)(lambda _passage: iter(tags))

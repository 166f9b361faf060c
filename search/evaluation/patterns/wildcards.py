"""Wildcards as patterns of letters: `min*`, `m?ne`, `*.example.org`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.indexer import words
from pinakes.search.query.regex import ANY_LETTER, ANY_LETTERS, Letters, Pattern, Row, letters_of


def value_shape(value: str, *, has_letters: bool) -> Pattern:
    """Return the pattern that whole values have to fit.

    Args:
        value: Folded; `*` stands for any letters or none.
        has_letters: Whether `?` stands for one letter.
    """
    parts: list[Pattern] = []
    for piece in re.split(r"([*?])" if has_letters else r"(\*)", value):
        if piece == "*":
            parts += [ANY_LETTERS] * (parts[-1:] != [ANY_LETTERS])
        elif piece == "?" and has_letters:
            parts.append(ANY_LETTER)
        else:
            parts += letters_of(piece).parts
    return Row(tuple(parts))


def wildcard_shapes(text: str) -> Iterator[str | Pattern]:
    """Yield the words that a wildcard asks for: as they are, or as patterns.

    Signs divide words as they do in texts: `covid-1*` is `covid`, then `1*`.
    """
    if "?" not in text and not words(text):
        return
    letters: list[Pattern] = []
    for piece in re.split(r"([*?])", text):
        if piece == "*":
            letters += [ANY_LETTERS] * (letters[-1:] != [ANY_LETTERS])
        elif piece == "?":
            letters.append(ANY_LETTER)
        elif piece:
            at = 0
            for start, end, folded in words(piece):
                if letters and (start or at):
                    yield _shape_of(letters)
                    letters = []
                letters += letters_of(folded).parts
                at = end
            if letters and at < len(piece):
                yield _shape_of(letters)
                letters = []
    if letters:
        yield _shape_of(letters)


def _shape_of(letters: list[Pattern]) -> str | Pattern:
    if any(letter in (ANY_LETTER, ANY_LETTERS) for letter in letters):
        return Row(tuple(letters))
    return "".join(chr(letter.ranges[0][0]) for letter in letters if isinstance(letter, Letters))

"""Text in terminal columns: how wide it is, where it may break, how it is cut short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"

_WORD = re.compile(r"\S+")
# Latin and Cyrillic letters, ASCII and general punctuation: a column each, broken at spaces only.
_NARROW = re.compile(
    "[ -~\xa1-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]*"
)
_NO_COLUMN = frozenset({"Mn", "Me", "Cf"})
_OPENING = frozenset({"Ps", "Pi"})
# Punctuation and small signs that stay with what stands before them.
_CLOSING = frozenset({"Pe", "Pf", "Po", "Lm", "Mn", "Mc", "Me", "Cf"})


def column_count(text: str) -> int:
    """Return how many columns `text` takes: 2 for a wide character, 0 for a combining mark."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    return sum(map(_columns, text))


def pad(text: str, columns: int) -> str:
    """Return `text` with spaces after it up to `columns` columns."""
    return text + " " * (columns - column_count(text))


def shorten(text: str, columns: int, *, ellipsis: str = ELLIPSIS) -> str:
    """Return `text`, or as much of its start as fits in `columns` columns with an ellipsis.

    Where not even the ellipsis fits, nothing is left.
    """
    if column_count(text) <= columns:
        return text
    if columns < column_count(ellipsis):
        return ""
    used = column_count(ellipsis)
    kept = 0
    while used + _columns(text[kept]) <= columns:
        used += _columns(text[kept])
        kept += 1
    return text[:kept].rstrip() + ellipsis


def shorten_start(text: str, columns: int) -> str:
    """Return `text`, or as much of its end as fits in `columns` columns."""
    if column_count(text) <= columns:
        return text
    used = 0
    first = len(text)
    while first and used + _columns(text[first - 1]) <= columns:
        used += _columns(text[first - 1])
        first -= 1
    # A combining mark whose letter had no room.
    while first < len(text) and not _columns(text[first]):
        first += 1
    return text[first:]


def wrap(text: str, columns: int) -> list[str]:
    """Return the lines of `text`, none wider than `columns`; white space at their ends is gone."""
    return [text[start:end] for start, end in line_spans(text, columns)]


def line_spans(text: str, columns: int) -> list[tuple[int, int]]:
    """Return the half-open spans of the lines that `text` breaks into, as in `wrap`.

    Lines break at white space, beside Chinese, Japanese and Korean characters (closing
    punctuation stays on the line of what it closes), and inside a word wider than a line.
    """
    if columns > 0 and _NARROW.fullmatch(text):
        return _narrow_spans(text, columns)
    lines: list[tuple[int, int]] = []
    line: tuple[int, int] | None = None
    used = 0
    for start, end in _unbreakable_spans(text):
        if line:
            wider = used + column_count(text[line[1] : end])
            if wider <= columns:
                line, used = (line[0], end), wider
                continue
            lines.append(line)
        *full, line = _cut(text, (start, end), columns)
        lines.extend(full)
        used = column_count(text[line[0] : line[1]])
    if line:
        lines.append(line)
    return lines


def _narrow_spans(text: str, columns: int) -> list[tuple[int, int]]:
    """Do as `line_spans` with a text of `_NARROW` characters only, in one go."""
    # To the end of the last word that has room, or of as much of a word as has.
    line = rf"[^ ](?:.{{0,{columns - 1}}}(?<! ))?(?= |\Z)|[^ ]{{{columns}}}"
    return [match.span() for match in re.finditer(line, text)]


def _columns(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.category(char) in _NO_COLUMN or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _unbreakable_spans(text: str) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(text):
        start = word.start()
        if not word.group().isascii():
            for at in range(start + 1, word.end()):
                if _may_break(text[at - 1], text[at]):
                    yield start, at
                    start = at
        yield start, word.end()


def _may_break(before: str, after: str) -> bool:
    if _columns(before) != 2 and _columns(after) != 2:
        return False
    return (
        unicodedata.category(before) not in _OPENING and unicodedata.category(after) not in _CLOSING
    )


def _cut(text: str, span: tuple[int, int], columns: int) -> Iterator[tuple[int, int]]:
    """Cut a word wider than a line; a combining mark stays with its letter."""
    start, end = span
    used = 0
    for at in range(start, end):
        width = _columns(text[at])
        if used and used + width > columns:
            yield start, at
            start, used = at, 0
        used += width
    yield start, end

"""Finds paragraphs, headings, list items and quotes in the lines of a plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.assemble import TextBuilder

_BULLET = re.compile(r"\s*[-*•‣▪◦●·]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(?:\d{1,2}[.)]|\((?:\d{1,2}|[a-z])\)|[a-z]\))\s+(?=\S)")
_QUOTE = re.compile(r"\s*>[>\s]*")
_UNDERLINE = re.compile(r"\s*(=|-|~|\^|\*|_)\1{2,}\s*")
_RULE = re.compile(r"[\s\-=~_*#·•.—–^+]{3,}")
_SENTENCE_END = tuple('.!?…:。！？؟۔।"”»')
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_LONGEST_HEADING = 80
_LONGEST_UNDERLINED = 200
# A line is as wide as a wrapped one may be; paragraphs that are lines are longer.
_NARROWEST, _WIDEST = 30, 130
_RAGGED = 8
_FEWEST_VERSES = 3
_VERSE_WIDTH = 85
# Verses of one length look wrapped as well; nobody wraps prose so narrow.
_NARROWEST_PROSE = 50


@dataclass(slots=True)
class _Pending:
    kind: Kind
    lines: list[str] = field(default_factory=list)


def wrap_width(lines: Iterable[str]) -> int:
    """Return the width at which `lines` were wrapped by hand or by a program; 0 if they were not.

    They were if hardly any line had room for the first word of the next, and most end inside a
    sentence; the last line of a paragraph says nothing.
    """
    inner = [
        (line.strip(), following.strip())
        for group in groups_of(lines)
        for line, following in pairwise(group)
        if not _RULE.fullmatch(following)
    ]
    # One or two lines prove little, unless the next goes on in the middle of a sentence.
    is_evident = len(inner) > 2 or all(following[0].islower() for _, following in inner)
    if not inner or not is_evident:
        return 0
    lengths = sorted(len(line) for line, _ in inner)
    width = lengths[min(len(lengths) - 1, len(lengths) * 19 // 20)]
    if not _NARROWEST <= width <= _WIDEST or lengths[-1] > 2 * _WIDEST:
        return 0
    full = sum(
        len(line) + 1 + len(following.split(maxsplit=1)[0]) >= width - _RAGGED
        for line, following in inner
    )
    ended = sum(line.endswith(_SENTENCE_END) for line, _ in inner)
    return width if full * 10 >= len(inner) * 7 and ended * 2 <= len(inner) else 0


def groups_of(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the runs of lines that hold something."""
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def add_blocks(builder: TextBuilder, lines: list[str]) -> None:
    """Add the blocks of a plain text to `builder`.

    Wrapped lines are joined to paragraphs; otherwise a line is a paragraph, but for groups of short
    lines that end inside sentences: verses, kept as lines of one. Headings are underlined
    or short and in capitals; list items begin with a bullet (dropped) or a number (kept); quotes
    with `>`.
    """
    width = wrap_width(lines)
    if width < _NARROWEST_PROSE:
        width = wrap_width(_without_verses(lines))
    capitals = sum(line.isupper() for line in lines)
    has_headings = capitals * 2 < sum(1 for line in lines if line.strip())
    for group in groups_of(lines):
        if _is_verse(group, width) if width else _is_stanza(group):
            builder.add(Kind.PARAGRAPH, "\n".join(group), keep_lines=True)
        else:
            _add_group(builder, group, is_wrapped=width > 0, has_headings=has_headings)


def is_list_item(line: str) -> bool:
    """Whether `line` begins as a list item does."""
    return bool(_BULLET.match(line) or _NUMBER.match(line))


def underline_level(line: str, above: str) -> int:
    """Return the heading level (1 or 2) that `line` gives to the line above it, or 0."""
    match = _UNDERLINE.fullmatch(line)
    above = above.strip()
    if not match or not above or len(above) > _LONGEST_UNDERLINED:
        return 0
    if len(line.strip()) * 2 < len(above):
        return 0
    return 1 if match[1] == "=" else 2


def _is_verse(group: list[str], width: int) -> bool:
    if len(group) < 2 or any(is_list_item(line) or _QUOTE.match(line) for line in group):
        return False
    if any(_RULE.fullmatch(line) for line in group):
        return False
    return max(len(line.strip()) for line in group) * 10 < width * 7


def _without_verses(lines: Iterable[str]) -> Iterator[str]:
    for group in groups_of(lines):
        if not _is_stanza(group):
            yield from (*group, "")


def _is_stanza(group: list[str]) -> bool:
    """Whether lines look like verses whatever the width of the text around them."""
    ended = sum(line.rstrip().endswith(_SENTENCE_END) for line in group)
    return (
        len(group) >= _FEWEST_VERSES
        and ended * 2 <= len(group)
        and not any(map(_is_capitals, group))
        and _is_verse(group, _VERSE_WIDTH)
    )


def _add_group(
    builder: TextBuilder, group: list[str], *, is_wrapped: bool, has_headings: bool
) -> None:
    pending: _Pending | None = None

    def flush() -> None:
        nonlocal pending
        if pending is not None:
            builder.add(pending.kind, _joined(pending.lines))
        pending = None

    for index, line in enumerate(group):
        above = group[index - 1] if index else ""
        if (
            pending is not None
            and len(pending.lines) == 1
            and (level := underline_level(line, above))
        ):
            builder.add(Kind.HEADING, pending.lines[0], level=level)
            pending = None
        elif _RULE.fullmatch(line):
            flush()
        elif has_headings and _is_capitals(line) and (not is_wrapped or len(group) == 1):
            flush()
            builder.add(Kind.HEADING, line)
        elif (started := _started(line, pending, above, is_wrapped=is_wrapped)) is not None:
            flush()
            pending = started
        elif pending is not None:
            pending.lines.append(
                _QUOTE.sub("", line, count=1) if pending.kind is Kind.QUOTE else line
            )
    flush()


def _started(
    line: str, pending: _Pending | None, above: str, *, is_wrapped: bool
) -> _Pending | None:
    """Return the block that begins with `line`, or None if it goes on with the pending one."""
    is_indented = line.startswith(("  ", "\t"))
    if match := _QUOTE.match(line):
        if pending is not None and pending.kind is Kind.QUOTE:
            return None
        return _Pending(Kind.QUOTE, [line[match.end() :]])
    in_list = pending is not None and pending.kind is Kind.LIST_ITEM
    may_be_item = not is_wrapped or pending is None or in_list or above.rstrip().endswith(":")
    if may_be_item and is_list_item(line):
        return _Pending(Kind.LIST_ITEM, [_BULLET.sub("", line, count=1)])
    if pending is None:
        return _Pending(Kind.PARAGRAPH, [line])
    if is_wrapped:
        begins_anew = is_indented and not above.startswith((" ", "\t"))
        return _Pending(Kind.PARAGRAPH, [line]) if begins_anew and not in_list else None
    return None if in_list and is_indented else _Pending(Kind.PARAGRAPH, [line])


def _is_capitals(line: str) -> bool:
    line = line.strip()
    if not line.isupper() or len(line) > _LONGEST_HEADING or line.endswith((".", ",", ";")):
        return False
    return any(len(word) > 2 and word.isalpha() for word in line.split())


def _joined(lines: list[str]) -> str:
    """Join wrapped lines: no space after a hyphen inside a word, nor between Han characters."""
    parts = [lines[0].strip()]
    for line in map(str.strip, lines[1:]):
        above = parts[-1]
        is_hyphenated = above[-2:-1].isalpha() and above.endswith("-") and line[:1].islower()
        is_dense = _CJK.match(above[-1:]) and _CJK.match(line)
        if not (is_hyphenated or is_dense):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)

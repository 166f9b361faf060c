"""Puts what a reader found into one text with blocks at exact offsets.

In: (kind, raw text, heading level) in reading order. Out: an `Extract`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pinakes.corpus.extract import Block, Extract
from pinakes.corpus.model import Kind, MetadataValue

JOINT = "\n\n"
_TAB = 4

# Soft hyphens, zero-width spaces, byte order marks, bidirectional controls, invisible operators and
# control characters that are not white space: none of them is seen, all of them break words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc]+"
)
# Joiners spell words in Arabic and Indic scripts and tie emoji together; elsewhere they are litter.
_STRAY_JOINER = re.compile(
    "(?<![\u0600-\u1aff\u2600-\u27bf\ufe0f\U00010000-\U0010ffff])[\u200c\u200d]+"
)
# JSON can spell half a surrogate pair, which no UTF-8 file can hold.
_SURROGATE = re.compile("[\ud800-\udfff]")

_KEEPS_LINES = frozenset({Kind.TABLE})
_BODY = frozenset({Kind.PARAGRAPH, Kind.QUOTE, Kind.LIST_ITEM, Kind.TABLE})
_DEFAULT_LEVEL = 2


def clean(text: str, *, keep_lines: bool = False) -> str:
    """Return `text` as an article keeps it: NFC, single spaces, nothing invisible, ends stripped.

    Every run of white space (no-break spaces and line ends too) becomes one space; with
    `keep_lines` lines stay apart by one line feed, indented as they are beyond the first, and empty
    ones go. Cleaning twice changes nothing.
    """
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub("", text)
        text = _STRAY_JOINER.sub("", text)
        text = _SURROGATE.sub("\ufffd", text)
        text = unicodedata.normalize("NFC", text)
    if keep_lines:
        lines = [line.expandtabs(_TAB) for line in text.splitlines() if line.strip()]
        indents = [len(line) - len(line.lstrip()) for line in lines]
        return "\n".join(
            " " * (indent - indents[0]) + " ".join(line.split())
            for line, indent in zip(lines, indents, strict=True)
        )
    return " ".join(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    kind: Kind
    text: str
    level: int


class TextBuilder:
    """Collects the blocks of one article in reading order, then builds its `Extract`."""

    def __init__(self) -> None:
        self._title: str = ""
        self._pieces: list[_Piece] = []

    def add(self, kind: Kind, text: str, *, level: int = 0, keep_lines: bool = False) -> None:
        """Append one block; nothing happens if its text is empty once cleaned.

        The first `TITLE` leads the article wherever it was added; a later, different one becomes
        a heading of level 1.

        Args:
            kind: What it is.
            text: Raw text. A table has one line a row and `" | "` between cells.
            level: 1 to 6 for a heading (0 counts as 2); ignored for other kinds.
            keep_lines: Keep line ends, as in a poem or an address; a table always does.
        """
        if kind in _KEEPS_LINES:
            # Of a table's rows, those with an empty first cell begin with a space.
            text, keep_lines = "\n".join(map(str.strip, text.splitlines())), True
        cleaned = clean(text, keep_lines=keep_lines)
        if not cleaned:
            return
        if kind is Kind.TITLE:
            if not self._title:
                self._title = cleaned
                return
            kind, level = Kind.HEADING, 1
        self._pieces.append(_Piece(kind=kind, text=cleaned, level=level or _DEFAULT_LEVEL))

    def build(self, *, metadata: Iterable[MetadataValue] = (), record: str = "") -> Extract:
        """Return the article: the title first, once, then the other blocks in order.

        A paragraph, lead or heading right after the title that only repeats it (case and spaces
        aside) is dropped; a heading that does so is dropped up to the first body block.
        """
        pieces = self._without_repeated_title()
        if self._title:
            pieces.insert(0, _Piece(kind=Kind.TITLE, text=self._title, level=0))
        blocks: list[Block] = []
        open_headings: list[_Piece] = []
        start = 0
        for piece in pieces:
            if piece.kind is Kind.HEADING:
                while open_headings and open_headings[-1].level >= piece.level:
                    open_headings.pop()
                open_headings.append(piece)
            end = start + len(piece.text)
            section = tuple(heading.text for heading in open_headings)
            blocks.append(Block(kind=piece.kind, start=start, end=end, section=section))
            start = end + len(JOINT)
        return Extract(
            text=JOINT.join(piece.text for piece in pieces),
            blocks=tuple(blocks),
            metadata=tuple(metadata),
            record=record,
        )

    def _without_repeated_title(self) -> list[_Piece]:
        title = self._title.casefold()
        kept: list[_Piece] = []
        has_body = False
        for piece in self._pieces:
            may_repeat = piece.kind in (Kind.PARAGRAPH, Kind.LEAD) if not kept else False
            if piece.kind is Kind.HEADING and not has_body:
                may_repeat = True
            if may_repeat and piece.text.casefold() == title:
                continue
            kept.append(piece)
            has_body = has_body or piece.kind in _BODY
        return kept

"""The structural walk: what a page sets apart becomes raw blocks, nothing judged yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.html.tables import is_data_table, table_text
from pinakes.corpus.readers.html.tree import BLOCK_TAGS, SILENT_TAGS, Node, Page

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KIND_OF_TAG = {
    "blockquote": Kind.QUOTE,
    "li": Kind.LIST_ITEM,
    "dt": Kind.LIST_ITEM,
    "dd": Kind.LIST_ITEM,
    "figcaption": Kind.CAPTION,
    "caption": Kind.CAPTION,
}
# A list inside a quotation is still quoted; a caption inside a list item is a caption.
_STRENGTH = {Kind.PARAGRAPH: 0, Kind.LIST_ITEM: 1, Kind.QUOTE: 2, Kind.CAPTION: 3, Kind.HEADING: 4}
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CAPTION_WORDS = frozenset({"caption", "figcaption", "captiontext", "cutline", "bildunterschrift"})
# A list or a table may lay out a page of articles: within one of these text is text again.
_SECTIONING = frozenset({"article", "section", "main"})
# What `br` leaves until a block ends: a line end of its source means less.
_BREAK = "\u2028"
# Verses, addresses: so many lines or more, none long; wrapped prose has longer ones.
_FEWEST_VERSES = 3
_LONGEST_VERSE, _LONGEST_MEAN_VERSE = 80, 55
_SHORTEST_MEAN_PARAGRAPH = 100
_INDENT = re.compile("\\s*[\u00a0\u3000]{2}")
_SENTENCE_END = tuple('.!?…:。！？؟۔।"”»’)')
_KEEPS_LINES = frozenset({"pre", "listing", "xmp", "plaintext"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBlock:
    """A run of text that the page sets apart, before anyone decides whether it is content.

    Attributes:
        kind: What its elements make of it.
        text: As the page has it but for white space at the ends; line ends mean nothing unless
            `keep_lines`, which three short lines or more have that `br` sets apart.
        level: 1 to 6 for a heading, else 0.
        chars: Code points of the text without white space; those of scripts that write a word in
            one or two count as three.
        link_chars: How many of them stand in links.
        node: The innermost element that set it apart; its ancestors are the block's tag path, their
            words and attributes its features.
        keep_lines: Whether line ends are part of the text.
    """

    kind: Kind
    text: str
    level: int
    chars: int
    link_chars: int
    node: Node
    keep_lines: bool = False

    @property
    def link_density(self) -> float:
        """The share of its characters that stand in links, 0 to 1."""
        return self.link_chars / self.chars if self.chars else 0.0


class _Context(NamedTuple):
    """What the elements around a place make of text there."""

    kind: Kind
    level: int
    node: Node
    keep_lines: bool
    in_link: bool


def collect_blocks(page: Page) -> list[RawBlock]:
    """Return every run of visible text of the page in reading order.

    A block element ends a run, an inline element never does; two `br` with nothing between them
    end a paragraph. A table of data is one block; one that lays out the page is walked through.
    """
    walk = _Walk()
    outermost = _Context(Kind.PARAGRAPH, 0, page.root, False, False)
    stack: list[tuple[Node | str | None, _Context]] = [(page.root, outermost)]
    while stack:
        item, context = stack.pop()
        if item is None:
            walk.end_block(context)
        elif isinstance(item, str):
            walk.add_text(item, context)
        elif item.tag == "br":
            walk.add_break(context)
        elif item.tag == "table" and is_data_table(item):
            walk.add_table(item, context)
        elif item.tag not in SILENT_TAGS:
            inner = context
            if item.tag in BLOCK_TAGS:
                walk.end_block(context)
                inner = _enter(item, context)
                stack.append((None, inner))
            elif item.tag == "a" and "href" in item.attributes:
                inner = _Context(
                    context.kind, context.level, context.node, context.keep_lines, True
                )
            stack.extend((child, inner) for child in reversed(item.children))
    walk.end_block(outermost)
    return walk.blocks


def _enter(node: Node, around: _Context) -> _Context:
    kind, level = around.kind, around.level
    if node.tag in _SECTIONING:
        kind, level = Kind.PARAGRAPH, 0
    inner = Kind.HEADING if node.tag in _HEADINGS else _KIND_OF_TAG.get(node.tag, Kind.PARAGRAPH)
    if _STRENGTH[inner] > _STRENGTH[kind]:
        kind, level = inner, _HEADINGS.get(node.tag, 0)
    elif kind is Kind.PARAGRAPH and not _CAPTION_WORDS.isdisjoint(node.words):
        kind = Kind.CAPTION
    keep_lines = around.keep_lines or node.tag in _KEEPS_LINES
    return _Context(kind, level, node, keep_lines, around.in_link)


class _Walk:
    """Gathers the text of the block that is open and the blocks that are done."""

    def __init__(self) -> None:
        self.blocks: list[RawBlock] = []
        self._parts: list[str] = []
        self._link_chars = 0
        self._is_after_break = False

    def add_text(self, text: str, context: _Context) -> None:
        if context.keep_lines:
            self._parts.append(text)
            return
        if not text.isspace():
            self._is_after_break = False
            if context.in_link:
                self._link_chars += _count_chars(text)
        self._parts.append(text)

    def add_break(self, context: _Context) -> None:
        if self._is_after_break and not context.keep_lines:
            self.end_block(context)
        else:
            self._parts.append("\n" if context.keep_lines else _BREAK)
            self._is_after_break = True

    def add_table(self, table: Node, context: _Context) -> None:
        self.end_block(context)
        text, link_chars = table_text(table)
        if text:
            self.blocks.append(
                RawBlock(
                    kind=Kind.TABLE,
                    text=text,
                    level=0,
                    chars=_count_chars(text),
                    link_chars=link_chars,
                    node=table,
                    keep_lines=True,
                )
            )

    def end_block(self, context: _Context) -> None:
        if not self._parts:
            return
        text = "".join(self._parts).strip()
        self._parts.clear()
        if text:
            self._add_blocks(text, context)
        self._link_chars = 0
        self._is_after_break = False

    def _add_blocks(self, text: str, context: _Context) -> None:
        if _BREAK in text:
            texts, keep_lines = _settle_breaks(text)
        else:
            texts, keep_lines = [text], context.keep_lines
        link_density = self._link_chars / max(1, sum(map(_count_chars, texts)))
        for each in texts:
            chars = _count_chars(each)
            self.blocks.append(
                RawBlock(
                    kind=context.kind,
                    text=each,
                    level=context.level,
                    chars=chars,
                    link_chars=round(link_density * chars),
                    node=context.node,
                    keep_lines=keep_lines,
                )
            )


def _settle_breaks(text: str) -> tuple[list[str], bool]:
    """Return the paragraphs of a text with breaks, and whether line ends are part of it.

    Short lines are verses, and their ends part of the text. Long lines that each end a sentence, or
    are indented by spaces that do not break, are paragraphs. Any other break means little.
    """
    parts = [part for part in text.split(_BREAK) if part.strip()]
    lines = [" ".join(part.split()) for part in parts]
    mean_length = sum(map(len, lines)) / max(1, len(lines))
    if mean_length >= _SHORTEST_MEAN_PARAGRAPH and (
        all(map(_INDENT.match, parts[1:]))
        or all(line.endswith(_SENTENCE_END) for line in lines[:-1])
    ):
        return lines, False
    is_verse = (
        len(lines) >= _FEWEST_VERSES
        and max(map(len, lines)) <= _LONGEST_VERSE
        and mean_length <= _LONGEST_MEAN_VERSE
    )
    return ["\n".join(lines)] if lines else [], is_verse


def _count_chars(text: str) -> int:
    count = sum(map(len, text.split()))
    return count if text.isascii() else count + 2 * len(_DENSE.findall(text))

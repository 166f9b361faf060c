"""Decides which raw blocks of a page are its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.boilerplate_lines import is_boilerplate
from pinakes.corpus.readers.html.authors import read_authors
from pinakes.corpus.readers.html.block_runs import trim, without_link_sections
from pinakes.corpus.readers.html.blocks import RawBlock
from pinakes.corpus.readers.html.boilerplate_elements import mark_boilerplate
from pinakes.corpus.readers.html.container import find_container
from pinakes.corpus.readers.html.leads import find_lead
from pinakes.corpus.readers.html.metadata import PageMetadata
from pinakes.corpus.readers.html.short_blocks import (
    is_clock,
    is_dateline,
    is_litter,
    is_plea,
    is_pointer,
    starts_byline,
)
from pinakes.corpus.readers.html.titles import fold_title, names_title
from pinakes.corpus.readers.html.tree import Node, Page

_SHORT = 200
# So many times of day standing alone are the entries of a live blog.
_FEWEST_ENTRIES = 4
_LONGEST_AUTHOR_BOX = 300
_LONGEST_BYLINE = 120
# `, Kessel, 19 November 2014`
_LONGEST_ADDITION = 40


def select_content(
    page: Page, blocks: Sequence[RawBlock], metadata: PageMetadata
) -> list[RawBlock]:
    """Return the blocks of the article in reading order, its lead marked as such.

    Where nothing on the page weighs as an article, all but obvious boilerplate is kept.
    """
    marks = mark_boilerplate(page, blocks)
    container = find_container(page, blocks, marks)
    inside = _subtree_numbers(page, container)
    kept = [block for block in blocks if inside[block.node.number] and not marks[block.node.number]]
    kept = trim(_without_scraps(without_link_sections(kept), metadata))
    if not kept:
        kept = [block for block in blocks if not marks[block.node.number]] or list(blocks)
    return _with_lead(blocks, kept, metadata)


def _with_lead(
    blocks: Sequence[RawBlock], kept: list[RawBlock], metadata: PageMetadata
) -> list[RawBlock]:
    lead, is_kept = find_lead(blocks, kept, metadata)
    if lead is None:
        return kept
    marked = replace(lead, kind=Kind.LEAD, level=0)
    if is_kept:
        return [marked if block is lead else block for block in kept]
    # Often the same words open the article once more.
    repeats = any(lead.text.strip() in block.text for block in kept[:3])
    return kept if repeats else [marked, *kept]


def _subtree_numbers(page: Page, container: Node) -> list[bool]:
    inside = [False] * len(page.nodes)
    for node in page.nodes:
        inside[node.number] = node is container or (
            node.parent is not None and inside[node.parent.number]
        )
    return inside


def _without_scraps(blocks: Sequence[RawBlock], metadata: PageMetadata) -> list[RawBlock]:
    authors = {name.casefold() for name in metadata.chosen("author")}
    titles = {fold_title(title) for title in metadata.chosen("title")}
    entries = sum(1 for block in blocks if is_clock(block.text))
    kept = []
    author_box = 0
    for block in blocks:
        text = " ".join(block.text.split())
        if is_litter(text) or (block.kind is Kind.HEADING and names_title(text, titles)):
            continue
        if block.chars > _SHORT or (is_clock(text) and entries >= _FEWEST_ENTRIES):
            kept.append(block)
        elif _is_byline(text, authors):
            author_box = len(kept)
        elif not _is_scrap(block, text):
            kept.append(block)
    return _without_author_box(kept, author_box)


def _without_author_box(blocks: list[RawBlock], start: int) -> list[RawBlock]:
    """Return the blocks without the line or two on the author that follow his name at the end."""
    box = blocks[start:]
    is_box = start > len(box) and sum(block.chars for block in box) <= _LONGEST_AUTHOR_BOX
    return blocks[:start] if is_box else blocks


def _is_scrap(block: RawBlock, text: str) -> bool:
    density = block.link_density
    if not any(map(str.isalnum, text)) or is_boilerplate(text) or is_dateline(text):
        return True
    if is_pointer(text, link_density=density):
        return True
    if block.kind is Kind.HEADING:
        return False
    return (density > 0.8 and block.kind is not Kind.LIST_ITEM) or (
        block.kind is not Kind.QUOTE and is_plea(text)
    )


def _is_byline(text: str, authors: set[str]) -> bool:
    """Whether a short text is the names of authors, with a date, a place or a role at most."""
    if len(text) > _LONGEST_BYLINE:
        return False
    names = {name.casefold() for name in read_authors([text])}
    if names and (names <= authors or starts_byline(text)):
        return True
    rest = text.casefold()
    for name in authors:
        rest = rest.replace(name, " ")
    is_named = len(rest) < len(text) and not text.endswith((".", "!", "?", ":"))
    return is_named and len(" ".join(rest.split())) <= _LONGEST_ADDITION

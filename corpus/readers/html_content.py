"""Decides which raw blocks of a page are its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.html_authors import read_authors
from pinakes.corpus.readers.html_blocks import RawBlock
from pinakes.corpus.readers.html_boilerplate import mark_boilerplate
from pinakes.corpus.readers.html_container import find_container
from pinakes.corpus.readers.html_leads import find_lead
from pinakes.corpus.readers.html_metadata import PageMetadata
from pinakes.corpus.readers.html_phrases import (
    is_clock,
    is_dateline,
    is_litter,
    is_phrase,
    is_plea,
    is_pointer,
    starts_byline,
)
from pinakes.corpus.readers.html_titles import fold_title
from pinakes.corpus.readers.html_tree import Node, Page
from pinakes.corpus.readers.html_trim import trim

_SHORT = 200
# So many times of day standing alone are the entries of a live blog.
_FEWEST_ENTRIES = 4


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
    kept = trim(_without_scraps(kept, metadata))
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
    for block in blocks:
        if is_litter(block.text):
            continue
        if block.chars > _SHORT:
            kept.append(block)
            continue
        text = " ".join(block.text.split())
        if block.kind is Kind.HEADING and fold_title(text) in titles:
            continue
        if (is_clock(text) and entries >= _FEWEST_ENTRIES) or not _is_scrap(block, text, authors):
            kept.append(block)
    return kept


def _is_scrap(block: RawBlock, text: str, authors: set[str]) -> bool:
    density = block.link_density
    if not any(map(str.isalnum, text)) or is_phrase(text) or is_dateline(text):
        return True
    if is_pointer(text, link_density=density) or _is_byline(text, authors):
        return True
    if block.kind is Kind.HEADING:
        return False
    return (density > 0.8 and block.kind is not Kind.LIST_ITEM) or (
        block.kind is not Kind.QUOTE and is_plea(text)
    )


def _is_byline(text: str, authors: set[str]) -> bool:
    if len(text) > 120:
        return False
    names = {name.casefold() for name in read_authors([text])}
    return bool(names) and (names <= authors or starts_byline(text))

"""Drops what only the run of blocks gives away: link sections, teasers, idle headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.html.blocks import RawBlock
from pinakes.corpus.readers.html.short_blocks import heads_links

_RUNNING_TEXT = 200
_LONGEST_TEASER = 350
_FEWEST_TEASERS = 2
_FEWEST_LINKS = 2


def trim(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks without lists of links, teasers of other articles and idle headings."""
    return _without_idle_headings(_without_teasers(_without_link_lists(blocks)))


def without_link_sections(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks without headings that announce links, and what they announce."""
    kept: list[RawBlock] = []
    is_in_links = False
    for block in blocks:
        if block.kind is Kind.HEADING:
            is_in_links = heads_links(block.text)
        elif is_in_links and block.chars > _RUNNING_TEXT and block.link_density < 0.3:
            is_in_links = False
        if not is_in_links:
            kept.append(block)
    return kept


def _without_link_lists(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks without runs of list items that are nothing but links."""
    kept: list[RawBlock] = []
    for is_list, run in groupby(blocks, key=lambda block: block.kind is Kind.LIST_ITEM):
        items = list(run)
        linked = sum(1 for item in items if item.link_density > 0.8)
        if not (is_list and linked >= _FEWEST_LINKS and linked > 0.8 * len(items)):
            kept.extend(items)
    return kept


def _without_teasers(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks without linked headings at the end, each with a line or two below it."""
    end = len(blocks)
    teasers = 0
    chars = 0
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if block.kind is Kind.HEADING:
            if block.link_density < 0.9:
                break
            end, chars, teasers = index, 0, teasers + 1
        else:
            chars += block.chars
            if chars > _LONGEST_TEASER:
                break
    total = sum(block.chars for block in blocks)
    if teasers < _FEWEST_TEASERS or 2 * sum(block.chars for block in blocks[:end]) < total:
        return list(blocks)
    return list(blocks[:end])


def _without_idle_headings(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks without headings at the end, that head nothing."""
    end = len(blocks)
    while end and blocks[end - 1].kind is Kind.HEADING:
        end -= 1
    return list(blocks[:end]) if end else list(blocks)

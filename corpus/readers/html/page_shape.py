"""A page and its blocks as arrays: of each element its parent, extent, depth and look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.html.blocks import RawBlock
from pinakes.corpus.readers.html.element_names import names_of
from pinakes.corpus.readers.html.tree import Node, Page

_AROUND_LIST = """
    nav footer aside header form article main section li td figure blockquote p a dl
"""
AROUND = tuple(_AROUND_LIST.split())
_BIT = {tag: 1 << number for number, tag in enumerate(AROUND)}
# Attributes that give an element names beside those of its class and id.
_NAMING = ("role", "itemprop", "hidden", "aria-hidden", "style")
_SHORTEST_PROSE = 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageShape:
    """Elements in document order, so that each comes before all that is in it.

    Attributes:
        parent: Of each element the number of the one around it; the root is its own.
        ends: One past the number of the last element in it.
        depth: How many elements are around it.
        around: Bit `i` is set if it is, or is in, an element `AROUND[i]`.
        look: Of each element which of `looks` it has.
        looks: Names of elements; the first is empty.
        levels: Numbers of the elements by depth, from 1.
        at: Of each block the element that set it apart.
        group: Of each block a number that it shares with those set apart by elements alike.
        chars: Of each block its characters, as in `RawBlock`.
        links: Those of them that stand in links.
        prose: Those of them that are running text: outside links, in long blocks.
        headings: Whether each block is a heading.
    """

    parent: NDArray[np.int64]
    ends: NDArray[np.int64]
    depth: NDArray[np.int64]
    around: NDArray[np.int64]
    look: NDArray[np.int64]
    looks: Sequence[Sequence[str]]
    levels: Sequence[NDArray[np.int64]]
    at: NDArray[np.int64]
    group: NDArray[np.int64]
    chars: NDArray[np.float64]
    links: NDArray[np.float64]
    prose: NDArray[np.float64]
    headings: NDArray[np.bool_]

    def sum_below(self, amounts: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return for every element the sum of the amounts of the blocks in it."""
        own = np.bincount(self.at, weights=amounts, minlength=len(self.parent))
        running = np.concatenate(([0.0], np.cumsum(own)))
        below: NDArray[np.float64] = running[self.ends] - running[:-1]
        return below


def shape_page(page: Page, blocks: Sequence[RawBlock]) -> PageShape:
    """Return the shape of a page with its blocks, at least one, in order."""
    look, looks = _looks(page)
    parent, ends, depth = _extents(page)
    around = np.asarray([_BIT.get(node.tag, 0) for node in page.nodes])
    order = np.argsort(depth, kind="stable")
    levels = np.split(order, np.cumsum(np.bincount(depth))[:-1])[1:]
    for level in levels:
        around[level] |= around[parent[level]]
    chars = np.asarray([block.chars for block in blocks], dtype=np.float64)
    links = np.asarray([block.link_chars for block in blocks], dtype=np.float64)
    links = np.minimum(links, chars)
    headings = np.asarray([block.kind is Kind.HEADING for block in blocks])
    is_prose = (chars >= _SHORTEST_PROSE) & (links < 0.5 * chars) & ~headings
    return PageShape(
        parent=parent,
        ends=ends,
        depth=depth,
        around=around,
        look=look,
        looks=looks,
        levels=levels,
        at=np.asarray([block.node.number for block in blocks]),
        group=_groups(blocks),
        chars=chars,
        links=links,
        prose=np.where(is_prose, chars - links, 0.0),
        headings=headings,
    )


def _extents(page: Page) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    nodes = page.nodes
    parent = [node.parent.number if node.parent is not None else 0 for node in nodes]
    depth = [0] * len(nodes)
    for number in range(1, len(nodes)):
        depth[number] = depth[parent[number]] + 1
    ends = list(range(1, len(nodes) + 1))
    for number in range(len(nodes) - 1, 0, -1):
        if ends[number] > ends[parent[number]]:
            ends[parent[number]] = ends[number]
    return np.asarray(parent), np.asarray(ends), np.asarray(depth)


def _looks(page: Page) -> tuple[NDArray[np.int64], list[list[str]]]:
    """Return of each node the number of its look, and the looks; many nodes share one."""
    numbers: dict[object, int] = {}
    looks: list[list[str]] = [[]]
    look = []
    for node in page.nodes:
        key = _key(node)
        if (number := numbers.get(key)) is None:
            number = numbers[key] = len(looks)
            looks.append(names_of(node))
        look.append(number)
    return np.asarray(look), looks


def _key(node: Node) -> object:
    attributes = node.attributes
    if not attributes:
        return node.tag
    if attributes.keys().isdisjoint(_NAMING):
        return (node.tag, node.words, ())
    naming = tuple((name, attributes[name]) for name in _NAMING if name in attributes)
    return (node.tag, node.words, naming)


def _groups(blocks: Sequence[RawBlock]) -> NDArray[np.int64]:
    numbers: dict[object, int] = {}
    group = []
    for block in blocks:
        node = block.node
        around = node.parent.words if node.parent is not None else ()
        group.append(numbers.setdefault((node.tag, node.words, around), len(numbers)))
    return np.asarray(group)

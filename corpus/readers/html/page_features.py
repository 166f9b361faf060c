"""Where on its page a block stands: in which elements, beside what, in how much text."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.readers.html.page_shape import AROUND, PageShape

Floats = NDArray[np.float32]

_LEVELS = (0, 1, 2, 3, 4, 6)
ELEMENT_FEATURES = (
    "name_own",
    "name_parent",
    "name_grandparent",
    "name_least",
    "name_most",
    "name_sum",
    "name_mean",
    "depth",
    *(f"in_{tag}" for tag in AROUND),
)
SUBTREE_FEATURES = tuple(
    f"{what}_{level}"
    for level in _LEVELS
    for what in ("chars", "link_density", "block_chars", "blocks", "prose_share")
)
CONTAINER_FEATURES = (
    "in_container",
    "below_container",
    "before_container",
    "after_container",
    "container_share",
    "outside_share",
    "climb",
)
GROUP_FEATURES = ("like", "like_chars", "like_link_density", "like_share", "siblings")
PLACE_FEATURES = (
    "place",
    "chars_before",
    "prose_before",
    "page_blocks",
    "page_prose",
    "page_links",
)
PAGE_FEATURES = (
    *ELEMENT_FEATURES,
    *SUBTREE_FEATURES,
    *CONTAINER_FEATURES,
    *GROUP_FEATURES,
    *PLACE_FEATURES,
)


def page_features(shape: PageShape, weights: Mapping[str, float]) -> Floats:
    """Return a row of `PAGE_FEATURES` for each block.

    Args:
        shape: Of the page.
        weights: How much each name of an element speaks for content, above 0, or against it.
    """
    columns = [
        *_elements(shape, weights),
        *_subtrees(shape),
        *_container(shape),
        *_groups(shape),
        *_places(shape),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _elements(shape: PageShape, weights: Mapping[str, float]) -> list[NDArray[np.generic]]:
    of_look = [sum(weights.get(name, 0.0) for name in names) for names in shape.looks]
    own = np.asarray(of_look)[shape.look]
    own[0] = 0.0
    least, most, total = own.copy(), own.copy(), own.copy()
    parent, at = shape.parent, shape.at
    for level in shape.levels:
        above = parent[level]
        least[level] = np.minimum(least[level], least[above])
        most[level] = np.maximum(most[level], most[above])
        total[level] += total[above]
    depth = shape.depth[at]
    around = shape.around[at]
    return [
        own[at],
        own[parent[at]],
        own[parent[parent[at]]],
        least[at],
        most[at],
        total[at],
        total[at] / np.maximum(depth, 1),
        depth,
        *((around >> number) & 1 for number in range(len(AROUND))),
    ]


def _subtrees(shape: PageShape) -> list[NDArray[np.generic]]:
    chars, links = shape.sum_below(shape.chars), shape.sum_below(shape.links)
    counts = shape.sum_below(np.ones_like(shape.chars))
    prose = shape.sum_below(shape.prose)
    whole = max(float(prose[0]), 1.0)
    columns: list[NDArray[np.generic]] = []
    node = shape.at
    for level in range(max(_LEVELS) + 1):
        if level in _LEVELS:
            columns += [
                np.log1p(chars[node]),
                links[node] / np.maximum(chars[node], 1),
                np.log1p(chars[node] / np.maximum(counts[node], 1)),
                np.log1p(counts[node]),
                prose[node] / whole,
            ]
        node = shape.parent[node]
    return columns


def _container(shape: PageShape) -> list[NDArray[np.generic]]:
    """Return where blocks stand from the element whose text weighs most.

    Running text weighs for an element, scraps and links against it.
    """
    scrap = np.where(shape.headings, 0.0, -5.0) - 0.5 * shape.links
    prose = shape.chars - 2.5 * shape.links
    weight = shape.sum_below(np.where(shape.prose > 0, prose, scrap))
    best = int(len(weight) - 1 - np.argmax(weight[::-1]))
    at, end = shape.at, shape.ends[best]
    inside = (at >= best) & (at < end)
    within = shape.sum_below(shape.prose)
    whole = max(float(within[0]), 1.0)
    return [
        inside,
        np.where(inside, shape.depth[at] - shape.depth[best], -1),
        at < best,
        at >= end,
        np.full(len(at), within[best] / whole),
        np.where(inside, 0.0, (within[0] - within[best]) / whole),
        _climb(shape, best),
    ]


def _climb(shape: PageShape, best: int) -> NDArray[np.generic]:
    """Return how far up from `best` the element is that holds the block too."""
    chain = [best]
    while chain[-1]:
        chain.append(int(shape.parent[chain[-1]]))
    starts = np.asarray(chain[::-1])
    # Of elements around each other the inner ones start later and end sooner.
    first = np.searchsorted(starts, shape.at, side="right")
    last = np.searchsorted(-shape.ends[starts], -shape.at, side="left")
    return len(chain) - np.minimum(first, last)


def _groups(shape: PageShape) -> list[NDArray[np.generic]]:
    """Return features of the blocks that look alike by their elements, over the whole page."""
    group = shape.group
    count = np.bincount(group)[group]
    chars = np.bincount(group, weights=shape.chars)[group]
    links = np.bincount(group, weights=shape.links)[group]
    prose = np.bincount(group, weights=shape.prose)[group]
    above = shape.parent[shape.at]
    return [
        np.log1p(count),
        np.log1p(chars / count),
        links / np.maximum(chars, 1),
        prose / max(float(shape.prose.sum()), 1.0),
        np.log1p(np.bincount(above)[above]),
    ]


def _places(shape: PageShape) -> list[NDArray[np.generic]]:
    count = len(shape.at)
    chars, prose = shape.chars, shape.prose
    total, running = max(float(chars.sum()), 1.0), max(float(prose.sum()), 1.0)
    return [
        np.arange(count) / count,
        (np.cumsum(chars) - chars) / total,
        (np.cumsum(prose) - prose) / running,
        np.full(count, np.log1p(count)),
        np.full(count, np.log1p(prose.sum())),
        np.full(count, shape.links.sum() / total),
    ]

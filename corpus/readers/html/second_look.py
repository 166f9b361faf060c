"""Features of a block that tell how likely its neighbours are content, at a first look."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.readers.html.page_shape import PageShape

_REACH = 4
_WINDOWS = (3, 8, 20)
_LEVELS = (0, 1, 2, 3, 5)
_STRONG = 0.6

SECOND_FEATURES = (
    "likely",
    *(f"likely{step:+d}" for step in range(-_REACH, _REACH + 1) if step),
    *(f"likely_within_{width}" for width in _WINDOWS),
    *(f"{what}_{level}" for level in _LEVELS for what in ("likely_share", "likely_part")),
    "likely_group",
    "likely_before",
    "since_likely",
    "until_likely",
    "likely_blocks",
    "likely_chars",
    "certainty",
)


def second_features(shape: PageShape, likely: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return a row of `SECOND_FEATURES` for each block.

    Args:
        shape: Of the page.
        likely: How likely each block is content by its own features, 0 to 1.
    """
    count = len(likely)
    mass = np.sqrt(shape.chars + 1)
    padded = np.pad(likely, _REACH, constant_values=-0.1)
    steps = [step for step in range(-_REACH, _REACH + 1) if step]
    whole = max(float((shape.chars * likely).sum()), 1.0)
    certainty = (shape.chars * np.abs(2 * likely - 1)).sum() / max(shape.chars.sum(), 1.0)
    group = shape.group
    columns: list[NDArray[np.generic]] = [
        likely,
        *(padded[_REACH + step : _REACH + step + count] for step in steps),
        *(_window(likely * mass, width) / _window(mass, width) for width in _WINDOWS),
        *_around(shape, likely, mass, whole),
        (np.bincount(group, weights=mass * likely) / np.bincount(group, weights=mass))[group],
        (np.cumsum(shape.chars * likely) - shape.chars * likely) / whole,
        *_distances(likely),
        np.full(count, np.log1p(whole)),
        np.full(count, certainty),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _around(
    shape: PageShape, likely: NDArray[np.float64], mass: NDArray[np.float64], whole: float
) -> list[NDArray[np.generic]]:
    """Return how much of the elements around a block is likely, and which part of all that is."""
    within, likely_within = shape.sum_below(mass), shape.sum_below(mass * likely)
    chars = shape.sum_below(shape.chars * likely)
    columns: list[NDArray[np.generic]] = []
    node = shape.at
    for level in range(max(_LEVELS) + 1):
        if level in _LEVELS:
            columns.append(likely_within[node] / np.maximum(within[node], 1e-9))
            columns.append(chars[node] / whole)
        node = shape.parent[node]
    return columns


def _distances(likely: NDArray[np.float64]) -> list[NDArray[np.generic]]:
    """Return how far the likely blocks before and after are, and how many there are."""
    count = len(likely)
    index = np.arange(count)
    strong = likely > _STRONG
    before = np.maximum.accumulate(np.where(strong, index, -1))
    after = np.minimum.accumulate(np.where(strong, index, count)[::-1])[::-1]
    return [
        np.where(before >= 0, np.log1p(index - before), -1.0),
        np.where(after < count, np.log1p(after - index), -1.0),
        np.full(count, strong.mean()),
    ]


def _window(amounts: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    running = np.concatenate(([0.0], np.cumsum(amounts)))
    index = np.arange(len(amounts))
    high = np.minimum(index + width + 1, len(amounts))
    summed: NDArray[np.float64] = running[high] - running[np.maximum(index - width, 0)]
    return summed

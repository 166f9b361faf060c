"""Of each block of a page the features by which content is told from boilerplate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.readers.html.blocks import RawBlock
from pinakes.corpus.readers.html.page_features import PAGE_FEATURES, page_features
from pinakes.corpus.readers.html.page_shape import PageShape, shape_page
from pinakes.corpus.readers.html.text_features import (
    TEXT_FEATURES,
    WORD_FEATURES,
    short_words,
    text_features,
    word_features,
)
from pinakes.corpus.readers.html.tree import Page

Floats = NDArray[np.float32]

_OWN = (*TEXT_FEATURES, *WORD_FEATURES, *PAGE_FEATURES)
_NEAR = ("chars", "link_density", "kind", "sentence_end", "name_least", "name_sum", "word_mean")
_STEPS = (-3, -2, -1, 1, 2, 3)
_WINDOW = 5
_CONTEXT = (
    "since_heading",
    "heading_word_mean",
    "heading_name_sum",
    "heading_link_density",
    "heading_level",
    "since_title",
    "window_chars",
    "window_link_density",
    "same_before",
    "same_after",
)
FEATURES = (*_OWN, *(f"{name}{step:+d}" for step in _STEPS for name in _NEAR), *_CONTEXT)
_COLUMN = {name: number for number, name in enumerate(_OWN)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much names of elements and words of short blocks speak for content, as learned."""

    names: Mapping[str, float]
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observed:
    """All that is seen of a page's blocks before anything learned is applied.

    Attributes:
        shape: Of the page.
        texts: A row of features of its text for each block.
        words: Those of each block if it is short, else none.
    """

    shape: PageShape
    texts: Floats
    words: Sequence[Sequence[str]]


def observe(
    page: Page,
    blocks: Sequence[RawBlock],
    *,
    title: Sequence[str] = (),
    description: Sequence[str] = (),
) -> Observed:
    """Return what is seen of a page's blocks.

    Args:
        page: Whose blocks they are.
        blocks: All of them, in order; at least one.
        title: The words of the page's title, folded.
        description: Those of what the page says it is about.
    """
    return Observed(
        shape=shape_page(page, blocks),
        texts=text_features(blocks, title=title, description=description),
        words=[short_words(block) for block in blocks],
    )


def block_features(observed: Observed, weights: Weights) -> Floats:
    """Return a row of `FEATURES` for each block."""
    shape = observed.shape
    said = word_features(observed.words, weights.words)
    own = np.concatenate([observed.texts, said, page_features(shape, weights.names)], axis=1)
    near = own[:, [_COLUMN[name] for name in _NEAR]]
    shifted = [shift(near, step) for step in _STEPS]
    return np.concatenate([own, *shifted, _context(own, shape)], axis=1)


def shift(rows: Floats, step: int) -> Floats:
    """Return of each row the one `step` further on; -1 beyond the ends."""
    moved = np.full_like(rows, -1.0)
    if step > 0:
        moved[:-step] = rows[step:]
    else:
        moved[-step:] = rows[:step]
    return moved


def _context(own: Floats, shape: PageShape) -> Floats:
    index = np.arange(len(own))
    last = np.maximum.accumulate(np.where(shape.headings, index, -1))
    has_heading = last >= 0

    def of_heading(name: str) -> NDArray[np.generic]:
        return np.where(has_heading, own[last, _COLUMN[name]], -9.0)

    since_title = _since_title(own, shape)
    chars = _window(shape.chars)
    parent = shape.parent[shape.at]
    same = np.concatenate(([False], parent[1:] == parent[:-1], [False]))
    columns = [
        np.where(has_heading, index - last, -1),
        of_heading("word_mean"),
        of_heading("name_sum"),
        of_heading("link_density"),
        of_heading("level"),
        np.sign(since_title) * np.log1p(np.abs(since_title)),
        np.log1p(chars),
        _window(shape.links) / np.maximum(chars, 1),
        same[:-1],
        same[1:],
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _since_title(own: Floats, shape: PageShape) -> NDArray[np.int64]:
    """Return how many blocks after the title each stands; 0 where the page does not show it."""
    likeness = own[:, _COLUMN["in_title"]] * own[:, _COLUMN["title_in"]]
    title = int(np.argmax(np.where(shape.headings, likeness + 0.1, likeness)))
    if likeness[title] <= 0.3:
        return np.zeros(len(own), dtype=np.int64)
    return np.arange(len(own)) - title


def _window(amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each block the sum of the amounts of those near it, itself included."""
    running = np.concatenate(([0.0], np.cumsum(amounts)))
    index = np.arange(len(amounts))
    high = np.minimum(index + _WINDOW + 1, len(amounts))
    summed: NDArray[np.float64] = running[high] - running[np.maximum(index - _WINDOW, 0)]
    return summed

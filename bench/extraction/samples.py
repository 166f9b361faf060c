"""What a model learns from: of each page what is seen of its blocks, and which are content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.extraction.labels import label_blocks, tokens_of
from bench.extraction.learned_weights import PageCounts, count_page
from bench.extraction.page_sets import KnownPage
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.html.blocks import collect_blocks
from pinakes.corpus.readers.html.content import observe_page, without_scraps
from pinakes.corpus.readers.html.features import Observed
from pinakes.corpus.readers.html.metadata import collect_metadata
from pinakes.corpus.readers.html.page import parse_page

# A page that shows less of its known text is not the page that was judged.
_LEAST_SHOWN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """One page to learn from.

    Attributes:
        set: Which set it is of.
        site: Pages of a site go together.
        is_article: Whether it is one, not a shop, a forum or a list.
        observed: What is seen of its blocks.
        labels: Which share of each block is content.
        tokens: How many tokens each block has.
        counts: What it says of names and words.
    """

    set: str
    site: str
    is_article: bool
    observed: Observed
    labels: NDArray[np.float64]
    tokens: NDArray[np.float64]
    counts: PageCounts


def make_sample(page: KnownPage) -> Sample | None:
    """Return what there is to learn from a page; nothing if its main content isn't on it.

    What goes whatever stands around it (the title once more, dates, bylines) is no content here,
    though some sets count it.
    """
    read = parse_page(decode(page.data).text)
    blocks = collect_blocks(read)
    if not blocks:
        return None
    tokens = [tokens_of(block.text) for block in blocks]
    truth = tokens_of(page.body)
    labels = label_blocks(tokens, truth)
    lengths = np.asarray([len(block) for block in tokens], dtype=np.float64)
    if float(lengths @ np.asarray(labels)) < _LEAST_SHOWN * len(truth):
        return None
    metadata = collect_metadata(read, saved_from="")
    kept = set(map(id, without_scraps(blocks, metadata)))
    labels = [
        label if id(block) in kept else 0.0 for label, block in zip(labels, blocks, strict=True)
    ]
    observed = observe_page(read, blocks, metadata)
    return Sample(
        set=page.set,
        site=page.site,
        is_article=page.is_article,
        observed=observed,
        labels=np.asarray(labels),
        tokens=lengths,
        counts=count_page(observed, labels),
    )


def weigh_blocks(sample: Sample, *, share: float) -> NDArray[np.float64]:
    """Return how much each block of a page counts: half by its tokens, half by their square root.

    Long blocks decide how much of a page is right, short ones what it looks like.

    Args:
        sample: The page.
        share: How much the page counts, all in all.
    """
    length, root = sample.tokens, np.sqrt(sample.tokens + 1)
    weights: NDArray[np.float64] = root / root.sum() + length / max(length.sum(), 1.0)
    return weights * share


def choose_blocks(
    sample: Sample, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the blocks to learn from, and how many each stands for.

    Of the short blocks that are no content, of which pages have hundreds, some stand for all.
    """
    telling = (sample.labels > 0) | (sample.observed.shape.prose > 0)
    chosen, factor = _some(np.flatnonzero(telling), _MOST_TELLING, random)
    others, other_factor = _some(np.flatnonzero(~telling), _MOST_OTHERS, random)
    factors = np.repeat([factor, other_factor], [len(chosen), len(others)])
    return np.concatenate([chosen, others]), factors


_MOST_TELLING = 250
_MOST_OTHERS = 50


def _some(
    found: NDArray[np.int64], most: int, random: np.random.Generator
) -> tuple[NDArray[np.int64], float]:
    if len(found) <= most:
        return found, 1.0
    return random.choice(found, most, replace=False), len(found) / most


def stack_rows(parts: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the rows of several pages as one array."""
    return np.concatenate(list(parts), axis=0)

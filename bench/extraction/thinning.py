"""Small pages made of large ones: few blocks of the article, fewer of the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.extraction.samples import Sample
from pinakes.corpus.readers.html.features import Observed
from pinakes.corpus.readers.html.page_shape import PageShape

_FEWEST_CONTENT = 2
_MOST_CONTENT = 9
_MOST_OTHERS = 6


def thin(sample: Sample, random: np.random.Generator) -> Sample | None:
    """Return the page with a run of its content and a few other blocks; nothing if it has no run.

    Saved pages are large, but what people write by hand, print or mail is small, and there are no
    sets of such pages. The elements around the blocks stay.
    """
    content = np.flatnonzero(sample.labels > 0.5)
    if len(content) < _FEWEST_CONTENT:
        return None
    length = int(random.integers(_FEWEST_CONTENT, _MOST_CONTENT + 1))
    start = int(random.integers(0, max(len(content) - length, 0) + 1))
    others = np.flatnonzero(sample.labels < 0.05)
    few = random.choice(
        others, min(int(random.integers(0, _MOST_OTHERS + 1)), len(others)), replace=False
    )
    chosen = np.sort(np.concatenate([content[start : start + length], few]))
    observed = sample.observed
    return replace(
        sample,
        labels=sample.labels[chosen],
        tokens=sample.tokens[chosen],
        observed=Observed(
            shape=_with_blocks(observed.shape, chosen),
            texts=observed.texts[chosen],
            words=[observed.words[block] for block in chosen],
        ),
    )


def _with_blocks(shape: PageShape, chosen: NDArray[np.int64]) -> PageShape:
    return replace(
        shape,
        at=shape.at[chosen],
        group=np.unique(shape.group[chosen], return_inverse=True)[1],
        chars=shape.chars[chosen],
        links=shape.links[chosen],
        prose=shape.prose[chosen],
        headings=shape.headings[chosen],
    )

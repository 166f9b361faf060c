"""What the one-byte code of a posting says of its score: never less than this, never more.

A code holds how often a clause stands in a passage, up to 8, and the class of the passage's length
(`docs/index-format.md`). So all codes together are 256 cases, whose scores are worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pinakes.indexer import MANY, classes_of, counts_of
from pinakes.search.evaluation.bm25 import bm25
from pinakes.search.evaluation.texts.held import Array

ROUNDING = 1e-6
"""More than a 32-bit number and a sum of some of them can be off by, relatively."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBounds:
    """Bounds of a clause's saturated weight in a passage, by the code of its posting.

    Attributes:
        upper: float32[256]; 0 for the code 0, which stands for "not there".
        lower: float32[256].
    """

    upper: Array
    lower: Array


def bound_scores(length_floor: Array, *, longest: int, mean_words: float) -> ScoreBounds:
    """Return the bounds of `bm25` for all codes.

    Args:
        length_floor: The fewest words of a passage in each class of lengths, ascending.
        longest: The most words of any passage.
        mean_words: The mean length that `bm25` is to judge lengths by.
    """
    codes = np.arange(256, dtype=np.uint8)
    counts, classes = counts_of(codes), classes_of(codes)
    fewest = length_floor.astype(np.int64)
    most = np.maximum(np.append(fewest[1:], longest + 1) - 1, fewest)
    upper = bm25(counts, fewest[classes], mean_words)
    # A code that says "many" sets no limit to the count.
    upper[counts == MANY] = 1.0
    lower = bm25(counts, most[classes], mean_words)
    upper[0] = lower[0] = 0.0
    return ScoreBounds(
        upper=(upper * (1 + ROUNDING)).astype(np.float32),
        lower=(lower * (1 - ROUNDING)).astype(np.float32),
    )

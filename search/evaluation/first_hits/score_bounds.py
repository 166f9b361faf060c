"""What the one-byte code of a posting says of its score: never more than this.

A code holds how often a clause stands in a passage, up to 15, and the class of the passage's length
(`docs/index-format.md`). So all codes together are 256 cases, whose scores are worked out once.
"""

from __future__ import annotations

import numpy as np

from pinakes.indexer import MANY, classes_of, counts_of
from pinakes.search.evaluation.bm25 import bm25
from pinakes.search.evaluation.texts.held import Array

ROUNDING = 1e-6
"""More than a 32-bit number and a sum of some of them can be off by, relatively."""


def bound_scores(length_floor: Array, *, mean_words: float) -> Array:
    """Return float32[256]: the most that `bm25` can give a posting, by its code.

    It is 0 for the code 0, which stands for "not there".

    Args:
        length_floor: The fewest words of a passage in each class of lengths, ascending.
        mean_words: The mean length that `bm25` is to judge lengths by.
    """
    codes = np.arange(256, dtype=np.uint8)
    counts = counts_of(codes)
    upper = bm25(counts, length_floor[classes_of(codes)], mean_words)
    # A code that says "many" sets no limit to the count.
    upper[counts == MANY] = 1.0
    upper[0] = 0.0
    return (upper * (1 + ROUNDING)).astype(np.float32)

"""Boosted regression trees as flat arrays, asked for many rows at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A tree's leaves are the bits of one number.
MOST_LEAVES = 32
# Rows at a time, so that what is in between stays in the processor's cache.
_ROWS = 256


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trees:
    """The trees of one model, each with the same number of tests; idle ones never fail.

    Attributes:
        feature: Of each test of each tree which column it looks at.
        threshold: What the column may be at the most; if it is more, the test fails.
        rules_out: Which leaves, as bits from the left one on, cannot be reached if the test fails:
            those on its other side.
        value: Of each leaf of each tree what it adds.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    rules_out: NDArray[np.uint32]
    value: NDArray[np.float32]

    def predict(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return for each row the logistic function of the sum over the trees, 0 to 1.

        Of each tree the leaf counts that is the first one left when every test was made (Lucchese
        and others, QuickScorer, 2015): tests need no order, so that each is made for all rows.
        """
        sums = [self._sum(rows[start : start + _ROWS]) for start in range(0, len(rows), _ROWS)]
        total: NDArray[np.float64] = np.concatenate(sums) if sums else np.zeros(0)
        return 1.0 / (1.0 + np.exp(-total))

    def _sum(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        trees, tests = self.feature.shape
        columns = np.ascontiguousarray(rows.T)
        ruled_out = np.zeros((trees, len(rows)), dtype=np.uint32)
        by_test = np.empty_like(ruled_out)
        for test in range(tests):
            fails = columns[self.feature[:, test]] > self.threshold[:, test, None]
            np.multiply(self.rules_out[:, test, None], fails, out=by_test)
            ruled_out |= by_test
        first = ~ruled_out & (ruled_out + np.uint32(1))
        leaf = np.bitwise_count(first - np.uint32(1))
        chosen = self.value[np.arange(trees)[:, None], leaf]
        sums: NDArray[np.float64] = chosen.sum(axis=0, dtype=np.float64)
        return sums

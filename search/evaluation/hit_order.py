"""Which articles come first: exactly, ties included, without sorting those that come later."""

from __future__ import annotations

import numpy as np

from pinakes.search.evaluation.bm25 import Floats
from pinakes.search.evaluation.texts.held import Array, Ordinals
from pinakes.search.options import Sort

_UNDATED = np.iinfo(np.int64).max


def first_rows(leading: Array, ties: tuple[Array, ...], count: int) -> Ordinals:
    """Return the `count` rows with the smallest `leading`, in order; `ties` break ties, in turn."""
    rows = np.arange(len(leading))
    if count < len(rows):
        # Every row that ties with the last one stays in, so that the ties decide among them.
        worst = np.partition(leading, count - 1)[count - 1] if count else -np.inf
        rows = np.flatnonzero(leading <= worst)
    order = np.lexsort((*(values[rows] for values in reversed(ties)), leading[rows]))
    return rows[order[:count]]


def order_hits(
    sort: Sort, *, scores: Floats, days: Array, count: int, ties: Ordinals | None = None
) -> Ordinals:
    """Return the rows of the first `count` hits.

    Rows come in the order of their articles' keys and, of an article, of their place. By score,
    ties go by row. By date, they go by score, then by row; those without a date come last both
    ways.

    Args:
        sort: What comes first.
        scores: A score for each row.
        days: Its day of publication, 0 if unknown.
        count: How many rows, 0 or more.
        ties: What rows that tie come by, if they are in another order.
    """
    rows = np.arange(len(scores)) if ties is None else ties
    if sort is Sort.SCORE:
        return first_rows(-scores, (rows,), count)
    signed = days.astype(np.int64) * (1 if sort is Sort.DATE else -1)
    return first_rows(np.where(days == 0, _UNDATED, signed), (-scores, rows), count)

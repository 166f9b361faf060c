"""Arrays of narrow values in which the few that do not fit are looked up beside them."""

from __future__ import annotations

import numpy as np

from pinakes.indexer.segments.arrays import Array, narrow


def escape(values: Array, dtype: str) -> tuple[Array, Array, Array]:
    """Return `values` in a narrow type, where those stand that do not fit, and these.

    The highest value of the type stands for those.
    """
    highest = np.iinfo(dtype).max
    far_at = np.flatnonzero(values >= highest)
    narrowed = np.minimum(values, highest).astype(dtype)
    return narrowed, far_at, narrow(values[far_at])

"""How the time of a piece of work grows with its size, whatever the machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_TIMES_LARGER = 8
# Eight times the size takes linear work 8 times as long and quadratic work 64 times.
_MOST_TIMES_LONGER = 25


def grows_linearly(work: Callable[[int], object], size: int) -> bool:
    """Whether `work` at eight times `size` takes about eight times as long, not its square."""
    return any(
        _least_time(work, _TIMES_LARGER * size) <= _MOST_TIMES_LONGER * _least_time(work, size)
        for _ in range(3)
    )


def _least_time(work: Callable[[int], object], size: int) -> float:
    times = []
    for _ in range(3):
        gc.collect()
        start = time.process_time()
        work(size)
        times.append(time.process_time() - start)
    return min(times)

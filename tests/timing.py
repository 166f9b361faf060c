"""How the time of a piece of work grows with its size, whatever the machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_TIMES_LARGER = 8
# Eight times the size takes linear work 8 times as long and quadratic work 64 times.
_MOST_TIMES_LONGER = 25


def grows_linearly(work: Callable[[int], object], size: int) -> bool:
    """Whether `work` at eight times `size` takes about eight times as long, not its square.

    What else the machine does only adds to a time, so one try that is short enough suffices.
    """
    least = min(_time(work, size) for _ in range(3))
    return any(_time(work, _TIMES_LARGER * size) <= _MOST_TIMES_LONGER * least for _ in range(9))


def _time(work: Callable[[int], object], size: int) -> float:
    was_enabled = gc.isenabled()
    # What a process of tests holds would be looked through in the midst of the work.
    gc.disable()
    try:
        start = time.process_time()
        work(size)
        return time.process_time() - start
    finally:
        if was_enabled:
            gc.enable()

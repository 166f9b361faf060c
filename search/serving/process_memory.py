"""What a serving process asks of the C library's allocator."""

from __future__ import annotations

import ctypes
import sys

# Of <malloc.h> of the GNU C library.
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
_MAPPED_FROM_BYTES = 256 * 1024


def share_one_heap() -> None:
    """Have all threads of this process allocate from one heap, and large arrays from none.

    The GNU C library gives threads heaps of their own, and takes ever larger arrays from them. What
    one answer leaves free between what is kept stays in the heap of its thread, where no other has
    use of it: a server's memory would grow to several times what it uses. One thread at a time runs
    Python, so they hardly wait for the one heap. Arrays above 256 kB go back to the system when
    they are let go.

    For a process that does nothing but serve, before its threads begin. Elsewhere than with the GNU
    C library nothing is changed.
    """
    if sys.platform != "linux":
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    mallopt(_M_ARENA_MAX, 1)
    mallopt(_M_MMAP_THRESHOLD, _MAPPED_FROM_BYTES)

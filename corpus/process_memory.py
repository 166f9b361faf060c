"""What a process that is Pinakes' own asks of the C library's allocator."""

from __future__ import annotations

import ctypes
import sys

# Of <malloc.h> of the GNU C library.
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
_MAPPED_FROM_BYTES = 256 * 1024


def share_one_heap(*, mapped_from_bytes: int = _MAPPED_FROM_BYTES) -> None:
    """Have all threads of this process allocate from one heap, and large arrays from none.

    The GNU C library gives threads heaps of their own, and takes ever larger arrays from them. What
    one answer leaves free between what is kept stays in the heap of its thread, where no other has
    use of it: a server's memory would grow to several times what it uses, and that of an ingest
    with each commit. One thread at a time runs Python, so they hardly wait for the one heap. Arrays
    above `mapped_from_bytes` go back to the system when they are let go, and are filled with zeros
    when they are made: segments are merged in half as much time again if that is 256 kB, and in the
    same time if it is 4 MB.

    For a process that does nothing but serve or write, before its threads begin. Elsewhere than
    with the GNU C library nothing is changed.
    """
    if (library := _c_library()) is not None:
        library.mallopt(_M_ARENA_MAX, 1)
        library.mallopt(_M_MMAP_THRESHOLD, mapped_from_bytes)


def give_back() -> None:
    """Give the system what this process has let go, as far as whole pages of it are free.

    Elsewhere than with the GNU C library nothing is done.
    """
    if (library := _c_library()) is not None:
        library.malloc_trim(0)


def _c_library() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    try:
        library = ctypes.CDLL(None)
        # Other C libraries have the one or the other, and mean something else by it.
        return library if library.mallopt and library.malloc_trim else None
    except (OSError, AttributeError):
        return None

"""Checksums of the parts of long arrays, so that no more is read than is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK_BYTES: Final = 1 << 14
SUFFIX: Final = ".blocks"
"""What the section of the checksums of another one is called, behind its name."""

_BLOCK_SHIFT: Final = 14


class Guard:
    """Compares parts of an array with their checksums, each once; safe for many threads."""

    __slots__ = ("_check", "_shift", "_unseen")

    def __init__(self, check: Callable[[int | None], None], blocks: int, itemsize: int) -> None:
        """Let `check` raise for a block that is damaged; given None, if the array is anywhere.

        Args:
            check: Compares a block, by its number.
            blocks: How many checksums there are; without any the whole array is compared.
            itemsize: Bytes of a value: 1, 2, 4 or 8.
        """
        self._check = check
        self._shift = _BLOCK_SHIFT - (itemsize.bit_length() - 1)
        self._unseen = bytearray(b"\1" * blocks) if blocks else None

    def __call__(self, first: int, last: int) -> None:
        """Make sure that the values from `first` to before `last` are what was written.

        Raises:
            IndexDamagedError: They are not.
        """
        unseen = self._unseen
        if unseen is None:
            self._check(None)
            self._unseen = bytearray()
            return
        begin, end = first >> self._shift, ((last - 1) >> self._shift) + 1
        block = unseen.find(1, begin, end)
        while block >= 0:
            self._check(block)
            unseen[block] = 0
            block = unseen.find(1, block + 1, end)


def unguarded(first: int, last: int) -> None:  # takes what a Guard takes
    """Check nothing: the array was compared as a whole."""


class BlockSums:
    """Works out the checksums of the blocks of an array that comes in pieces."""

    def __init__(self) -> None:
        """Begin."""
        self._sums: list[int] = []
        self._length = 0

    def passed_on(self, pieces: Iterable[NDArray[Any]]) -> Iterator[NDArray[Any]]:
        """Yield the pieces, and note what is in them."""
        for piece in pieces:
            content = piece.data.cast("B") if piece.size else memoryview(b"")
            while content:
                if not self._length % BLOCK_BYTES:
                    self._sums.append(0)
                part = content[: BLOCK_BYTES - self._length % BLOCK_BYTES]
                self._sums[-1] = zlib.crc32(part, self._sums[-1])
                self._length += len(part)
                content = content[len(part) :]
            yield piece

    def sums(self) -> Iterator[NDArray[Any]]:
        """Yield the checksums, as uint32, once all has been passed on."""
        yield np.asarray(self._sums, np.dtype("<u4"))

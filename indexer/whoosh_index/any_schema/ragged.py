"""Byte strings of different lengths, kept end to end in one array."""

from __future__ import annotations

from array import array
from bisect import bisect_left

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile, narrow


class RaggedDraft:
    """Byte strings to be written, in the order they come."""

    def __init__(self) -> None:
        """Begin with none."""
        self._content = bytearray()
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._ends) - 1

    def append(self, content: bytes) -> None:
        """Add one."""
        self._content += content
        self._ends.append(len(self._content))

    def extend(self, other: RaggedDraft) -> None:
        """Add all of another draft."""
        base = len(self._content)
        self._content += other._content
        self._ends.extend(array("Q", (base + end for end in other._ends[1:])))

    def sections(self, name: str) -> dict[str, Array]:
        """Return the arrays `name` and `name_at`; no more can be added while they are held."""
        content = np.frombuffer(self._content, np.uint8)
        return {name: content, f"{name}_at": narrow(np.array(self._ends, np.uint64))}


class Ragged:
    """Byte strings, read in place."""

    def __init__(self, file: ArrayFile, name: str, *, count: int | None = None) -> None:
        """Map the arrays `name` and `name_at` of `file`.

        Raises:
            IndexDamagedError: They do not fit each other, or there are not `count` of them.
        """
        self.content = file.array(name)
        self.starts = file.starts(f"{name}_at", total=len(self.content))
        if count is not None and len(self) != count:
            raise IndexDamagedError(file.path, f"{len(self)} {name} instead of {count}")

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        """Return one."""
        return self.content[int(self.starts[number]) : int(self.starts[number + 1])].tobytes()

    def texts(self) -> list[str]:
        """Return all of them, as text."""
        return [self[number].decode() for number in range(len(self))]

    def at_or_after(self, wanted: bytes, first: int, last: int) -> int:
        """Return the first number in [first, last) whose string is not before `wanted`, or `last`.

        They ascend there.
        """
        return first + bisect_left(range(first, last), wanted, key=self.__getitem__)


def read_numbers(file: ArrayFile, name: str, *, count: int) -> dict[str, int]:
    """Return the number of each of `count` names.

    Raises:
        IndexDamagedError: There are not so many.
    """
    names = Ragged(file, name, count=count).texts()
    return {each: number for number, each in enumerate(names)}

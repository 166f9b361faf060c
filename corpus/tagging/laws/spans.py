"""Which spans of a text are taken, and which begin or end near a place, without going over all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Taken:
    """The code points of a text that mentions stand on."""

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Take the spans of a text of so many code points."""
        self._marks = bytearray(length)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take a span."""
        self._marks[start:end] = b"\1" * (end - start)

    def overlaps(self, start: int, end: int) -> bool:
        """Return whether any of a span is taken."""
        return 1 in self._marks[start:end]


class Near:
    """Spans by where they begin and end; a span is told by its number in the list of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Sort the spans."""
        listed = list(spans)
        self._starts = sorted((start, number) for number, (start, _) in enumerate(listed))
        self._ends = sorted((end, number) for number, (_, end) in enumerate(listed))

    def starting(self, first: int, last: int) -> list[int]:
        """Return the spans that begin from `first` to `last`, both included."""
        return _between(self._starts, first, last)

    def ending(self, first: int, last: int) -> list[int]:
        """Return the spans that end from `first` to `last`, both included."""
        return _between(self._ends, first, last)


def _between(places: list[tuple[int, int]], first: int, last: int) -> list[int]:
    begin = bisect_left(places, (first, 0))
    end = bisect_right(places, (last, len(places)))
    return [number for _, number in places[begin:end]]

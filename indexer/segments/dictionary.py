"""The terms of one field, searched in place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from operator import ge

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.columns import encode_term, join_parted

_READ_AT_ONCE = 1024
_MAX_ASKED = 4096
"""A search takes a hundred times as long as to remember; so many answers are remembered."""


class Dictionary:
    """The terms of a field, known by their number in the order of their UTF-8 bytes.

    Attributes:
        name: Of the field.
        term_count: How many terms there are.
    """

    def __init__(self, file: ArrayFile, name: str) -> None:
        """Map the dictionary; reads its ends only.

        Raises:
            IndexDamagedError: It is not there, or does not add up.
        """
        self.name = name
        self._path = file.path
        self._terms = file.array(f"{name}.terms").data
        self._terms_at = file.starts(f"{name}.terms_at", total=len(self._terms))
        self._begins = native(self._terms_at)
        self._check_terms = file.guard(f"{name}.terms")
        self._check_places = file.guard(f"{name}.terms_at")
        self.term_count = len(self._terms_at) - 1
        self._asked: dict[bytes, int | None] = {}

    def term_bytes(self, number: int) -> bytes:
        """Return a term as the dictionary holds it."""
        self._check_places(number, number + 2)
        self._check_terms(self._begins[number], self._begins[number + 1])
        return self._glance(number)

    def _glance(self, number: int) -> bytes:
        """Return a term that is not compared with its checksum."""
        start, end = self._begins[number], self._begins[number + 1] - 1
        if not start <= end < len(self._terms):
            raise IndexDamagedError(self._path, f"offsets of field {self.name}")
        return bytes(self._terms[start:end])

    def term(self, number: int) -> str:
        """Return a term."""
        return self.term_bytes(number).decode("utf-8", "replace")

    def terms(self, first: int, last: int) -> Iterator[str]:
        """Return the terms from number `first` to before `last`."""
        for begin in range(first, last, _READ_AT_ONCE):
            yield from self._block(begin, min(last, begin + _READ_AT_ONCE))

    def _block(self, first: int, last: int) -> list[str]:
        """Return some terms, looked at together."""
        self._check_places(first, last + 1)
        places = self._terms_at[first : last + 1].tolist()
        begin, end = places[0], places[-1]
        self._check_terms(begin, end)
        if not begin <= end <= len(self._terms) or any(map(ge, places, islice(places, 1, None))):
            raise IndexDamagedError(self._path, f"offsets of field {self.name}")
        parted = bytes(self._terms[begin:end])
        return [
            parted[start - begin : after - begin - 1].decode("utf-8", "replace")
            for start, after in pairwise(places)
        ]

    def at_or_after(self, encoded: bytes) -> int:
        """Return the number of the first term not before `encoded`; `term_count` if none."""
        low, high = 0, self.term_count
        while low < high:
            middle = (low + high) // 2
            if self._glance(middle) < encoded:
                low = middle + 1
            else:
                high = middle
        # It is the right place, whatever led there, if its neighbours say so.
        is_after = low == 0 or self.term_bytes(low - 1) < encoded
        if not is_after or (low < self.term_count and self.term_bytes(low) < encoded):
            raise IndexDamagedError(self._path, f"terms of field {self.name}")
        return low

    def number(self, encoded: bytes) -> int | None:
        """Return the number of a term, or None if the dictionary does not hold it."""
        try:
            return self._asked[encoded]
        except KeyError:
            pass
        place = self.at_or_after(encoded)
        is_here = place < self.term_count and self.term_bytes(place) == encoded
        if len(self._asked) >= _MAX_ASKED:
            self._asked.clear()
        number = self._asked[encoded] = place if is_here else None
        return number

    def prefix_range(self, prefix: str) -> tuple[int, int]:
        """Return the numbers of the terms that start with `prefix`: from, and before."""
        encoded = encode_term(prefix)
        first = self.at_or_after(encoded)
        # The first bytes after every continuation of the prefix; UTF-8 has no byte 0xFF.
        return first, self.at_or_after(encoded + b"\xff")

    def slice(self, first: int, last: int) -> tuple[Array, Array]:
        """Return `terms` and `terms_at` of `FieldColumns` for the terms from `first` to `last`."""
        self._check_places(first, last + 1)
        places = self._terms_at[first : last + 1].astype(np.int64)
        self._check_terms(int(places[0]), int(places[-1]))
        if (places[1:] < places[:-1]).any() or int(places[-1]) > len(self._terms):
            raise IndexDamagedError(self._path, f"offsets of field {self.name}")
        parted = np.frombuffer(self._terms[places[0] : places[-1]], np.uint8)
        try:
            return join_parted(parted, places)
        except ValueError as error:
            raise IndexDamagedError(self._path, f"terms of field {self.name}") from error


def native(values: Array) -> memoryview:
    """Return a view whose items are read one by one faster than those of an array."""
    return values.astype(values.dtype.newbyteorder("="), copy=False).data

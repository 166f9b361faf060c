"""The inverted lists of one field, read in place from a mapped file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.columns import FieldColumns, encode_term


@dataclass(frozen=True, slots=True)
class Postings:
    """The passages that hold a term.

    Attributes:
        passages: uint32, ascending.
        counts: uint32, occurrences in each; all 1 in fields that keep none.
    """

    passages: Array
    counts: Array


@dataclass(frozen=True, slots=True)
class Positions:
    """Where in its passages a term stands.

    Attributes:
        passages: uint32[n], ascending.
        counts: uint32[n].
        starts: int64[n + 1]; those of `passages[i]` are `words[starts[i]:starts[i + 1]]`.
        words: uint32; positions counted in words from 0, ascending within a passage.
    """

    passages: Array
    counts: Array
    starts: Array
    words: Array


class InvertedField:
    """One field of a segment: its dictionary and its lists.

    Terms are known by their number, in the order of their UTF-8 bytes.
    """

    def __init__(self, file: ArrayFile, name: str) -> None:
        """Map the field's arrays; reads their lengths and ends only.

        Raises:
            IndexDamagedError: They are not there, or do not fit one another.
        """
        self.name = name
        self._file = file
        self._terms = file.array(f"{name}.terms").data
        self._terms_at = file.array(f"{name}.terms_at")
        self.term_count = len(self._terms_at) - 1
        self._postings_at = file.array(f"{name}.postings_at", count=self.term_count + 1)
        self._passages = file.array(f"{name}.passages")
        self._counts = self._optional("counts", len(self._passages))
        self._positions_at = self._optional("positions_at", self.term_count + 1)
        self._positions = self._optional("positions")
        self._expect_ends(self._terms_at, len(self._terms))
        self._expect_ends(self._postings_at, len(self._passages))
        if self._positions_at is not None:
            if self._positions is None or self._counts is None:
                raise IndexDamagedError(file.path, f"field {name} has no positions")
            self._expect_ends(self._positions_at, len(self._positions))

    def _optional(self, part: str, count: int | None = None) -> Array | None:
        name = f"{self.name}.{part}"
        return self._file.array(name, count=count) if name in self._file else None

    def _expect_ends(self, starts: Array, length: int) -> None:
        if len(starts) == 0 or starts[0] != 0 or int(starts[-1]) != length:
            raise IndexDamagedError(self._file.path, f"field {self.name} does not add up")

    @property
    def has_counts(self) -> bool:
        """Whether the field tells how often a term occurs in a passage."""
        return self._counts is not None

    @property
    def has_positions(self) -> bool:
        """Whether the field tells where in a passage a term stands."""
        return self._positions_at is not None

    def columns(self) -> FieldColumns:
        """Return the arrays themselves, for merging."""
        return FieldColumns(
            terms=np.frombuffer(self._terms, np.uint8),
            terms_at=self._terms_at,
            postings_at=self._postings_at,
            passages=self._passages,
            counts=self._counts,
            positions_at=self._positions_at,
            positions=self._positions,
        )

    def term_bytes(self, number: int) -> bytes:
        """Return a term as the dictionary holds it."""
        start, end = self._run(self._terms_at, number, len(self._terms))
        return bytes(self._terms[start:end])

    def term(self, number: int) -> str:
        """Return a term."""
        return self.term_bytes(number).decode("utf-8", "replace")

    def terms(self, first: int, last: int) -> Iterator[str]:
        """Return the terms from number `first` to before `last`."""
        return map(self.term, range(first, last))

    def at_or_after(self, encoded: bytes) -> int:
        """Return the number of the first term not before `encoded`; `term_count` if none."""
        low, high = 0, self.term_count
        while low < high:
            middle = (low + high) // 2
            if self.term_bytes(middle) < encoded:
                low = middle + 1
            else:
                high = middle
        return low

    def number(self, encoded: bytes) -> int | None:
        """Return the number of a term, or None if the dictionary does not hold it."""
        number = self.at_or_after(encoded)
        if number < self.term_count and self.term_bytes(number) == encoded:
            return number
        return None

    def prefix_range(self, prefix: str) -> tuple[int, int]:
        """Return the numbers of the terms that start with `prefix`: from, and before."""
        encoded = encode_term(prefix)
        first = self.at_or_after(encoded)
        # The first bytes after every continuation of the prefix; UTF-8 has no byte 0xFF.
        return first, self.at_or_after(encoded + b"\xff")

    def posting_count(self, number: int) -> int:
        """Return in how many passages a term occurs, deleted ones included."""
        start, end = self._run(self._postings_at, number, len(self._passages))
        return end - start

    def postings(self, number: int) -> Postings:
        """Return the list of a term."""
        start, end = self._run(self._postings_at, number, len(self._passages))
        passages = self._passages[start:end].astype(np.uint32)
        if end > start and int(passages.max()) >= self._file.passages:
            raise IndexDamagedError(self._file.path, f"a list of field {self.name}")
        if self._counts is None:
            return Postings(passages, np.ones(end - start, np.uint32))
        return Postings(passages, self._counts[start:end].astype(np.uint32))

    def positions(self, number: int) -> Positions:
        """Return the list of a term with its positions.

        Raises:
            ValueError: The field keeps none.
        """
        if self._positions_at is None or self._positions is None:
            raise ValueError(f"field {self.name} keeps no positions")
        postings = self.postings(number)
        start, end = self._run(self._positions_at, number, len(self._positions))
        starts = np.zeros(len(postings.counts) + 1, np.int64)
        np.cumsum(postings.counts, out=starts[1:])
        if int(starts[-1]) != end - start:
            raise IndexDamagedError(self._file.path, f"positions of field {self.name}")
        words = self._positions[start:end].astype(np.uint32)
        return Positions(postings.passages, postings.counts, starts, words)

    def _run(self, starts: Array, number: int, length: int) -> tuple[int, int]:
        start, end = int(starts[number]), int(starts[number + 1])
        if not start <= end <= length:
            raise IndexDamagedError(self._file.path, f"offsets of field {self.name}")
        return start, end

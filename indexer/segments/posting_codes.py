"""A list of passages with their codes, asked about any passages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pinakes.indexer.segments.arrays import Array

_FEW = 2000
"""So many passages are looked up one by one, if the list was never asked before."""
_RARE = 256
"""A code for every passage is made for what stands in more than one passage of so many."""


class PostingCodes:
    """Passages with their codes; safe for many threads.

    Attributes:
        passages: uint32[n], ascending, each once.
    """

    __slots__ = ("_codes", "_dense", "_is_asked", "_is_long", "_passage_count", "passages")

    def __init__(
        self, passages: Array, codes: Array | Callable[[], Array], passage_count: int
    ) -> None:
        """Hold a list; `codes` may be what makes them, if they are not sure to be needed.

        Passages are numbered up to `passage_count`.
        """
        self.passages = passages
        self._codes = codes
        self._passage_count = passage_count
        self._is_long = len(passages) * _RARE >= passage_count
        self._is_asked = False
        self._dense: Array | None = None

    @property
    def codes(self) -> Array:
        """uint8[n], none of them 0."""
        # Another thread may put the codes in place of what makes them at any moment.
        codes = self._codes
        if callable(codes):
            codes = self._codes = codes()
        return codes

    def codes_in(self, passages: Array) -> Array:
        """Return the code of each of `passages`, 0 where the list has none.

        A longer list that is asked again makes a code for every passage, which halves the time of
        all that follows.
        """
        if self._dense is not None:
            return self._dense.take(passages)
        if len(passages) > _FEW or (self._is_asked and self._is_long):
            dense = np.zeros(self._passage_count, np.uint8)
            dense[self.passages] = self.codes
            if self._is_long:
                self._dense = dense
            return dense.take(passages)
        self._is_asked = True
        if not len(self.passages):
            return np.zeros(len(passages), np.uint8)
        rows = self.passages.searchsorted(passages.astype(np.uint32))
        codes = self.codes.take(rows, mode="clip")
        codes *= self.passages.take(rows, mode="clip") == passages
        return codes

    @property
    def size_bytes(self) -> int:
        """How much memory it takes, once it was asked again."""
        return self.passages.nbytes + len(self.passages) + self._is_long * self._passage_count

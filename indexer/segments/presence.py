"""Lists of values that are there or not: kinds, tags, sections, and what an article carries."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import FieldColumns, encode_term, join_terms, starts_of
from pinakes.indexer.segments.lexicon import Numbers

T = TypeVar("T", bound=Hashable)

_HALF = np.uint64(32)
_MAX_REMEMBERED = 4096


class Presence(Generic[T]):
    """The terms of a field, and the units that have them.

    Attributes:
        posting_count: How many postings there are so far.
        text_bytes: At most how many bytes the terms have.
    """

    def __init__(self, terms_of: Callable[[T], Iterable[str]]) -> None:
        """Post what `terms_of` makes of a value; empty terms are not posted."""
        self._terms_of = terms_of
        self._remembered: dict[T, tuple[int, ...]] = {}
        self._terms = Numbers[bytes]()
        self._term = array("I")
        self._unit = array("I")
        self.text_bytes = 0

    @property
    def term_count(self) -> int:
        """How many terms there are so far."""
        return len(self._terms)

    @property
    def posting_count(self) -> int:
        """How many postings there are so far."""
        return len(self._term)

    def add(self, value: T, unit: int) -> None:
        """Post a value on a unit; each unit comes once."""
        numbers = self._remembered.get(value)
        if numbers is None:
            numbers = self._number(value)
        for number in numbers:
            self._term.append(number)
            self._unit.append(unit)

    def _number(self, value: T) -> tuple[int, ...]:
        before = len(self._terms)
        terms = {encode_term(term) for term in self._terms_of(value) if term}
        numbers = tuple([self._terms[term] for term in terms])
        if len(self._terms) > before:
            self.text_bytes += sum(map(len, terms))
        # Neighbours are alike in what few values there are; of many, each stands once or twice.
        if len(self._remembered) >= _MAX_REMEMBERED:
            self._remembered.clear()
        self._remembered[value] = numbers
        return numbers

    def finish(self) -> FieldColumns:
        """Return the inverted lists."""
        terms = list(self._terms)
        order = sorted(range(len(terms)), key=terms.__getitem__)
        ranks = np.zeros(len(terms), np.uint64)
        ranks[order] = np.arange(len(order), dtype=np.uint64)
        keys = ranks[np.frombuffer(self._term, np.uint32)] << _HALF
        keys |= np.frombuffer(self._unit, np.uint32)
        keys.sort()
        sizes = np.bincount((keys >> _HALF).astype(np.int64), minlength=len(order))
        return lists_of([terms[number] for number in order], sizes, keys.astype(np.uint32))


def lists_of(terms: Sequence[bytes], sizes: Array, units: Array) -> FieldColumns:
    """Return the lists of sorted terms that have so many units each."""
    joined, terms_at = join_terms(terms)
    return FieldColumns(terms=joined, terms_at=terms_at, postings_at=starts_of(sizes), units=units)

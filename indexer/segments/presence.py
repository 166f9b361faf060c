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

    Units come one after another, each with a value of which `terms_of` makes its terms. Values
    come again: what was made of one is kept as a set of terms, and a unit is the number of its set.
    """

    def __init__(self, terms_of: Callable[[T], Iterable[str]]) -> None:
        """Post what `terms_of` makes of a value; empty terms are not posted."""
        self._terms_of = terms_of
        self._remembered: dict[T, int] = {}
        self._terms = Numbers[bytes]()
        self._term_bytes = 0
        self._set_terms = array("I")
        self._set_ends = array("I")
        self._set_of = array("I")

    def memory_bytes(self) -> int:
        """Return about how much memory it takes to make lists of what there is so far."""
        per_set = len(self._set_terms) / max(1, len(self._set_ends))
        return (
            150 * len(self._terms) + self._term_bytes + int(32 * (1 + per_set) * len(self._set_of))
        )

    def add(self, value: T) -> None:
        """Give the next unit a value."""
        self._set_of.append(self._number_set(value))

    def add_all(self, values: Sequence[T], places: Sequence[int]) -> None:
        """Give the next units the values at some places."""
        sets = [self._number_set(value) for value in values]
        self._set_of.extend([sets[place] for place in places])

    def _number_set(self, value: T) -> int:
        known = self._remembered.get(value)
        if known is not None:
            return known
        before = len(self._terms)
        terms = {encode_term(term) for term in self._terms_of(value) if term}
        self._set_terms.extend([self._terms[term] for term in terms])
        self._set_ends.append(len(self._set_terms))
        if len(self._terms) > before:
            self._term_bytes += sum(map(len, terms))
        # Neighbours are alike in what few values there are; of many, each stands once or twice.
        if len(self._remembered) >= _MAX_REMEMBERED:
            self._remembered.clear()
        number = self._remembered[value] = len(self._set_ends) - 1
        return number

    def finish(self) -> FieldColumns:
        """Return the inverted lists."""
        terms = list(self._terms)
        order = sorted(range(len(terms)), key=terms.__getitem__)
        ranks = np.zeros(len(terms), np.uint64)
        ranks[order] = np.arange(len(order), dtype=np.uint64)
        of_posting, units = self._postings()
        keys = ranks[of_posting] << _HALF
        keys |= units
        keys.sort()
        sizes = np.bincount((keys >> _HALF).astype(np.int64), minlength=len(order))
        return lists_of([terms[number] for number in order], sizes, keys.astype(np.uint32))

    def _postings(self) -> tuple[Array, Array]:
        """Return the term and the unit of each posting, unit by unit."""
        ends = np.frombuffer(self._set_ends, np.uint32).astype(np.int64)
        set_sizes = np.diff(ends, prepend=0)
        set_of = np.frombuffer(self._set_of, np.uint32)
        sizes = set_sizes[set_of]
        places = np.arange(int(sizes.sum()))
        places += np.repeat((ends - set_sizes)[set_of] - starts_of(sizes)[:-1], sizes)
        units = np.repeat(np.arange(len(set_of), dtype=np.uint64), sizes)
        return np.frombuffer(self._set_terms, np.uint32)[places], units


def lists_of(terms: Sequence[bytes], sizes: Array, units: Array) -> FieldColumns:
    """Return the lists of sorted terms that have so many units each."""
    joined, terms_at = join_terms(terms)
    return FieldColumns(terms=joined, terms_at=terms_at, postings_at=starts_of(sizes), units=units)

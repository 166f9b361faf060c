"""The dictionary and the lists of one field, whichever way its lists are kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import COUNTED_FIELDS
from pinakes.indexer.segments.dictionary import Dictionary
from pinakes.indexer.segments.lists import Lists
from pinakes.indexer.segments.postings import Positions, Postings
from pinakes.indexer.segments.words import WordLists


class _PostingSource(Protocol):
    def posting_count(self, number: int) -> int: ...

    def postings(self, number: int) -> Postings: ...


class PassageLists:
    """Lists of passages without counts."""

    def __init__(self, lists: Lists) -> None:
        """Read `lists`."""
        self._lists = lists

    def posting_count(self, number: int) -> int:
        """Return in how many passages a term occurs, deleted ones included."""
        start, end = self._lists.run(number)
        return end - start

    def postings(self, number: int) -> Postings:
        """Return the list of a term."""
        passages = self._lists.units(number).astype(np.uint32)
        return Postings(passages, np.ones(len(passages), np.uint32))


class ArticleLists:
    """Lists of articles, which stand for all their passages."""

    def __init__(self, lists: Lists, article_first: Array) -> None:
        """Read `lists` of articles whose first passages are these."""
        self._lists = lists
        self._article_first = article_first

    def posting_count(self, number: int) -> int:
        """Return in how many passages a term occurs, deleted ones included."""
        articles = self._lists.units(number)
        first = self._article_first
        return int((first[articles + 1] - first[articles]).sum(dtype=np.int64))

    def postings(self, number: int) -> Postings:
        """Return the list of a term."""
        articles = self._lists.units(number)
        firsts = self._article_first[articles].astype(np.int64)
        spans = self._article_first[articles + 1] - firsts
        begins = np.cumsum(spans) - spans
        passages = np.arange(int(spans.sum())) + np.repeat(firsts - begins, spans)
        return Postings(passages.astype(np.uint32), np.ones(len(passages), np.uint32))


class InvertedField:
    """One field of a segment: its dictionary and its lists.

    Terms are known by their number, in the order of their UTF-8 bytes.

    Attributes:
        name: Of the field.
        dictionary: Its terms.
        term_count: How many terms there are.
    """

    def __init__(self, dictionary: Dictionary, source: _PostingSource) -> None:
        """Take the lists of `source` for the terms of `dictionary`."""
        self.name = dictionary.name
        self.dictionary = dictionary
        self.term_count = dictionary.term_count
        self._source = source

    @property
    def has_counts(self) -> bool:
        """Whether the field tells how often a term occurs in a passage."""
        return self.name in COUNTED_FIELDS

    @property
    def has_positions(self) -> bool:
        """Whether `positions` tells where in a passage a term stands; see `StemLists` for stems."""
        return isinstance(self._source, WordLists)

    def term_bytes(self, number: int) -> bytes:
        """Return a term as the dictionary holds it."""
        return self.dictionary.term_bytes(number)

    def term(self, number: int) -> str:
        """Return a term."""
        return self.dictionary.term(number)

    def terms(self, first: int, last: int) -> Iterator[str]:
        """Return the terms from number `first` to before `last`."""
        return self.dictionary.terms(first, last)

    def at_or_after(self, encoded: bytes) -> int:
        """Return the number of the first term not before `encoded`; `term_count` if none."""
        return self.dictionary.at_or_after(encoded)

    def number(self, encoded: bytes) -> int | None:
        """Return the number of a term, or None if the dictionary does not hold it."""
        return self.dictionary.number(encoded)

    def prefix_range(self, prefix: str) -> tuple[int, int]:
        """Return the numbers of the terms that start with `prefix`: from, and before."""
        return self.dictionary.prefix_range(prefix)

    def posting_count(self, number: int) -> int:
        """Return in how many passages a term occurs, deleted ones included."""
        return self._source.posting_count(number)

    def postings(self, number: int) -> Postings:
        """Return the list of a term."""
        return self._source.postings(number)

    def positions(self, number: int) -> Positions:
        """Return the list of a term with its positions.

        Raises:
            ValueError: The field keeps none.
        """
        if not isinstance(self._source, WordLists):
            raise ValueError(f"field {self.name} keeps no positions")
        return self._source.positions(number)

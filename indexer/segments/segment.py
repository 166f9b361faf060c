"""A segment: a set of articles with everything that queries ask of them, mapped from one file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.columns import POSITION_FIELD, SegmentColumns, encode_term
from pinakes.indexer.segments.deletions import Deletions
from pinakes.indexer.segments.inverted import InvertedField, Positions, Postings


class Segment:
    """A segment, read-only; safe to read from many threads.

    Its arrays are views of the mapped file. Passages and articles are numbered within it from 0.

    Attributes:
        name: Of its file, without the suffix.
        path: Its file.
        passage_count: P, deleted ones included.
        article_count: A, deleted ones included.
        deletions: Which articles are deleted, or None.
    """

    def __init__(self, path: Path, deletions: Deletions | None = None) -> None:
        """Open the file at `path`; reads its header and section table only.

        Raises:
            IndexDamagedError: The file, or `deletions` with it, does not add up.
            IndexFormatError: Another version wrote it.
            OSError: It cannot be opened, or is not there.
        """
        self.name = path.stem
        self.path = path
        self._file = ArrayFile(path)
        self.passage_count = self._file.passages
        self.article_count = self._file.articles
        self.deletions = deletions
        if deletions is not None and deletions.articles != self.article_count:
            raise IndexDamagedError(path, f"deletions for {deletions.articles} articles")
        self._fields: dict[str, InvertedField] = {}

    @cached_property
    def article_key(self) -> Array:
        """`int64[A]`: the store's keys, ascending."""
        return self._file.checked("article_key", count=self.article_count)

    @cached_property
    def article_first(self) -> Array:
        """`uint32[A + 1]`: the first passage of each article, and P."""
        first = self._file.checked("article_first", count=self.article_count + 1)
        if int(first[-1]) != self.passage_count:
            raise IndexDamagedError(self.path, "article_first does not add up")
        return first

    @cached_property
    def article_words(self) -> Array:
        """`uint32[A, 3]`: words of each article in title, headings and body."""
        cells = self._file.checked("article_words", count=self.article_count * 3)
        return cells.reshape(-1, 3)

    @cached_property
    def published(self) -> Array:
        """`int32[A, 2]`: first and last day as `date.toordinal` counts, 0 if unknown."""
        return self._file.checked("published", count=self.article_count * 2).reshape(-1, 2)

    @cached_property
    def passage_article(self) -> Array:
        """`uint32[P]`: the article of each passage, ascending."""
        return self._file.checked("passage_article", count=self.passage_count)

    @cached_property
    def passage_kind(self) -> Array:
        """`uint8[P]`: the kind of each passage, as a position in `KINDS`."""
        return self._file.checked("passage_kind", count=self.passage_count)

    @cached_property
    def passage_words(self) -> Array:
        """`uint32[P]`: the number of words of each passage."""
        return self._file.checked("passage_words", count=self.passage_count)

    @cached_property
    def passage_language(self) -> Array:
        """`uint16[P]`: the language of each passage, by its number in the dictionary of `lang`.

        Made from the lists of `lang` when it is first asked for.
        """
        numbers = np.zeros(self.passage_count, np.uint16)
        lists = self.field("lang")
        for number in range(lists.term_count):
            numbers[lists.postings(number).passages] = number
        return numbers

    @cached_property
    def live(self) -> Array | None:
        """`bool[A]`: which articles are not deleted; None if nothing is deleted."""
        return None if self.deletions is None else self.deletions.live

    @cached_property
    def live_passages(self) -> Array | None:
        """`bool[P]`: which passages are of articles not deleted; None if nothing is deleted."""
        return None if self.live is None else self.live[self.passage_article]

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """The fields that the segment has lists for."""
        names = (name.partition(".") for name in self._file.names())
        return tuple(field for field, dot, part in names if part == "terms")

    def field(self, name: str) -> InvertedField:
        """Return the lists of a field.

        Raises:
            KeyError: The segment has no such field.
        """
        field = self._fields.get(name)
        if field is None:
            if name not in self.field_names:
                raise KeyError(name)
            field = self._fields[name] = InvertedField(self._file, name)
        return field

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the passages that hold `term`, deleted ones included; None if there are none."""
        lists = self.field(field)
        number = lists.number(encode_term(term))
        return None if number is None else lists.postings(number)

    def positions(self, term: str) -> Positions | None:
        """Return where `term` stands, in the field `word`; None if nowhere."""
        lists = self.field(POSITION_FIELD)
        number = lists.number(encode_term(term))
        return None if number is None else lists.positions(number)

    def term_count(self, field: str) -> int:
        """Return how many terms the field's dictionary holds."""
        return self.field(field).term_count

    def term_number(self, field: str, term: str) -> int | None:
        """Return the place of `term` in the field's dictionary; None if it is not there."""
        return self.field(field).number(encode_term(term))

    def terms(self, field: str, *, first: str = "") -> Iterator[str]:
        """Return the terms of a field that are not before `first`, in the order of UTF-8 bytes."""
        lists = self.field(field)
        return lists.terms(lists.at_or_after(encode_term(first)), lists.term_count)

    def terms_with_prefix(self, field: str, prefix: str) -> Iterator[str]:
        """Return the terms of a field that start with `prefix`, in the order of UTF-8 bytes."""
        lists = self.field(field)
        return lists.terms(*lists.prefix_range(prefix))

    def find_key(self, key: int) -> int | None:
        """Return the article with the store's `key`, deleted or not; None if it is not here."""
        number = int(np.searchsorted(self.article_key, key))
        if number < self.article_count and int(self.article_key[number]) == key:
            return number
        return None

    def columns(self) -> SegmentColumns:
        """Return the arrays themselves, for merging."""
        return SegmentColumns(
            article_key=self.article_key,
            article_first=self.article_first,
            article_words=self.article_words,
            published=self.published,
            passage_kind=self.passage_kind,
            passage_words=self.passage_words,
            fields={name: self.field(name).columns() for name in self.field_names},
        )

    def verify(self) -> None:
        """Read the whole file and compare it with its checksums.

        Raises:
            IndexDamagedError: Something differs.
        """
        self._file.verify()

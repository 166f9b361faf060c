"""A segment: a set of articles with everything that queries ask of them, mapped from one file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from pinakes.indexer.errors import IndexDamagedError
from pinakes.indexer.segments.arrays import Array, ArrayFile
from pinakes.indexer.segments.columns import (
    ARTICLE_FIELDS,
    FIELDS,
    FieldColumns,
    encode_term,
)
from pinakes.indexer.segments.dictionary import Dictionary
from pinakes.indexer.segments.inverted import ArticleLists, InvertedField, PassageLists
from pinakes.indexer.segments.lists import Lists
from pinakes.indexer.segments.postings import Positions, Postings
from pinakes.indexer.segments.stems import StemLists
from pinakes.indexer.segments.tag_spans import FIELD as TAG
from pinakes.indexer.segments.tags import TagLists
from pinakes.indexer.segments.unpacked import UnpackedLists
from pinakes.indexer.segments.words import WordLists

if TYPE_CHECKING:
    from pinakes.indexer.segments.deletions import Deletions
    from pinakes.indexer.segments.slices import StemSlices


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
        # What is made for each passage and article must not be more than there is in the file.
        promised = {"passage_words": self.passage_count, "article_key": self.article_count}
        for name, count in promised.items():
            if self._file.length(name) != count:
                raise IndexDamagedError(path, f"section {name} has not {count} values")
        self.deletions: Deletions | None
        self._set_deletions(deletions)
        self._fields: dict[str, InvertedField] = {}
        self._opened: dict[str, tuple[Dictionary, Lists]] = {}
        # One at the most, shared with the same segment with other deletions.
        self._unpacked: list[UnpackedLists] = []
        self._tags: list[TagLists] = []
        self._unpacking = Lock()

    @cached_property
    def article_key(self) -> Array:
        """`int64[A]`: the store's keys, ascending."""
        return self._file.checked("article_key", count=self.article_count)

    @cached_property
    def article_first(self) -> Array:
        """`uint32[A + 1]`: the first passage of each article, and P."""
        first = self._file.checked("article_first", count=self.article_count + 1)
        if int(first[-1]) != self.passage_count or (first[1:] < first[:-1]).any():
            raise IndexDamagedError(self.path, "article_first does not add up")
        return first

    @cached_property
    def article_words(self) -> Array:
        """`uint32[A, 3]`: words of each article in title, headings and body."""
        cells = self._file.checked("article_words", count=self.article_count * 3)
        return cells.reshape(-1, 3)

    @cached_property
    def article_cluster(self) -> Array:
        """`int64[A]`: equal for articles that are copies of one another."""
        return self._file.checked("article_cluster", count=self.article_count)

    @cached_property
    def article_digest(self) -> Array:
        """`int64[A, 2]`: of the text of each article, and of its address, 0 if that is unknown."""
        cells = self._file.checked("article_digest", count=self.article_count * 2)
        return cells.reshape(-1, 2)

    @cached_property
    def article_saved(self) -> Array:
        """`int64[A]`: when each article was saved, in seconds from 1970, 0 if that is unknown."""
        return self._file.checked("article_saved", count=self.article_count)

    @cached_property
    def article_files(self) -> Array:
        """`uint32[A]`: in how many files each article is."""
        return self._file.checked("article_files", count=self.article_count)

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
        words = self._file.checked("passage_words", count=self.passage_count)
        if int(words.max(initial=0)) > self._file.length("stem.positions"):
            raise IndexDamagedError(self.path, "passage_words says of more words than there are")
        return words

    @cached_property
    def passage_language(self) -> Array:
        """`uint16[P]`: the language of each passage, by its number in the dictionary of `lang`.

        Made from the lists of `lang` when it is first asked for.
        """
        lists = self.field("lang")
        sizes = [lists.posting_count(number) for number in range(lists.term_count)]
        # Mostly there is one language: what no other list has is of that of the longest.
        longest = sizes.index(max(sizes)) if sum(sizes) == self.passage_count > 0 else -1
        numbers = np.full(self.passage_count, max(0, longest), np.uint16)
        for number in range(lists.term_count):
            if number != longest:
                numbers[lists.postings(number).passages] = number
        return numbers

    @cached_property
    def language_numbers(self) -> dict[str, int]:
        """The languages of its passages, with what stands for each in `passage_language`."""
        return {language: number for number, language in enumerate(self.terms("lang"))}

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
        """The fields that the segment has lists for: all, unless it is damaged."""
        names = frozenset(self._file.names())
        return tuple(field for field in FIELDS if f"{field}.terms" in names)

    @property
    def section_names(self) -> tuple[str, ...]:
        """What its file names its sections."""
        return tuple(self._file.names())

    def term_spans(self) -> list[tuple[int, int]]:
        """Return where in the file the terms of each field are, half-open, in bytes."""
        names = [name for name in self._file.names() if name.endswith(".terms")]
        return [self._file.span(name) for name in names]

    @property
    def unpacked(self) -> UnpackedLists:
        """The lists of stems and words, those in demand kept ready for use."""
        if not self._unpacked:
            # Two threads would each keep lists of their own.
            with self._unpacking:
                if not self._unpacked:
                    self._unpacked.append(UnpackedLists(self._file))
        return self._unpacked[0]

    @property
    def stems(self) -> StemLists:
        """The lists of the field `stem`, with all that is said of each posting."""
        return self.unpacked.stems

    @property
    def words(self) -> WordLists:
        """The lists of the field `word`, which are those of its stems."""
        return self.unpacked.words

    @property
    def tags(self) -> TagLists:
        """The lists of the field `tag`, with the words that each covers."""
        if not self._tags:
            with self._unpacking:
                if not self._tags:
                    lists = TagLists(self._file, self._lists(TAG), self.passage_words)
                    self._tags.append(lists)
        return self._tags[0]

    def with_deletions(self, deletions: Deletions | None) -> Segment:
        """Return the same segment with other deletions; what is mapped and unpacked is shared.

        Raises:
            IndexDamagedError: They are of another segment.
        """
        from copy import copy

        twin = copy(self)
        for name in ("live", "live_passages"):
            twin.__dict__.pop(name, None)
        twin._set_deletions(deletions)
        return twin

    def _set_deletions(self, deletions: Deletions | None) -> None:
        if deletions is not None and deletions.articles != self.article_count:
            raise IndexDamagedError(self.path, f"deletions for {deletions.articles} articles")
        self.deletions = deletions

    def field(self, name: str) -> InvertedField:
        """Return the lists of a field.

        Raises:
            KeyError: No segment has such a field.
            IndexDamagedError: This one has lost it.
        """
        field = self._fields.get(name)
        if field is None:
            if name not in FIELDS:
                raise KeyError(name)
            if name not in self.field_names:
                raise IndexDamagedError(self.path, f"the field {name} is missing")
            field = self._fields[name] = self._open_field(name)
        return field

    def _open_field(self, name: str) -> InvertedField:
        if name == "word":
            return InvertedField(self.words.dictionary, self.words)
        if name == "stem":
            return InvertedField(self.stems.dictionary, self.stems)
        dictionary, lists = self._lists(name)
        if name in ARTICLE_FIELDS:
            return InvertedField(dictionary, ArticleLists(lists, self.article_first))
        return InvertedField(dictionary, PassageLists(lists))

    def _lists(self, name: str) -> tuple[Dictionary, Lists]:
        lists = self._opened.get(name)
        if lists is None:
            units = self.article_count if name in ARTICLE_FIELDS else self.passage_count
            dictionary = Dictionary(self._file, name)
            lists = dictionary, Lists(self._file, name, dictionary.term_count, units)
            self._opened[name] = lists
        return lists

    def item_starts(self, name: str) -> Array:
        """Return where what the terms of a field hold begins, and the end.

        Counted in occurrences in `stem`, in bytes of the terms in `word`, else in postings.
        """
        parts = {"stem": "occurrences_at", "word": "terms_at"}
        return self._file.starts(f"{name}.{parts.get(name, 'postings_at')}")

    def read_slice(self, name: str, first: int, last: int) -> FieldColumns:
        """Return the terms of a field from number `first` to before `last`, with their lists.

        Raises:
            IndexDamagedError: Something in them does not add up.
        """
        if name == "word":
            from pinakes.indexer.segments.slices import read_terms

            return read_terms(self.words.dictionary, first, last)
        if name == "stem":
            return self._stem_slices.read(first, last)
        if name == TAG:
            return self.tags.read(first, last)
        return self.read_units(name, first, last)

    def read_units(self, name: str, first: int, last: int) -> FieldColumns:
        """Return the same of a field other than `word` without what is said of each posting."""
        from pinakes.indexer.segments.slices import read_lists

        return read_lists(*self._lists(name), first, last)

    @cached_property
    def _stem_slices(self) -> StemSlices:
        from pinakes.indexer.segments.slices import StemSlices

        return StemSlices(self._file, self.stems.dictionary, self.stems.lists)

    def postings(self, field: str, term: str) -> Postings | None:
        """Return the passages that hold `term`, deleted ones included; None if there are none."""
        lists = self.field(field)
        number = lists.number(encode_term(term))
        return None if number is None else lists.postings(number)

    def positions(self, term: str) -> Positions | None:
        """Return where `term` stands, in the field `word`; None if nowhere."""
        number = self.words.dictionary.number(encode_term(term))
        return None if number is None else self.words.positions(number)

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

    def find_key(self, key: int) -> int | None:
        """Return the article with the store's `key`, deleted or not; None if it is not here."""
        number = int(np.searchsorted(self.article_key, key))
        if number < self.article_count and int(self.article_key[number]) == key:
            return number
        return None

    def verify_places(self, name: str) -> None:
        """Check that the lists of a field lie where they should; raises as `verify`."""
        if name == "stem":
            self.stems.lists.verify_places()
            self.stems.verify_places()
        elif name != "word":
            self._lists(name)[1].verify_places()
        if name == TAG:
            self.tags.verify_places()

    def release(self) -> None:
        """Give back the memory of what was read of the file; it is read again when needed."""
        self._file.release()

    def verify(self) -> None:
        """Read the whole file and compare it with its checksums.

        Raises:
            IndexDamagedError: Something differs.
        """
        self._file.verify()

"""Our segments as a Whoosh codec: any Whoosh query runs on them through Whoosh's own matchers.

It reads only: `builder` writes segments.
"""

# ruff: noqa: ARG002 -- the signatures are Whoosh's.

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pinakes.indexer.segments.columns import COUNTED_FIELDS, FIELDS
from pinakes.indexer.segments.inverted import InvertedField
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.whoosh_index.adapter import TermNotFound, codec_base
from pinakes.indexer.whoosh_index.matcher import ArrayMatcher, TermList
from pinakes.indexer.whoosh_index.segment import WhooshSegment


class ArrayCodec(codec_base.Codec):  # type: ignore[misc]
    """Reads segments for Whoosh."""

    def new_segment(self, storage: Any, indexname: str) -> WhooshSegment:
        """Return a segment that stays empty: Whoosh's writer wants one."""
        return WhooshSegment(storage.folder, codec=self, indexname=indexname)

    def per_document_writer(self, storage: Any, segment: WhooshSegment) -> RefusingWriter:
        """Return a writer that takes nothing."""
        return RefusingWriter()

    def field_writer(self, storage: Any, segment: WhooshSegment) -> RefusingWriter:
        """Return a writer that takes nothing."""
        return RefusingWriter()

    def terms_reader(self, storage: Any, segment: WhooshSegment) -> TermsReader:
        """Return a reader for the inverted lists."""
        return TermsReader(segment.opened())

    def per_document_reader(self, storage: Any, segment: WhooshSegment) -> PassageReader:
        """Return a reader for what belongs to a passage as a whole."""
        return PassageReader(segment)


class RefusingWriter(codec_base.PerDocumentWriter):  # type: ignore[misc]
    """Stands where Whoosh's writer would write: whole articles come from the store, in bulk."""

    def __init__(self) -> None:
        """Have nothing to close."""
        self.is_closed = True

    def start_doc(self, docnum: int) -> None:
        """Refuse a passage; raises `NotImplementedError`."""
        raise NotImplementedError("passages come from the store: `PassageIndex.update`")

    def close(self) -> None:
        """Do nothing."""


class TermsReader(codec_base.TermsReader):  # type: ignore[misc]
    """The dictionaries and lists of a segment, as Whoosh asks for them: terms are bytes."""

    def __init__(self, segment: Segment) -> None:
        """Read `segment`."""
        self._segment = segment

    def _field(self, name: str) -> InvertedField | None:
        return self._segment.field(name) if name in FIELDS else None

    def _find(self, fieldname: str, text: bytes) -> TermList:
        lists = self._field(fieldname)
        number = None if lists is None else lists.number(text)
        if lists is None or number is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return self._term_list(lists, number)

    def _term_list(self, lists: InvertedField, number: int) -> TermList:
        found = lists.postings(number)
        lengths = None
        if lists.name in COUNTED_FIELDS:
            lengths = self._segment.passage_words[found.passages]
        return TermList(lists, number, found.passages, found.counts, lengths)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Return whether the dictionary of the field has the term."""
        lists = self._field(term[0])
        return lists is not None and lists.number(term[1]) is not None

    def indexed_field_names(self) -> tuple[str, ...]:
        """Return the fields that have lists."""
        return self._segment.field_names

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Return all terms, sorted by field, then bytes."""
        for name in sorted(self._segment.field_names):
            for number in range(self._segment.field(name).term_count):
                yield name, self._segment.field(name).term_bytes(number)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Return the terms of a field that are not before `prefix`."""
        lists = self._field(fieldname)
        if lists is not None:
            for number in range(lists.at_or_after(prefix), lists.term_count):
                yield fieldname, lists.term_bytes(number)

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """Return all terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """Return the terms that are not before `prefix`, with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> Any:
        """Return Whoosh's statistics of a term; raises its `TermNotFound`."""
        return self._find(fieldname, text).info()

    def frequency(self, fieldname: str, text: bytes) -> int:
        """Return how often a term occurs in all passages; 0 if it does not."""
        if (fieldname, text) not in self:
            return 0
        return int(self._find(fieldname, text).counts.sum(dtype=np.int64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return in how many passages a term occurs."""
        lists = self._field(fieldname)
        number = None if lists is None else lists.number(text)
        return 0 if lists is None or number is None else lists.posting_count(number)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """Return a matcher that stands at the first passage of a term."""
        found = self._find(fieldname, text)
        return ArrayMatcher((fieldname, text), found, format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        """Return a cursor on the dictionary of a field, for fuzzy and other expansion."""
        lists = self._field(fieldname)
        if lists is None:
            return codec_base.EmptyCursor()
        return TermCursor(self, lists, fieldobj)


class TermCursor(codec_base.FieldCursor):  # type: ignore[misc]
    """Walks a dictionary."""

    def __init__(self, reader: TermsReader, lists: InvertedField, fieldobj: Any) -> None:
        """Stand at the first term."""
        self._reader = reader
        self._lists = lists
        self._fieldobj = fieldobj
        self._number = 0

    def first(self) -> str | None:
        """Go to the first term and return it."""
        self._number = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not before `term` and return it."""
        encoded = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._number = self._lists.at_or_after(encoded)
        return self.text()

    def next(self) -> str | None:
        """Go on by one term and return it."""
        self._number = min(self._number + 1, self._lists.term_count)
        return self.text()

    def text(self) -> str | None:
        """Return the current term; None beyond the last."""
        return self._lists.term(self._number) if self.is_valid() else None

    # Whoosh names it both ways.
    term = text

    def term_info(self) -> Any:
        """Return Whoosh's statistics of the current term; None beyond the last."""
        if not self.is_valid():
            return None
        return self._reader.term_info(self._lists.name, self._lists.term_bytes(self._number))

    def is_valid(self) -> bool:
        """Return whether there is a current term."""
        return self._number < self._lists.term_count


class PassageReader(codec_base.PerDocumentReader):  # type: ignore[misc]
    """What belongs to a passage as a whole; a passage is what Whoosh calls a document."""

    def __init__(self, segment: WhooshSegment) -> None:
        """Read `segment`."""
        self._whoosh_segment = segment
        self._segment = segment.opened()

    def doc_count(self) -> int:
        """Return the number of living passages."""
        return int(self._whoosh_segment.doc_count())

    def doc_count_all(self) -> int:
        """Return the number of passages, deleted ones included."""
        return self._segment.passage_count

    def has_deletions(self) -> bool:
        """Return whether any passage is deleted."""
        return bool(self._whoosh_segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a passage is deleted."""
        return self._whoosh_segment.is_deleted(docnum)

    def deleted_docs(self) -> list[int]:
        """Return the deleted passages, ascending."""
        return self._whoosh_segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the words of a passage; `default` in fields that are not scored by length."""
        if fieldname not in COUNTED_FIELDS:
            return default
        return int(self._segment.passage_words[docnum])

    def _lengths(self, fieldname: str) -> Any:
        if fieldname not in COUNTED_FIELDS or not self._segment.passage_count:
            return np.zeros(1, np.int64)
        return self._segment.passage_words

    def field_length(self, fieldname: str) -> int:
        """Return the words of all passages."""
        return int(self._lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """Return the words of the shortest passage."""
        return int(self._lengths(fieldname).min())

    def max_field_length(self, fieldname: str) -> int:
        """Return the words of the longest passage."""
        return int(self._lengths(fieldname).max())

    def stored_fields(self, docnum: int) -> dict[str, int]:
        """Return the store's key of the passage's article, and its number there."""
        article = int(self._segment.passage_article[docnum])
        return {
            "key": int(self._segment.article_key[article]),
            "number": docnum - int(self._segment.article_first[article]),
        }

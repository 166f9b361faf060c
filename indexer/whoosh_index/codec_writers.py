"""What Whoosh's own writer hands over, passage by passage and posting by posting.

Segments are built in bulk by `builder`; this is the codec's slow road, for `add_document`.
"""

# ruff: noqa: ARG002 -- the signatures are Whoosh's.

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from pinakes.indexer.segments.builder import published_days, zone_words
from pinakes.indexer.segments.columns import (
    COUNTED_FIELDS,
    FIELDS,
    KINDS,
    POSITION_FIELD,
    FieldColumns,
    SegmentColumns,
    join_terms,
    starts_of,
)
from pinakes.indexer.whoosh_index.adapter import codec_base

if TYPE_CHECKING:
    from pinakes.indexer.whoosh_index.segment import WhooshSegment


@dataclass(slots=True)
class SegmentDraft:
    """What has been handed over so far.

    Attributes:
        keys: Of each passage's article.
        published: Of each passage's article.
        lengths: Words of each passage.
        fields: The inverted lists; empty until all passages are there.
    """

    keys: list[int] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    fields: dict[str, FieldColumns] = field(default_factory=dict)

    def columns(self) -> SegmentColumns:
        """Return the segment; passages in a row that share a key are one article.

        Raises:
            ValueError: The keys do not ascend.
        """
        keys = np.array(self.keys, np.int64)
        if (keys[1:] < keys[:-1]).any():
            raise ValueError("the keys of passages must ascend")
        is_first = np.ones(len(keys), np.bool_)
        is_first[1:] = keys[1:] != keys[:-1]
        begins = np.flatnonzero(is_first)
        first = np.append(begins, len(keys))
        kinds = self._kinds()
        lengths = np.array(self.lengths, np.int64)
        days = [published_days(self.published[passage]) for passage in begins.tolist()]
        return SegmentColumns(
            article_key=keys[begins],
            article_first=first,
            article_words=zone_words(first, kinds, lengths),
            published=np.array(days, np.int32).reshape(-1, 2),
            passage_kind=kinds,
            passage_words=lengths,
            fields=self.fields,
        )

    def _kinds(self) -> Any:
        kinds = np.full(len(self.keys), KINDS.index(KINDS[0].PARAGRAPH), np.uint8)
        lists = self.fields["kind"]
        names = lists.terms.tobytes()
        for number, start in enumerate(lists.terms_at[:-1].tolist()):
            name = names[start : int(lists.terms_at[number + 1])].decode()
            first, last = lists.postings_at[number : number + 2].tolist()
            kinds[lists.passages[first:last]] = [kind.value for kind in KINDS].index(name)
        return kinds


class PassageWriter(codec_base.PerDocumentWriter):  # type: ignore[misc]
    """Takes what belongs to a passage as a whole."""

    def __init__(self, draft: SegmentDraft) -> None:
        """Write to `draft`."""
        self._draft = draft
        self._values: dict[str, Any] = {}
        self._length = 0
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a passage."""
        self._values = {}
        self._length = 0

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Take the value of a field, and its number of words."""
        self._values[fieldname] = value
        if fieldname == POSITION_FIELD:
            self._length = length

    def finish_doc(self) -> None:
        """End a passage.

        Raises:
            ValueError: It came without the key of its article.
        """
        key = self._values.get("key")
        if key is None:
            raise ValueError("a passage needs the `key` of its article")
        self._draft.keys.append(int(key))
        self._draft.published.append(str(self._values.get("published") or ""))
        self._draft.lengths.append(self._length)

    def cancel_doc(self) -> None:
        """Forget the passage that was begun."""
        self._values = {}

    def close(self) -> None:
        """Take no more passages."""
        self.is_closed = True


class ListWriter(codec_base.FieldWriter):  # type: ignore[misc]
    """Takes the postings of all fields, and writes the segment's file."""

    def __init__(self, segment: WhooshSegment, draft: SegmentDraft) -> None:
        """Write to `draft`, then to the file of `segment`."""
        self._segment = segment
        self._draft = draft
        self.is_closed = False

    def add_postings(
        self, schema: Any, lengths: Any, items: Iterable[tuple[str, bytes, int, float, bytes]]
    ) -> None:
        """Take `(field, term, passage, weight, value)`, sorted."""
        lists = {name: _ListDraft() for name in FIELDS}
        for name, term, passage, weight, value in items:
            if name in COUNTED_FIELDS:
                positions: list[int] = []
                if name == POSITION_FIELD:
                    positions = schema[name].format.decode_positions(value)
                lists[name].add(term, passage, len(positions) or int(weight), positions)
            else:
                lists[name].add(term, passage, 1, ())
        self._draft.fields = {name: each.columns(name) for name, each in lists.items()}

    def close(self) -> None:
        """Write the segment's file, unless its postings never came."""
        self.is_closed = True
        if self._draft.fields:
            self._segment.write(self._draft.columns())


class _ListDraft:
    """The inverted lists of one field, posting by posting."""

    def __init__(self) -> None:
        self._terms: list[bytes] = []
        self._term_postings: list[int] = []
        self._term_positions: list[int] = []
        self._passages: list[int] = []
        self._counts: list[int] = []
        self._positions: list[int] = []

    def add(self, term: bytes, passage: int, count: int, positions: Iterable[int]) -> None:
        """Add a posting; terms and their passages ascend."""
        if not self._terms or self._terms[-1] != term:
            self._terms.append(term)
            self._term_postings.append(0)
            self._term_positions.append(0)
        self._term_postings[-1] += 1
        self._term_positions[-1] += count
        self._passages.append(passage)
        self._counts.append(count)
        self._positions.extend(positions)

    def columns(self, name: str) -> FieldColumns:
        """Return the lists of the field `name`."""
        terms, terms_at = join_terms(self._terms)
        placed = name == POSITION_FIELD
        return FieldColumns(
            terms=terms,
            terms_at=terms_at,
            postings_at=starts_of(np.array(self._term_postings, np.int64)),
            passages=np.array(self._passages, np.int64),
            counts=np.array(self._counts, np.int64) if name in COUNTED_FIELDS else None,
            positions_at=starts_of(np.array(self._term_positions, np.int64)) if placed else None,
            positions=np.array(self._positions, np.int64) if placed else None,
        )

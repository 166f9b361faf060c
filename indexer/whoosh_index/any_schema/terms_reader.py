"""Dictionary and lists of a segment for any schema, as Whoosh asks for them: terms are bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pinakes.indexer.whoosh_index.adapter import TermNotFound, codec_base
from pinakes.indexer.whoosh_index.any_schema.files import TERMS, open_file
from pinakes.indexer.whoosh_index.any_schema.matcher import PostingMatcher, TermPostings
from pinakes.indexer.whoosh_index.any_schema.ragged import Ragged
from pinakes.indexer.whoosh_index.any_schema.segment import SchemaSegment

Term = tuple[str, bytes]


class TermsReader(codec_base.TermsReader):  # type: ignore[misc]
    """Terms are known by their number, in the order of their fields, then of their bytes."""

    def __init__(self, storage: Any, segment: SchemaSegment) -> None:
        """Open the file of `segment`.

        Raises:
            IndexDamagedError: It does not add up.
        """
        file = open_file(storage, segment.make_filename(TERMS))
        self._terms = Ragged(file, "terms")
        count = len(self._terms)
        names = Ragged(file, "fields")
        self._names = names.texts()
        ends = file.starts("field_terms_at", count=len(names) + 1, total=count).tolist()
        self._ranges = {
            name: (ends[field], ends[field + 1]) for field, name in enumerate(self._names)
        }
        self._documents = file.array("documents")
        postings = len(self._documents)
        self._weights = file.array("weights", count=postings)
        self._values = Ragged(file, "values", count=postings)
        self._postings_at = file.starts("postings_at", count=count + 1, total=postings)
        self._term_weights = file.array("term_weights", count=count)
        self._block_weights = file.array("block_weights")
        blocks = len(self._block_weights)
        self._block_shortest = file.array("block_shortest", count=blocks)
        self._block_longest = file.array("block_longest", count=blocks)
        self._blocks_at = file.starts("blocks_at", count=count + 1, total=blocks)
        self._block_length = int(file.array("block_length", count=1)[0])

    def _number(self, fieldname: str, text: bytes) -> int | None:
        first, last = self._ranges.get(fieldname, (0, 0))
        number = self._terms.at_or_after(text, first, last)
        return number if number < last and self._terms[number] == text else None

    def _find(self, fieldname: str, text: bytes) -> TermPostings:
        number = self._number(fieldname, text)
        if number is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return self._postings(number)

    def _postings(self, number: int) -> TermPostings:
        first, last = map(int, self._postings_at[number : number + 2])
        blocks = slice(*map(int, self._blocks_at[number : number + 2]))
        return TermPostings(
            documents=self._documents[first:last],
            weights=self._weights[first:last],
            values=self._values.content,
            values_at=self._values.starts[first : last + 1],
            total_weight=float(self._term_weights[number]),
            block_length=self._block_length,
            block_weights=self._block_weights[blocks],
            block_shortest=self._block_shortest[blocks],
            block_longest=self._block_longest[blocks],
        )

    def __contains__(self, term: Term) -> bool:
        """Return whether the dictionary has the term."""
        return self._number(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return list(self._names)

    def _numbered(self, after: int = 0) -> Iterator[tuple[Term, int]]:
        for name, (first, last) in self._ranges.items():
            for number in range(max(first, after), last):
                yield (name, self._terms[number]), number

    def _from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, int]]:
        if fieldname not in self._ranges:
            return iter(())
        return self._numbered(self._terms.at_or_after(prefix, *self._ranges[fieldname]))

    def terms(self) -> Iterator[Term]:
        """Return all terms, in order."""
        return (term for term, _ in self._numbered())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Return the terms from `prefix` on, those of the fields after `fieldname` too."""
        return (term for term, _ in self._from(fieldname, prefix))

    def items(self) -> Iterator[tuple[Term, Any]]:
        """Return all terms with their statistics."""
        return ((term, self._postings(number).info()) for term, number in self._numbered())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, Any]]:
        """Return what `terms_from` does, with statistics."""
        found = self._from(fieldname, prefix)
        return ((term, self._postings(number).info()) for term, number in found)

    def term_info(self, fieldname: str, text: bytes) -> Any:
        """Return Whoosh's statistics of a term; raises its `TermNotFound`."""
        return self._find(fieldname, text).info()

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return the sum of a term's weights; 0 if it does not occur."""
        number = self._number(fieldname, text)
        return 0 if number is None else float(self._term_weights[number])

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return in how many documents a term occurs."""
        number = self._number(fieldname, text)
        if number is None:
            return 0
        return int(self._postings_at[number + 1]) - int(self._postings_at[number])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """Return a matcher that stands at the first posting of a term."""
        return PostingMatcher((fieldname, text), self._find(fieldname, text), format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        """Return a cursor on the dictionary of a field, for fuzzy and other expansion."""
        return TermCursor(self, fieldobj, *self._ranges.get(fieldname, (0, 0)))

    def info_of(self, number: int) -> Any:
        """Return Whoosh's statistics of the term with this number."""
        return self._postings(number).info()

    @property
    def dictionary(self) -> Ragged:
        """All terms, by their numbers."""
        return self._terms


class TermCursor(codec_base.FieldCursor):  # type: ignore[misc]
    """Walks the dictionary of a field.

    There is no `term`, as in stock cursors: Whoosh's cursor over several segments would call it,
    and then find nothing without a word, where now it is refused.
    """

    def __init__(self, reader: TermsReader, fieldobj: Any, first: int, last: int) -> None:
        """Stand at the first of the terms [first, last)."""
        self._reader = reader
        self._fieldobj = fieldobj
        self._first = self._number = first
        self._last = last

    def first(self) -> Any:
        """Go to the first term and return it."""
        self._number = self._first
        return self.text()

    def find(self, term: str | bytes) -> Any:
        """Go to the first term that is not before `term` and return it."""
        encoded = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._number = self._reader.dictionary.at_or_after(encoded, self._first, self._last)
        return self.text()

    def next(self) -> Any:
        """Go on by one term and return it."""
        self._number = min(self._number + 1, self._last)
        return self.text()

    def text(self) -> Any:
        """Return the current term as the field has it; None beyond the last."""
        if not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self._reader.dictionary[self._number])

    def term_info(self) -> Any:
        """Return Whoosh's statistics of the current term; None beyond the last."""
        return self._reader.info_of(self._number) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Return whether there is a current term."""
        return self._number < self._last

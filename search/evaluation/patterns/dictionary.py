"""The words of a segment as arrays of letters, to be compared all at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.indexer import InvertedField
from pinakes.search.evaluation.texts.held import Array, Ordinals, run_starts


@dataclass(frozen=True)
class Dictionary:
    """Words in the order of their numbers, letter after letter.

    Attributes:
        alphabet: uint32: the letters that occur, as code points, ascending.
        letters: uint16 or uint32: each word's letters, as places in `alphabet`.
        starts: int64, one more than words: where in `letters` each begins.
    """

    alphabet: Array
    letters: Array
    starts: Ordinals

    @cached_property
    def lengths(self) -> Ordinals:
        """How many letters each word has."""
        return np.diff(self.starts)

    @cached_property
    def signatures(self) -> Array:
        """uint64: a bit for each letter of a word, letters dealt to 64 bits."""
        bits = np.uint64(1) << (self.alphabet & 63).astype(np.uint64)
        if not len(self.lengths):
            return bits[:0]
        return np.bitwise_or.reduceat(bits[self.letters], self.starts[:-1])

    def of_length(self, length: int) -> tuple[Ordinals, Array]:
        """Return the numbers of the words of so many letters, ascending, and their signatures."""
        numbers, signatures, ends = self._by_length
        if not 0 < length < len(ends):
            return numbers[:0], signatures[:0]
        own = slice(ends[length - 1], ends[length])
        return numbers[own], signatures[own]

    @cached_property
    def _by_length(self) -> tuple[Ordinals, Array, list[int]]:
        """The words in the order of their lengths, their signatures, and where each length ends."""
        numbers = self.lengths.argsort(kind="stable")
        ends: list[int] = np.bincount(self.lengths).cumsum().tolist()
        return numbers, self.signatures[numbers], ends

    def containing(self, run: str, first: int, end: int) -> Ordinals:
        """Return the numbers, from `first` to before `end`, of words that hold a run of letters."""
        start, stop = int(self.starts[first]), int(self.starts[end])
        begins = np.ones(max(0, stop - start - len(run) + 1), dtype=np.bool_)
        for place, letter in enumerate(run):
            code = int(np.searchsorted(self.alphabet, ord(letter)))
            if code == len(self.alphabet) or self.alphabet[code] != ord(letter):
                return np.empty(0, dtype=np.int64)
            at = start + place
            begins &= self.letters[at : at + len(begins)] == code
        places = np.flatnonzero(begins) + start
        numbers = np.searchsorted(self.starts, places, side="right") - 1
        is_whole = places + len(run) <= self.starts[numbers + 1]
        numbers = numbers[is_whole]
        return numbers[run_starts(numbers)]


def read_dictionary(terms: Array, offsets: Array) -> Dictionary:
    """Return the dictionary of words in UTF-8.

    Args:
        terms: uint8: the words, one after the other; none is empty.
        offsets: One more than words: where in `terms` each begins.
    """
    text = terms.tobytes().decode("utf-8", "replace")
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    occurs = np.zeros(0x110000, dtype=np.bool_)
    occurs[codes] = True
    alphabet = np.flatnonzero(occurs).astype(np.uint32)
    kind = np.uint16 if len(alphabet) <= 1 << 16 else np.uint32
    places = np.zeros(0x110000, dtype=kind)
    places[alphabet] = np.arange(len(alphabet))
    # A letter begins at every byte that does not continue one.
    begun = np.zeros(len(terms) + 1, dtype=np.int64)
    np.cumsum((terms & 0xC0) != 0x80, out=begun[1:])
    return Dictionary(alphabet=alphabet, letters=places[codes], starts=begun[offsets])


_dictionaries: WeakKeyDictionary[InvertedField, Dictionary] = WeakKeyDictionary()


def dictionary_of(field: InvertedField) -> Dictionary:
    """Return the dictionary of a field of a segment; made once, and kept as long as the segment."""
    known = _dictionaries.get(field)
    if known is None:
        known = read_dictionary(*field.dictionary.slice(0, field.dictionary.term_count))
        _dictionaries[field] = known
    return known

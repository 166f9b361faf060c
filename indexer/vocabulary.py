"""Numbers for distinct words, given to many words at once and from many threads.

A word of up to 8 bytes is its own 64-bit key; the key of a longer one is a hash, and its bytes are
compared besides. A table with open addressing leads from keys to numbers.
"""

from __future__ import annotations

import threading
from typing import NamedTuple

import numpy as np

from pinakes.indexer.segments.arrays import Array

_PIECE = 8
_PIECES = 4
MAX_KEYED_BYTES = _PIECE * _PIECES
"""Longer words are rare, and are numbered one by one."""

_NONE = np.uint32(0xFFFF_FFFF)
_EMPTY = np.uint64(0)
_FACTOR = np.uint64(0x9E37_79B9_7F4A_7C15)
_HALF = np.uint64(32)
# A word of 8 bytes never ends in this byte, which UTF-8 does not know; shorter ones end in NUL.
_HASHED = np.uint64(0xFF << 56)
# The key of all words that are too long; what the table says of it is put right afterwards.
_TOO_LONG = _HASHED
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_PIECE + 1)], np.uint64)
_SLOTS_A_WORD = 4
_FIRST_SLOTS = 1 << 12


class KeyedWords(NamedTuple):
    """Words of a text, as they are numbered.

    Attributes:
        keys: Of each word.
        long: Which words have more than 8 bytes, ascending.
        pieces: The bytes of those, in four numbers each.
        longest: The bytes of words that are too long for that, by which word it is.
    """

    keys: Array
    long: Array
    pieces: Array
    longest: dict[int, bytes]


class Vocabulary:
    """The distinct words met so far, numbered from 0.

    Threads look words up without waiting for each other. What one misses or finds half written,
    because another is adding it, it asks for again when it holds the lock.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._others: dict[bytes, int] = {}
        self._table = _empty_table(_FIRST_SLOTS)
        self._table.place(np.array([_TOO_LONG]), np.zeros(1, np.uint32))

    def words(self) -> list[str]:
        """Return the words by their numbers."""
        with self._lock:
            encoded = _joined(self._table.pieces[: self._count])
            for word, number in self._others.items():
                encoded[number] = word
        return [word.decode("utf-8", "surrogatepass") for word in encoded]

    def number(self, words: KeyedWords) -> Array:
        """Return the number of each word (uint32); words not met before get one."""
        table = self._table
        numbers = table.look_up(words.keys)
        missing = np.flatnonzero(numbers == _NONE)
        if len(missing):
            with self._lock:
                table = self._add(words, missing)
                numbers[missing] = table.look_up(words.keys[missing])
        unlike = np.flatnonzero(table.pieces[numbers[words.long]] != words.pieces)
        if words.longest or len(unlike):
            with self._lock:
                self._number_others(words, np.unique(unlike // _PIECES), numbers)
        return numbers

    def _add(self, words: KeyedWords, missing: Array) -> _Table:
        keys = np.sort(words.keys[missing])
        keys = keys[np.append(True, keys[1:] != keys[:-1])]
        keys = keys[self._table.look_up(keys) == _NONE]
        first, last = self._count, self._count + len(keys)
        table = self._reserve(last)
        if not len(keys):
            return table
        numbers = np.arange(first, last, dtype=np.uint32)
        table.pieces[first:last, 0] = keys
        long_missing = np.isin(words.long, missing, assume_unique=True)
        long_keys = words.keys[words.long[long_missing]]
        places = np.minimum(np.searchsorted(keys, long_keys), len(keys) - 1)
        new = keys[places] == long_keys
        # Of different words with one key, one is taken.
        table.pieces[first + places[new]] = words.pieces[long_missing][new]
        table.place(keys, numbers)
        self._count = last
        return table

    def _number_others(self, words: KeyedWords, unlike: Array, numbers: Array) -> None:
        """Give numbers to words that share their key with another word."""
        others = dict(words.longest)
        for row in unlike:
            place, pieces = int(words.long[row]), words.pieces[row : row + 1]
            if (self._table.pieces[numbers[place]] != pieces).any():
                others[place] = _joined(pieces)[0]
        for place, word in others.items():
            number = numbers[place] = self._others.setdefault(word, self._count)
            if number == self._count:
                self._count += 1
                self._reserve(self._count)

    def _reserve(self, count: int) -> _Table:
        if count > len(self._table.pieces):
            self._table = self._table.grown(count)
        return self._table


class _Table(NamedTuple):
    """Where keys stand; words are added until there is a row of `pieces` for each."""

    keys: Array
    numbers: Array
    pieces: Array

    def slots(self, keys: Array) -> Array:
        """Return where the search for each key begins."""
        slots = keys * _FACTOR
        slots >>= np.uint64(65 - len(self.keys).bit_length())
        return slots.view(np.int64)

    def look_up(self, keys: Array) -> Array:
        """Return the number of each key, or `_NONE`."""
        slots = self.slots(keys)
        # Slots are in range; `clip` only spares the check.
        found = self.keys.take(slots, mode="clip")
        numbers = self.numbers.take(slots, mode="clip")
        astray = np.flatnonzero(found != keys)
        slots, keys, found = slots[astray], keys[astray], found[astray]
        numbers[astray] = _NONE
        while len(astray):
            onward = np.flatnonzero(found != _EMPTY)
            astray, keys = astray[onward], keys[onward]
            slots = (slots[onward] + 1) & (len(self.keys) - 1)
            found = self.keys[slots]
            here = found == keys
            numbers[astray[here]] = self.numbers[slots[here]]
            np.copyto(found, _EMPTY, where=here)
        return numbers

    def place(self, keys: Array, numbers: Array) -> None:
        """Put in keys that are not there."""
        slots = self.slots(keys)
        while len(keys):
            free = self.keys[slots] == _EMPTY
            self.keys[slots[free]] = keys[free]
            placed = self.keys[slots] == keys
            self.numbers[slots[placed]] = numbers[placed]
            left = ~placed
            keys, numbers = keys[left], numbers[left]
            slots = (slots[left] + 1) & (len(self.keys) - 1)

    def grown(self, count: int) -> _Table:
        """Return a table of the same words with room for `count` and as many more."""
        table = _empty_table(1 << (2 * count * _SLOTS_A_WORD - 1).bit_length())
        table.pieces[: len(self.pieces)] = self.pieces
        used = self.keys != _EMPTY
        table.place(self.keys[used], self.numbers[used])
        return table


def _empty_table(slots: int) -> _Table:
    return _Table(
        keys=np.full(slots, _EMPTY),
        numbers=np.full(slots, _NONE),
        pieces=np.zeros((slots // _SLOTS_A_WORD, _PIECES), np.uint64),
    )


def _joined(pieces: Array) -> list[bytes]:
    # Words hold no NUL: numpy leaves out those at the end.
    joined: list[bytes] = pieces.astype("<u8").view(f"S{MAX_KEYED_BYTES}").ravel().tolist()
    return joined


def keyed_words(utf8: bytes, starts: Array, ends: Array) -> KeyedWords:
    """Return the keys of the words of a text.

    Args:
        utf8: The text; `MAX_KEYED_BYTES` or more of it follow on the last word.
        starts: Where words begin.
        ends: Where they end.
    """
    sizes = ends - starts
    # The 8 bytes from every byte on.
    eights: Array = np.ndarray((len(utf8) - _PIECE + 1,), "<u8", utf8, strides=(1,))
    keys = eights[starts]
    keys &= _MASKS.take(sizes, mode="clip")
    long = np.flatnonzero(sizes > _PIECE)
    too_long = sizes[long] > MAX_KEYED_BYTES
    longest = {place: utf8[starts[place] : ends[place]] for place in long[too_long].tolist()}
    keys[long[too_long]] = _TOO_LONG
    long = long[~too_long]
    pieces = np.zeros((len(long), _PIECES), np.uint64)
    pieces[:, 0] = keys[long]
    rows, at, rest = np.arange(len(long)), starts[long], sizes[long]
    for piece in range(1, _PIECES):
        at, rest = at + _PIECE, rest - _PIECE
        pieces[rows, piece] = eights[at] & _MASKS.take(rest, mode="clip")
        longer = np.flatnonzero(rest > _PIECE)
        rows, at, rest = rows[longer], at[longer], rest[longer]
    keys[long] = _hash(pieces) | _HASHED
    return KeyedWords(keys, long, pieces, longest)


def _hash(pieces: Array) -> Array:
    hashes = pieces[:, 0] * _FACTOR
    for piece in range(1, _PIECES):
        hashes ^= hashes >> _HALF
        hashes ^= pieces[:, piece]
        hashes *= _FACTOR
    hashes ^= hashes >> _HALF
    return hashes

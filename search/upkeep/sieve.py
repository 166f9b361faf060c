"""Finds many words at once in any bytes: in text as in whatever else holds text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_KEY_BYTES = 4
SHORTEST_BYTES = _KEY_BYTES
"""Shorter words are not looked for: any file has them by chance."""
_TABLE_BITS = 16
# Knuth's multiplicative hashing: 2**32 divided by the golden ratio.
_FACTOR = np.uint32(2654435761)
_LETTERS = frozenset(
    [
        *b"0123456789",
        *range(ord("A"), ord("Z") + 1),
        *range(ord("a"), ord("z") + 1),
        *range(0x80, 0x100),
    ]
)


class Hit(NamedTuple):
    """A word found in bytes.

    Attributes:
        word: As it was given to the sieve.
        spelling: The bytes that were found, with ASCII letters in lower case.
        start: Its first byte.
        is_whole: Whether no letter or digit, nor any byte of a sign beyond ASCII, is beside it.
    """

    word: str
    spelling: bytes
    start: int
    is_whole: bool


class Sieve:
    """Words made ready to be found, in UTF-8, whatever the case of their ASCII letters."""

    def __init__(self, spellings: Mapping[str, Collection[str]]) -> None:
        """Look for words, each in its spellings; those of less than 4 bytes are passed over."""
        self._words: dict[bytes, dict[bytes, str]] = {}
        self._table = np.zeros(1 << _TABLE_BITS, np.bool_)
        self.longest_bytes = 0
        for word, spelt in spellings.items():
            for spelling in spelt:
                # Not `str.lower`: what is beyond ASCII is looked for as it is spelt.
                encoded = spelling.encode("utf-8", "surrogatepass").lower()
                if len(encoded) >= _KEY_BYTES:
                    self._add(encoded, word)

    def _add(self, encoded: bytes, word: str) -> None:
        key = encoded[:_KEY_BYTES]
        self._words.setdefault(key, {})[encoded] = word
        self._table[_hashes(np.frombuffer(key, "<u4"))] = True
        self.longest_bytes = max(self.longest_bytes, len(encoded))

    def find(self, content: bytes) -> Iterator[Hit]:
        """Yield the words in `content`, also those inside of others, in no order."""
        if not self._words:
            return
        lowered = content.lower()
        for offset in range(_KEY_BYTES):
            count = (len(lowered) - offset) // _KEY_BYTES
            if count <= 0:
                continue
            keys = np.frombuffer(lowered, "<u4", count=count, offset=offset)
            for place in np.flatnonzero(self._table[_hashes(keys)]).tolist():
                yield from self._find_at(lowered, offset + _KEY_BYTES * place)

    def _find_at(self, lowered: bytes, start: int) -> Iterator[Hit]:
        for encoded, word in self._words.get(lowered[start : start + _KEY_BYTES], {}).items():
            if lowered.startswith(encoded, start):
                end = start + len(encoded)
                before = lowered[start - 1] if start else 0
                after = lowered[end] if end < len(lowered) else 0
                yield Hit(word, encoded, start, not ({before, after} & _LETTERS))


def _hashes(keys: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    return (keys * _FACTOR) >> np.uint32(32 - _TABLE_BITS)

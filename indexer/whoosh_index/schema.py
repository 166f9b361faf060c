"""The Whoosh schema of the index: the same words as `analysis` finds, no pickle in any posting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from pinakes.indexer.analysis import fold_value, words
from pinakes.indexer.segments.columns import FIELDS
from pinakes.indexer.whoosh_index.adapter import analysis, fields, formats

_POSITION_BYTES = 4


class WordAnalyzer(analysis.Analyzer):  # type: ignore[misc]
    """Yields the folded words of a text."""

    def __call__(
        self, value: str, *, positions: bool = False, chars: bool = False, **kwargs: Any
    ) -> Iterator[Any]:
        """Yield Whoosh tokens: one object, filled anew for each word, as Whoosh has it."""
        start_position = kwargs.pop("start_pos", 0)
        start_char = kwargs.pop("start_char", 0)
        token = analysis.Token(positions, chars, **kwargs)
        for position, (start, end, folded) in enumerate(words(value)):
            token.text = token.original = folded
            token.boost = 1.0
            token.stopped = False
            token.pos = start_position + position
            token.startchar, token.endchar = start_char + start, start_char + end
            yield token


class ValueAnalyzer(analysis.Analyzer):  # type: ignore[misc]
    """Yields the whole value, folded, as one token."""

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Any]:
        """Yield one Whoosh token, or none for an empty value."""
        token = analysis.Token(kwargs.pop("positions", False), kwargs.pop("chars", False), **kwargs)
        token.text = token.original = fold_value(value)
        token.boost = 1.0
        token.stopped = False
        token.pos = 0
        token.startchar, token.endchar = 0, len(value)
        if token.text:
            yield token


class WordPositions(formats.Positions):  # type: ignore[misc]
    """Word positions as little-endian 32-bit numbers; Whoosh's own format pickles them."""

    def encode(self, positions: Iterable[int]) -> bytes:
        """Return the positions as bytes."""
        return np.fromiter(positions, np.dtype("<u4")).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the positions."""
        found: list[int] = np.frombuffer(value, np.dtype("<u4")).tolist()
        return found

    def decode_frequency(self, value: bytes) -> int:
        """Return how many positions there are."""
        return len(value) // _POSITION_BYTES


def make_schema() -> Any:
    """Return the schema: the fields that are searched, and what tells of a passage.

    `key` (of its article) and `number` (in its article) come with each passage that Whoosh reads.
    """
    schema = fields.Schema(key=fields.STORED(), number=fields.STORED())
    by_words, by_value = WordAnalyzer(), ValueAnalyzer()
    for name in FIELDS:
        if name in ("word", "stem"):
            field = fields.TEXT(analyzer=by_words, phrase=False)
            if name == "word":
                field.format = WordPositions()
        else:
            field = fields.ID(analyzer=by_words if name in ("author", "section") else by_value)
        schema.add(name, field)
    return schema

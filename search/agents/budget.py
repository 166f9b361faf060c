"""How many tokens an answer takes, at the most, whatever model reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pinakes.search.as_json import dump

_WORD = re.compile(" ?([A-Za-z]+)")
_FRAME: Final = 128
"""What the protocol puts around an answer: keys, flags, name, title and version of the server."""


def count_tokens(text: str) -> int:
    """Return a number of tokens that `text` does not exceed in vocabularies in use.

    Every byte of UTF-8 is one token, as no vocabulary of bytes makes more of it, but that two
    letters of the English alphabet beside each other are one token, and a space before such letters
    none. Of English text that is about twice what models count, of others more.

    >>> count_tokens("A letter of 2014"), count_tokens("é")
    (10, 2)
    """
    saved = 0
    for found in _WORD.finditer(text):
        letters = found.end(1) - found.start(1)
        saved += letters // 2 + (found.start(1) - found.start())
    return len(text.encode("utf-8", "surrogatepass")) - saved


def answer_tokens(blocks: Sequence[str], structured: Mapping[str, Any]) -> int:
    """Return the tokens of a whole answer as it goes out, both forms of what it says counted."""
    content = [{"type": "text", "text": block} for block in blocks]
    told = dump({"content": content, "structuredContent": structured})
    return count_tokens(told) + _FRAME


def entry_tokens(block: str, entry: Mapping[str, Any]) -> int:
    """Return what a block, and what stands for it among the structured results, add."""
    return count_tokens(dump({"type": "text", "text": block})) + count_tokens(dump(entry)) + 4

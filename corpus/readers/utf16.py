"""Tells UTF-16 and UTF-32 that begin with no byte order mark, from the bytes alone."""

from __future__ import annotations

import re
import unicodedata

# Text in other encodings has none of these; of UTF-16 they are halves of characters.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ORDERS = ("utf-16-le", "utf-16-be")
_WIDE_ORDERS = ("utf-32-le", "utf-32-be")
_SAMPLE_BYTES = 4096
_FEWEST_BYTES = 16
# What no text does without: letters and spaces of markup, punctuation of Chinese and Japanese.
# With their bytes swapped they are rare letters of other scripts, or none.
_ANCHOR = re.compile("[\t\n\r\x20-\x7e\u3000-\u3002\uff0c\uff0e\uff1a]")
_FEWEST_ANCHORS = 0.01
# Letters of an alphabet stand together in Unicode, in one block of 256 or two.
_FEWEST_A_BLOCK = 8
_MOST_STRAYS = 0.02
_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})


def find_utf16(data: bytes) -> str:
    """Return which UTF-16 or UTF-32 the bytes are, as Python names it; empty if they are none.

    They are if the beginning decodes without an error to characters that exist, with spaces or
    full stops among them or all of one alphabet; of the two orders, that with more of these.
    """
    sample = data[:_SAMPLE_BYTES]
    if len(sample) < _FEWEST_BYTES or not _CONTROL.search(sample):
        return ""
    if sample.count(0) * 2 >= len(sample):
        wide = next((order for order in _WIDE_ORDERS if _text_of(data, order, 4)), "")
        if wide:
            return wide
    texts = {order: _text_of(data, order, 2) for order in _ORDERS}
    best = max(_ORDERS, key=lambda order: _likelihood(texts[order]))
    anchors, blocks = _likelihood(texts[best])
    length = len(texts[best])
    is_text = anchors >= length * _FEWEST_ANCHORS or -blocks * _FEWEST_A_BLOCK <= length
    return best if length and is_text else ""


def _likelihood(text: str) -> tuple[int, int]:
    """Return how many anchors a text has, and as a negative number over how many blocks it goes."""
    return len(_ANCHOR.findall(text)), -len({ord(char) >> 8 for char in text})


def _text_of(data: bytes, encoding: str, width: int) -> str:
    """Return the beginning of `data` in an encoding; empty if it makes no text in it."""
    end = min(len(data), _SAMPLE_BYTES)
    end -= end % width
    try:
        text = data[:end].decode(encoding)
    except UnicodeDecodeError as error:
        # A pair of surrogates may be cut in two at the end of the sample.
        if error.start < end - 2:
            return ""
        text = data[: error.start].decode(encoding)
    strays = sum(
        1 for char in text if unicodedata.category(char) in _NO_TEXT and char not in "\t\n\r\f\v"
    )
    return text if strays <= len(text) * _MOST_STRAYS else ""

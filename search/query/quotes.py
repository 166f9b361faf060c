"""Quotation marks: which open a phrase, which close it, and how to write a text between them."""

from __future__ import annotations

import re

# Opening mark -> the marks that close it: English, German and Polish, Swedish, French, Danish.
CLOSERS = {
    '"': '"',
    "“": "”“",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«»",
}
MARKS = "".join(CLOSERS)
_CLOSING = {opener: re.compile(f"[{closers}]") for opener, closers in CLOSERS.items()}
_WRITTEN_WITH = (('"', '"'), ("“", "”"), ("«", "»"), ("”", "”"))


def find_closer(text: str, start: int) -> int:
    """Return where the quotation opened at `start` closes, or -1."""
    found = _CLOSING[text[start]].search(text, start + 1)
    return found.start() if found else -1


def strip_loose(content: str) -> str:
    """Return what stands between quotes without what would make a `”` before it a stray one.

    A text that holds every other mark can be written between two of these only.
    """
    return content.lstrip(" )\u200b\ufeff")


def quote(content: str) -> str | None:
    """Return `content` between marks that do not occur in it; None if it holds them all."""
    for opener, closer in _WRITTEN_WITH:
        if not any(mark in content for mark in CLOSERS[opener]):
            return f"{opener}{content}{closer}"
    return None

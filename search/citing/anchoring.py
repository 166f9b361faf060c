"""Finds a quote in a text that may have changed since it was cited.

As W3C's Web Annotation Data Model has it: the position first, then the quote, and of several
places where it stands the one with most of the words that stood around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.search.model import Citation

_ENOUGH = 16
"""Code points around a quote that tell where it stood: more of them change more easily."""


def find_quote(text: str, citation: Citation) -> int | None:
    """Return where the quote of a citation begins in `text`; None if it stands nowhere."""
    if text[citation.start : citation.start + len(citation.exact)] == citation.exact:
        return citation.start

    def fitness(place: int) -> tuple[int, int]:
        return _shared_context(text, place, citation), -abs(place - citation.start)

    return max(_places(text, citation.exact), key=fitness, default=None)


def find_replacement(text: str, citation: Citation) -> str:
    """Return what stands now between the words that stood around a quote; empty if unknown."""
    before, behind = citation.prefix[-_ENOUGH:], citation.suffix[:_ENOUGH]
    if not before or not behind:
        return ""
    places = [place + len(before) for place in _places(text, before)]
    ends = ((place, text.find(behind, place)) for place in places)
    # What is much longer than the quote is no other wording of it.
    most = 2 * len(citation.exact) + _ENOUGH
    found = [(start, end) for start, end in ends if 0 <= end - start <= most]
    if not found:
        return ""
    start, end = min(found, key=lambda span: abs(span[0] - citation.start))
    return text[start:end]


def _places(text: str, quote: str) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0 and quote:
        yield place
        place = text.find(quote, place + 1)


def _shared_context(text: str, place: int, citation: Citation) -> int:
    """Return how many code points around a place are those that the citation has there."""
    before = text[max(0, place - len(citation.prefix)) : place][::-1]
    behind = text[place + len(citation.exact) :][: len(citation.suffix)]
    return _shared(before, citation.prefix[::-1]) + _shared(behind, citation.suffix)


def _shared(one: str, other: str) -> int:
    """Return with how many code points both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    differs = (place for place, (left, right) in pairs if left != right)
    return next(differs, min(len(one), len(other)))

"""The authors that a page's readers are shown: in bylines and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from pinakes.corpus.readers.dates import find_dates
from pinakes.corpus.readers.html.authors import read_byline
from pinakes.corpus.readers.html.front import Front, pieces_of
from pinakes.corpus.readers.html.landmarks import BYLINE_WORDS, Landmarks
from pinakes.corpus.readers.html.seen import is_aside
from pinakes.corpus.readers.html.tree import Node

_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|a)?|autore|auteurs?|people|person|staff|profiles?|contributors?"
    r"|writers?|journalists?|journalisten?|reporters?|by|team|byline|redaktion|signatures?)/[^/]",
    re.IGNORECASE,
)
_LATE_BY = re.compile(r"(?<=\s)by:?\s+(?=[^\s\d])", re.IGNORECASE)
_LONGEST_BYLINE = 160
_LONGEST_LATE_BYLINE = 100
_MOST_PIECES_BEFORE = 5
_MOST_PLACES = 40


def seen_authors(page: Landmarks, fronts: Sequence[Front]) -> Iterator[tuple[str, list[str]]]:
    """Yield where authors are shown, and their names.

    The article's head below its title is read first, then what stands above it, and the rest of
    the page only if nobody is named there.
    """
    for front in fronts:
        links = [node for node in front.nodes if node.tag == "a"]
        found = [
            ("link:author", _linked(links, is_author_link, front.around)),
            ("text:byline", _in_named(front.nodes, front.around)),
            ("text:byline", _in_lines(front)),
            ("link:profile", _linked(links, _is_profile_link, front.around)),
        ]
        if any(names for _, names in found):
            yield from ((origin, names) for origin, names in found if names)
            return
    around = fronts[0].around if fronts else frozenset[int]()
    if names := _linked(page.tagged("a"), is_author_link, around):
        yield "link:author", names
    elif names := _in_named(page.named, around):
        yield "text:byline", names


def is_author_link(node: Node) -> bool:
    """Whether a link says of itself that it leads to the author."""
    return "author" in node.attribute("rel").lower().split()


def _is_profile_link(node: Node) -> bool:
    return _PROFILE.search(node.attribute("href")) is not None


def _linked(
    nodes: Iterable[Node], is_link: Callable[[Node], bool], around: frozenset[int]
) -> list[str]:
    names: list[str] = []
    first: Node | None = None
    for node in islice(filter(is_link, nodes), _MOST_PLACES):
        # Authors of one article are named side by side; the next teaser names its own.
        if (first is None or _near(first, node)) and not is_aside(node, around):
            found = read_byline(tuple(pieces_of(node)), is_named=True)
            if found:
                first = first or node
            names += [name for name in found if name not in names]
    return names


def _near(first: Node, other: Node) -> bool:
    parents = list(islice(first.ancestors(), 1, 3))
    return any(up in parents for up in islice(other.ancestors(), 1, 3))


def _in_named(nodes: Sequence[Node], around: frozenset[int]) -> list[str]:
    named = (node for node in nodes if not BYLINE_WORDS.isdisjoint(node.words))
    for node in islice(named, _MOST_PLACES):
        if node.tag in ("html", "body", "link", "meta", "script", "style") or is_aside(
            node, around
        ):
            continue
        pieces = tuple(pieces_of(node))
        if 2 < len(" ".join(pieces)) <= _LONGEST_BYLINE and (names := _names_of(pieces)):
            return names
    return []


def _names_of(pieces: Sequence[str]) -> list[str]:
    starts = range(min(len(pieces), _MOST_PIECES_BEFORE))
    for start in starts:
        if names := read_byline(pieces[start:]):
            return names
    for start in starts:
        if names := read_byline(pieces[start:], is_named=True):
            return names
    return []


def _in_lines(front: Front) -> list[str]:
    for line in front.lines:
        if len(line.text) > _LONGEST_BYLINE or is_aside(line.node, front.around):
            continue
        for start in range(min(len(line.pieces), _MOST_PIECES_BEFORE)):
            if names := read_byline(line.pieces[start:]):
                return names
        match = _LATE_BY.search(line.text)
        if match is None or len(line.text) > _LONGEST_LATE_BYLINE or not find_dates(line.text):
            continue
        if names := read_byline((f"by {line.text[match.end() :]}",)):
            return names
    return []

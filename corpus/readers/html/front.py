"""The lines around an article's title, where readers are told who wrote it and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pinakes.corpus.readers.html.landmarks import Landmarks
from pinakes.corpus.readers.html.titles import fold_title
from pinakes.corpus.readers.html.tree import BLOCK_TAGS, SILENT_TAGS, Node, visible_text

_HEADINGS = ("h1", "h2", "h3")
_NODES_BEFORE = 25
_NODES_AFTER = 250
_MOST_LINES = 40
# Two paragraphs of running text, and the head of the article is over.
_LONG_TEXT = 220
_MOST_LONG_TEXTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A run of text without a break, in the pieces that elements cut it into.

    Attributes:
        node: The block it stands in.
        pieces: Each the text of one element, cleaned, in order; none is empty.
    """

    node: Node
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole line, a space between pieces."""
        return " ".join(self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A part of the head of an article: what stands between its title and its text, or above it.

    Attributes:
        lines: In document order.
        nodes: The elements they stand in.
        around: The numbers of the elements that hold the title.
    """

    lines: tuple[Line, ...]
    nodes: tuple[Node, ...]
    around: frozenset[int]


def find_fronts(page: Landmarks, title: str) -> tuple[Front, ...]:
    """Return the head of an article, below its title and then above it.

    Without a heading it is the beginning of the page.
    """
    heading = _find_heading(page, title)
    if heading is None:
        return ()
    around = frozenset(node.number for node in heading.ancestors())
    lines, end = _lines_below(page, heading)
    start = max(0, heading.number - _NODES_BEFORE)
    above = page.page.nodes[start : heading.number]
    return (
        Front(lines=lines, nodes=page.page.nodes[heading.number : end], around=around),
        Front(
            lines=tuple(line for line in _lines(above) if len(line.text) < _LONG_TEXT),
            nodes=above,
            around=around,
        ),
    )


def _lines_below(page: Landmarks, heading: Node) -> tuple[tuple[Line, ...], int]:
    """Return the lines from a heading up to the running text, and the number of the node there."""
    below: list[Line] = []
    end = min(heading.number + _NODES_AFTER, len(page.page.nodes))
    long_texts = 0
    for line in _lines(page.page.nodes[heading.number : end]):
        if line.node is heading:
            continue
        if len(line.text) < _LONG_TEXT:
            below.append(line)
            continue
        long_texts += 1
        if long_texts >= _MOST_LONG_TEXTS or len(below) >= _MOST_LINES:
            return tuple(below), line.node.number
    return tuple(below), end


def _find_heading(page: Landmarks, title: str) -> Node | None:
    """Return the heading that shows `title`, or the first of the first level, or the body."""
    folded = fold_title(title)
    first: Node | None = None
    for node in page.tagged(*_HEADINGS):
        first = first or (node if node.tag == "h1" else None)
        if folded and fold_title(visible_text(node)) == folded:
            return node
    return first or next(page.tagged("body"), None)


def _lines(nodes: Sequence[Node]) -> Iterator[Line]:
    silent: set[int] = set()
    for node in nodes:
        if node.tag in SILENT_TAGS or (node.parent and node.parent.number in silent):
            silent.add(node.number)
            continue
        if node.tag not in BLOCK_TAGS:
            continue
        pieces: list[str] = []
        for child in node.children:
            if isinstance(child, Node) and _breaks_line(child):
                if pieces:
                    yield Line(node=node, pieces=tuple(pieces))
                pieces = []
            else:
                pieces.extend(pieces_of(child))
        if pieces:
            yield Line(node=node, pieces=tuple(pieces))


def _breaks_line(node: Node) -> bool:
    return (
        node.tag in BLOCK_TAGS
        or node.tag == "br"
        or any(isinstance(child, Node) and child.tag in BLOCK_TAGS for child in node.children)
    )


def pieces_of(item: Node | str) -> Iterator[str]:
    """Yield the texts below a node, each element's own apart, cleaned and not empty."""
    stack = [item]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            if text := " ".join(item.split()):
                yield text
        elif item.tag not in SILENT_TAGS:
            stack.extend(reversed(item.children))

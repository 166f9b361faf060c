"""A page as plain nodes in document order, free of the parser that read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

# Text set in lines of its own; every other element is part of the line it stands in.
_BLOCK_TAGS_LIST = """
    address article aside blockquote body caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html
    legend li listing main menu nav ol option p plaintext pre search section summary
    table tbody td tfoot th thead tr ul xmp
"""
BLOCK_TAGS = frozenset(_BLOCK_TAGS_LIST.split())
# Never text of the page: machinery, embedded media and their fallbacks, forms' controls, readings.
_SILENT_TAGS_LIST = """
    annotation annotation-xml applet audio button canvas datalist embed head iframe input map
    noframes noscript object progress rp rt script select style svg template textarea title video
"""
SILENT_TAGS = frozenset(_SILENT_TAGS_LIST.split())
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
# WordPress writes an article's rubrics and tags into its classes; `tag-video` is no video.
_TAXONOMY = re.compile(r"(?<!\S)(?:category|tag|type|status|format|author|has)-\S+")


@dataclass(slots=True, eq=False)
class Node:
    """One element of a page.

    Attributes:
        tag: Its name in lower case.
        attributes: As the page has them; names in lower case.
        parent: None for the root.
        number: Position in document order, counting from 0.
        children: Nodes and texts in order.
        words: The words of its class and id, in lower case: `postBody-main` holds `post`, `body`,
            `main`.
    """

    tag: str
    attributes: Mapping[str, str]
    parent: Node | None
    number: int
    children: list[Node | str] = field(default_factory=list)
    words: tuple[str, ...] = ()

    def attribute(self, name: str) -> str:
        """Return the value of an attribute, ends stripped; empty if it has none."""
        return self.attributes.get(name, "").strip()

    def ancestors(self) -> Iterator[Node]:
        """Yield the node itself, its parent and so on up to the root."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The elements of a page in document order; the first is the root."""

    nodes: tuple[Node, ...]

    @property
    def root(self) -> Node:
        """The node that holds all others."""
        return self.nodes[0]

    def tagged(self, *tags: str) -> Iterator[Node]:
        """Yield the nodes with one of these tag names in document order."""
        return (node for node in self.nodes if node.tag in tags)


@lru_cache(4096)
def split_words(names: str) -> tuple[str, ...]:
    """Return the words of class and id names, in lower case.

    >>> split_words("postBody-main c12 relatedLINKS")
    ('post', 'body', 'main', 'c', 'related', 'links')
    """
    if "hentry" in names or "type-" in names:
        names = _TAXONOMY.sub("", names)
    return tuple(word.lower() for word in _WORD.findall(names))


def visible_text(node: Node) -> str:
    """Return the text below a node with spaces between blocks, white space collapsed."""
    parts: list[str] = []
    stack: list[Node | str] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if item.tag in SILENT_TAGS and item is not node:
            continue
        if item.tag in BLOCK_TAGS or item.tag == "br":
            parts.append(" ")
            stack.append(" ")
        stack.extend(reversed(item.children))
    return " ".join("".join(parts).split())

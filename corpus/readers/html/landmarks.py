"""Where on a page metadata may stand, found in one walk over its elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pinakes.corpus.readers.html.tree import Node, Page

_BYLINE_WORDS_LIST = """
    author authors authorname byline bylines bylinename contributor contributors writer writers
    autor autoren autore autori auteur auteurs autores verfasser redakteur muellif yazar forfatter
    kirjoittaja penulis skribent
"""
BYLINE_WORDS = frozenset(_BYLINE_WORDS_LIST.split())
_DATE_WORDS_LIST = """
    date dates pubdate published posted datetime timestamp dateline publishdate postdate datum
    fecha data дата tarih
"""
DATE_WORDS = frozenset(_DATE_WORDS_LIST.split())
_NAMED_WORDS = BYLINE_WORDS | DATE_WORDS
_SOUGHT_TAGS_LIST = "html body title base link meta script h1 h2 h3 a time abbr"
_SOUGHT_TAGS = frozenset(_SOUGHT_TAGS_LIST.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmarks:
    """The elements of a page that may say something about its article.

    Attributes:
        page: All elements.
        by_tag: Those whose tag is one that metadata stand in, in document order; of
            links those that say what they lead to.
        items: Those with an `itemprop`.
        named: Those whose class or id speaks of authors or dates.
    """

    page: Page
    by_tag: Mapping[str, Sequence[Node]]
    items: Sequence[Node]
    named: Sequence[Node]

    def tagged(self, *tags: str) -> Iterator[Node]:
        """Yield the elements with one of these tags in document order."""
        if len(tags) == 1:
            return iter(self.by_tag.get(tags[0], ()))
        nodes = [node for tag in tags for node in self.by_tag.get(tag, ())]
        return iter(sorted(nodes, key=lambda node: node.number))


def find_landmarks(page: Page) -> Landmarks:
    """Walk over a page once."""
    by_tag: dict[str, list[Node]] = {}
    items: list[Node] = []
    named: list[Node] = []
    for node in page.nodes:
        if node.tag in _SOUGHT_TAGS and (node.tag != "a" or "rel" in node.attributes):
            by_tag.setdefault(node.tag, []).append(node)
        if node.words and not _NAMED_WORDS.isdisjoint(node.words):
            named.append(node)
        if "itemprop" in node.attributes:
            items.append(node)
    return Landmarks(page=page, by_tag=by_tag, items=items, named=named)

"""A saved web page becomes an article: its main content as blocks, and its metadata.

The walk: BeautifulSoup (on lxml) reads tag soup into a tree, which becomes plain nodes; of these
come blocks with their features; one stage decides which blocks are the article; they are put
together with the metadata. Nothing is fetched.
"""

from __future__ import annotations

import html
import re

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PreformattedString, Tag

from pinakes.corpus.errors import EmptySourceError
from pinakes.corpus.model import Extract, Kind
from pinakes.corpus.readers.assemble import TextBuilder
from pinakes.corpus.readers.html.blocks import collect_blocks
from pinakes.corpus.readers.html.content import select_content
from pinakes.corpus.readers.html.metadata import collect_metadata
from pinakes.corpus.readers.html.tree import Node, Page, split_words

# BeautifulSoup warns of XML, and of markup that looks like a file name; neither concerns us.
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}>", re.IGNORECASE)
# Browsers note where a page was saved from in a comment at its beginning.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)"
)
_SAVED_FROM_WITHIN = 3000
# Text in XHTML; what lxml reads as HTML drops it. In a script it is none of ours.
_LITERAL = re.compile(
    r"(<script\b.*?</script\s*>)|<!\[CDATA\[(.*?)\]\]>", re.DOTALL | re.IGNORECASE
)
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def read_html(text: str, *, name: str, is_clean: bool = False) -> Extract:
    """Return the article that a page holds.

    The chosen title is also the first block. A page whose main content cannot be told from the
    rest keeps all but what is obviously not content.

    Args:
        text: The page, decoded.
        name: The file's relative path, for messages.
        is_clean: It holds nothing but an article, as a chapter of a book does: every block is kept.

    Raises:
        EmptySourceError: The page holds no text.
    """
    page = _parse(text)
    blocks = collect_blocks(page)
    if not blocks:
        raise EmptySourceError(f"{name}: the page holds no text")
    metadata = collect_metadata(page, saved_from=_saved_from(text))
    builder = TextBuilder()
    for title in metadata.chosen("title"):
        builder.add(Kind.TITLE, title)
    for block in blocks if is_clean else select_content(page, blocks, metadata):
        builder.add(block.kind, block.text, level=block.level, keep_lines=block.keep_lines)
    extract = builder.build(metadata=metadata.values)
    if not extract.text:
        raise EmptySourceError(f"{name}: the page holds no text")
    return extract


def _saved_from(text: str) -> str:
    match = _SAVED_FROM.search(text, 0, _SAVED_FROM_WITHIN)
    return match[1] if match else ""


def _parse(text: str) -> Page:
    declaration = _XML_DECLARATION.match(text)
    markup = _UNREADABLE.sub("\ufffd", text[declaration.end() :] if declaration else text)
    if "<![CDATA[" in markup:
        markup = _LITERAL.sub(lambda match: match[1] or html.escape(match[2]), markup)
    if "<" not in markup:
        markup = f"<p>{markup}"
    soup = BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
    return _flatten(soup)


def _flatten(soup: BeautifulSoup) -> Page:
    root = Node("html", {}, None, 0)
    nodes = [root]
    stack: list[tuple[Node, object]] = [(root, child) for child in reversed(soup.contents)]
    while stack:
        parent, item = stack.pop()
        if isinstance(item, Tag):
            if item.name == "html" and parent is root:
                node = root
                node.attributes = item.attrs
            else:
                node = Node(item.name, item.attrs, parent, len(nodes))
                parent.children.append(node)
                nodes.append(node)
            names = f"{item.attrs.get('class', '')} {item.attrs.get('id', '')}"
            node.words = split_words(names)
            stack.extend((node, child) for child in reversed(item.contents))
        elif isinstance(item, CData) or (
            isinstance(item, NavigableString) and not isinstance(item, PreformattedString)
        ):
            parent.children.append(str(item))
    return Page(nodes=tuple(nodes))

"""A saved web page becomes an article: its main content as blocks, and its metadata.

The walk: BeautifulSoup (on lxml) reads tag soup into a tree of plain nodes; of these
come blocks with their features; one stage decides which blocks are the article; they are put
together with the metadata. Nothing is fetched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from pinakes.corpus.errors import EmptySourceError
from pinakes.corpus.extract import Extract, SourceText
from pinakes.corpus.ledger_row import THIN_NOTE
from pinakes.corpus.model import Kind
from pinakes.corpus.readers.assemble import TextBuilder, clean
from pinakes.corpus.readers.html.blocks import collect_blocks
from pinakes.corpus.readers.html.content import select_content
from pinakes.corpus.readers.html.metadata import collect_metadata
from pinakes.corpus.readers.html.model import ContentModel, shipped_model
from pinakes.corpus.readers.html.node_builder import build_nodes
from pinakes.corpus.readers.html.tree import Page

# BeautifulSoup warns of XML, and of markup that looks like a file name; neither concerns us.
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}>", re.IGNORECASE)
# Browsers note where a page was saved from in a comment at its beginning.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)"
)
_SAVED_FROM_WITHIN = 3000
# An article of fewer characters that is so small a part of its page may have been missed.
_FEWEST_KEPT = 250
_LEAST_KEPT = 0.2
# Text in XHTML; what lxml reads as HTML drops it. In a script it is none of ours.
_LITERAL = re.compile(
    r"(<script\b.*?</script\s*>)|<!\[CDATA\[(.*?)\]\]>", re.DOTALL | re.IGNORECASE
)
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def read_html(
    text: str, *, name: str, is_clean: bool = False, model: ContentModel | None = None
) -> Extract:
    """Return the article that a page holds.

    The chosen title is also the first block. A page whose main content cannot be told from the
    rest keeps all but what is obviously not content.

    Args:
        text: The page, decoded.
        name: The file's relative path, for messages.
        is_clean: It holds nothing but an article, as a chapter of a book does: every block is kept.
        model: Tells content from the rest; by default the one that comes with Pinakes.

    Raises:
        EmptySourceError: The page holds no text.
    """
    page = parse_page(text)
    blocks = collect_blocks(page)
    if not blocks:
        raise EmptySourceError(f"{name}: the page holds no text")
    metadata = collect_metadata(page, saved_from=_saved_from(text))
    kept = blocks
    if not is_clean:
        kept = select_content(page, blocks, metadata, model=model or shipped_model())
    builder = TextBuilder()
    for title in metadata.chosen("title"):
        builder.add(Kind.TITLE, title)
    for block in kept:
        builder.add(block.kind, block.text, level=block.level, keep_lines=block.keep_lines)
    extract = builder.build(metadata=metadata.values)
    if not extract.text:
        raise EmptySourceError(f"{name}: the page holds no text")
    own = sum(block.chars - block.link_chars for block in blocks)
    return replace(extract, notes=notes_on_kept(own=own, kept=sum(block.chars for block in kept)))


def read_whole(text: str, *, model: ContentModel | None = None) -> Iterator[SourceText]:
    """Yield every text of a page in reading order, and whether its article has it.

    What the page shows only once a script ran, and what is never shown, is no text of it.
    """
    page = parse_page(text)
    blocks = collect_blocks(page)
    if blocks:
        metadata = collect_metadata(page, saved_from=_saved_from(text))
        kept = select_content(page, blocks, metadata, model=model or shipped_model())
        places = {(block.node.number, block.text) for block in kept}
        for block in blocks:
            is_kept = (block.node.number, block.text) in places
            text_of_block = clean(block.text, keep_lines=block.keep_lines)
            yield SourceText(text=text_of_block, is_kept=is_kept)


def notes_on_kept(*, own: int, kept: int) -> tuple[str, ...]:
    """Return a note if suspiciously little of a page was kept.

    Args:
        own: How many characters of the page's text stand outside links.
        kept: How many characters the article has.
    """
    if kept >= _FEWEST_KEPT or kept >= _LEAST_KEPT * own:
        return ()
    return (f"kept {kept} of {own} characters outside links: {THIN_NOTE}",)


def _saved_from(text: str) -> str:
    match = _SAVED_FROM.search(text, 0, _SAVED_FROM_WITHIN)
    return match[1] if match else ""


def parse_page(text: str) -> Page:
    """Return the elements of a page, whatever state its markup is in."""
    declaration = _XML_DECLARATION.match(text)
    markup = _UNREADABLE.sub("\ufffd", text[declaration.end() :] if declaration else text)
    if "<![CDATA[" in markup:
        markup = _LITERAL.sub(lambda match: match[1] or html.escape(match[2]), markup)
    if "<" not in markup:
        markup = f"<p>{markup}"
    if markup.startswith("<?xml"):
        # Of a style sheet, say. BeautifulSoup would warn that this is not HTML, which is known.
        markup = f" {markup}"
    return build_nodes(markup)

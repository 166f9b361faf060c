"""A text that is a part of something else, and may be HTML, becomes blocks of an article."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace

from pinakes.corpus.errors import EmptySourceError
from pinakes.corpus.extract import Extract
from pinakes.corpus.model import Kind, MetadataValue
from pinakes.corpus.readers.assemble import TextBuilder
from pinakes.corpus.readers.boilerplate_lines import trim_boilerplate
from pinakes.corpus.readers.text_blocks import add_blocks

_HTML = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|article|section|html|body)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|</?[a-z][^<>]*>", re.DOTALL | re.IGNORECASE)
# What pages carry of pictures and fonts inside themselves: megabytes that hold no word, and
# attributes longer than libxml2 takes.
_EMBEDDED = re.compile(
    r"(\bdata:[a-z-]+/[\w.+-]+(?:;[\w=-]+){0,3};base64,)[A-Za-z0-9+/=%\s]{200,}", re.IGNORECASE
)


def without_embedded(text: str) -> str:
    """Return a page without the bytes of the pictures and fonts that stand in it."""
    return _EMBEDDED.sub(r"\1", text) if ";base64," in text else text


def add_text(
    builder: TextBuilder,
    text: str,
    metadata: list[MetadataValue],
    *,
    name: str,
    is_clean: bool = False,
) -> list[MetadataValue]:
    """Add the blocks of a text, as HTML if it is; return `metadata` with what a page adds."""
    if _HTML.search(text):
        return add_html(builder, text, metadata, name=name, is_clean=is_clean)
    add_blocks(builder, trim_boilerplate(text.splitlines()))
    return metadata


def add_html(
    builder: TextBuilder,
    text: str,
    metadata: list[MetadataValue],
    *,
    name: str,
    is_clean: bool = False,
) -> list[MetadataValue]:
    """Add the blocks of a page or a piece of one; return `metadata` with what the page adds.

    All blocks are kept if it `is_clean`: nothing but an article, as in a book or a feed.
    """
    from pinakes.corpus.readers.html import read_html

    try:
        page = read_html(without_embedded(text), name=name, is_clean=is_clean)
    except EmptySourceError:
        add_blocks(builder, html.unescape(_TAG.sub("\n", text)).splitlines())
        return metadata
    add_extract(builder, page)
    declared = {value.field for value in metadata if value.chosen}
    added = [value for value in page.metadata if value.field not in declared]
    return [*metadata, *added]


def add_extract(builder: TextBuilder, extract: Extract) -> None:
    """Add the blocks of an article to another one."""
    for block in extract.blocks:
        level = len(block.section) if block.kind is Kind.HEADING else 0
        words = extract.text[block.start : block.end]
        builder.add(block.kind, words, level=min(level, 6), keep_lines="\n" in words)


def with_more(
    metadata: Iterable[MetadataValue], more: Iterable[MetadataValue]
) -> tuple[MetadataValue, ...]:
    """Return `metadata` and what `more` adds to it, not chosen where a field has a value."""
    found = list(metadata)
    chosen = {value.field for value in found if value.chosen}
    known = {(value.field, value.value) for value in found}
    first: list[MetadataValue] = []
    last: list[MetadataValue] = []
    for value in more:
        if (value.field, value.value) in known:
            continue
        is_chosen = value.chosen and value.field not in chosen
        # The chosen ones of a field come before its others.
        is_first = is_chosen and any(other.field == value.field for other in found)
        (first if is_first else last).append(replace(value, chosen=is_chosen))
    return (*first, *found, *last)

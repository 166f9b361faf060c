"""Reads an article kept as Markdown (CommonMark with tables), with its YAML front matter."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pinakes.corpus.extract import Extract
from pinakes.corpus.model import Kind, MetadataValue
from pinakes.corpus.readers.assemble import TextBuilder, clean
from pinakes.corpus.readers.fields import read_fields
from pinakes.corpus.reading_options import RecordFields

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?")
# No part of CommonMark, and written by many: `[^1]`.
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s^]{1,30})\]")
_COMMENT = re.compile(r"[ \t]+#.*")
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|</?[a-z][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_CONTAINERS = {"blockquote": Kind.QUOTE, "list_item": Kind.LIST_ITEM}


def read_markdown(text: str) -> Extract:
    """Return the article in a Markdown text.

    The title is that of the front matter, else a level 1 heading that comes first or is the only
    one. Links and emphasis are kept as their words, an image as a caption of its description, code
    as a paragraph with its lines.
    """
    from markdown_it import MarkdownIt

    front: dict[str, object] = {}
    if match := _FRONT_MATTER.match(text.lstrip("\ufeff")):
        front = read_front_matter(match[1])
        text = text[match.end() :]
    metadata = read_fields(front, RecordFields(), origin="front-matter")
    titles = [value.value for value in metadata if value.field == "title"]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    builder = TextBuilder()
    title_index = -1
    if titles:
        builder.add(Kind.TITLE, titles[0])
    else:
        title_index = _title_index(tokens)
        if title_index >= 0 and (title := clean(_words(tokens[title_index + 1]))):
            metadata.insert(0, MetadataValue(field="title", value=title, origin="tag:h1"))
    _add_blocks(builder, tokens, title_index)
    return builder.build(metadata=metadata)


def read_front_matter(text: str) -> dict[str, object]:
    """Return the entries of a simple YAML mapping: strings and lists of strings, keys lower-case.

    Nested mappings, anchors and tags are passed over: metadata needs none.
    """
    values: dict[str, object] = {}
    key, is_open = "", False
    for line in text.split("\n"):
        if match := _ENTRY.fullmatch(line.rstrip()):
            key, written = match[1].lower(), _COMMENT.sub("", match[2] or "").strip()
            is_block = _BLOCK_SCALAR.fullmatch(written) is not None
            is_open = is_block or not written
            values[key] = "" if is_open else _scalar(written)
        elif not is_open or not line.strip():
            continue
        elif match := _ITEM.fullmatch(line.rstrip()):
            items = values[key]
            values[key] = [*(items if isinstance(items, list) else []), _unquoted(match[1])]
        elif line.startswith((" ", "\t")) and isinstance(values[key], str):
            values[key] = f"{values[key]} {line.strip()}".strip()
    return values


def _scalar(written: str) -> object:
    if written.startswith("[") and written.endswith("]"):
        parts = re.findall(r'\s*(?:"[^"]*"|\'[^\']*\'|[^,]+)', written[1:-1])
        return [item for part in parts if (item := _unquoted(part.strip()))]
    return _unquoted(written)


def _unquoted(written: str) -> str:
    written = written.strip()
    if len(written) > 1 and written[0] == written[-1] and written[0] in "\"'":
        inner = written[1:-1]
        return inner.replace("''", "'") if written[0] == "'" else inner.replace('\\"', '"')
    return written


def _title_index(tokens: Sequence[Token]) -> int:
    headings = [
        index for index, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h1"
    ]
    return headings[0] if headings and (headings[0] == 0 or len(headings) == 1) else -1


def _add_blocks(builder: TextBuilder, tokens: Sequence[Token], title_index: int) -> None:
    open_kinds: list[Kind] = []
    kind, level = Kind.PARAGRAPH, 0
    rows: list[list[str]] = []
    for index, token in enumerate(tokens):
        name = token.type.rpartition("_")[0]
        if name in _CONTAINERS:
            open_kinds = [*open_kinds, _CONTAINERS[name]] if token.nesting > 0 else open_kinds[:-1]
        elif token.type == "heading_open":
            kind, level = (Kind.TITLE if index == title_index else Kind.HEADING), int(token.tag[1])
        elif token.type == "paragraph_open":
            kind, level = (open_kinds[-1] if open_kinds else Kind.PARAGRAPH), 0
        elif token.type == "table_open":
            kind, rows = Kind.TABLE, []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            builder.add(Kind.TABLE, "\n".join(" | ".join(row) for row in rows))
            kind = Kind.PARAGRAPH
        elif token.type == "inline" and kind is Kind.TABLE:
            rows[-1].append(clean(_words(token)))
        elif token.type == "inline":
            builder.add(kind, _words(token), level=level)
            _add_captions(builder, token)
        elif token.type in ("fence", "code_block"):
            builder.add(Kind.PARAGRAPH, token.content, keep_lines=True)
        elif token.type == "html_block":
            builder.add(Kind.PARAGRAPH, _without_markup(token.content))


def _words(inline: Token) -> str:
    parts: list[str] = []
    for token in inline.children or ():
        if token.type == "text":
            parts.append(_FOOTNOTE.sub(r"[\1]", token.content))
        elif token.type == "code_inline":
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or (
            token.type == "html_inline" and token.content.lower().startswith("<br")
        ):
            parts.append("\n")
    return "".join(parts)


def _add_captions(builder: TextBuilder, inline: Token) -> None:
    for token in inline.children or ():
        if token.type == "image":
            builder.add(Kind.CAPTION, token.content or str(token.attrs.get("title", "")))


def _without_markup(markup: str) -> str:
    return html.unescape(_MARKUP.sub(" ", markup))

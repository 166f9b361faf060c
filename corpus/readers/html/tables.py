"""Tables: which hold data, and their text; the others only lay out the page."""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.corpus.readers.html.tree import SILENT_TAGS, Node, visible_text

# Cells with any of these hold parts of a page, not figures of a table.
_LAYOUT_TAGS_LIST = """
    table form article section main nav aside header footer blockquote h1 h2 h3 iframe object hr
"""
_LAYOUT_TAGS = frozenset(_LAYOUT_TAGS_LIST.split())
_CELLS = frozenset({"td", "th"})
_LONGEST_CELL = 600
_MOST_PARAGRAPHS_A_CELL = 3


def is_data_table(table: Node) -> bool:
    """Whether a table holds data: at least two rows and columns of short cells, nothing nested."""
    if table.attribute("role").lower() in ("presentation", "none"):
        return False
    # First, as it ends soon for tables in tables: however deep they go, each is looked at once.
    if any(node.tag in _LAYOUT_TAGS for node in _below(table)):
        return False
    rows = [list(_cells(row)) for row in _rows(table)]
    rows = [row for row in rows if row]
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    return all(_is_short(cell) for row in rows for cell in row)


def table_text(table: Node) -> tuple[str, int]:
    """Return one line a row with `" | "` between cells, and how many characters are in links.

    A caption is the first line. White space inside a cell is collapsed; empty rows are left out.
    """
    lines: list[str] = []
    for child in _below(table):
        if child.tag == "caption":
            lines.append(visible_text(child))
    for row in _rows(table):
        cells = [visible_text(cell) for cell in _cells(row)]
        if any(cells):
            lines.append(" | ".join(cells))
    link_chars = sum(
        sum(map(len, visible_text(node).split())) for node in _below(table) if node.tag == "a"
    )
    return "\n".join(line for line in lines if line), link_chars


def _is_short(cell: Node) -> bool:
    paragraphs = sum(1 for node in _below(cell) if node.tag == "p")
    return paragraphs <= _MOST_PARAGRAPHS_A_CELL and _text_length(cell) <= _LONGEST_CELL


def _text_length(node: Node) -> int:
    length = sum(len(child.strip()) for child in node.children if isinstance(child, str))
    for inner in _below(node):
        if inner.tag not in SILENT_TAGS:
            length += sum(len(child.strip()) for child in inner.children if isinstance(child, str))
    return length


def _rows(table: Node) -> Iterator[Node]:
    return (node for node in _below(table) if node.tag == "tr")


def _cells(row: Node) -> Iterator[Node]:
    return (child for child in row.children if isinstance(child, Node) and child.tag in _CELLS)


def _below(node: Node) -> Iterator[Node]:
    stack = [child for child in reversed(node.children) if isinstance(child, Node)]
    while stack:
        inner = stack.pop()
        yield inner
        stack.extend(child for child in reversed(inner.children) if isinstance(child, Node))

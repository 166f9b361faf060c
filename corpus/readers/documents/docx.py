"""Reads a Word document (.docx): its paragraphs with their styles, and its properties."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from pinakes.corpus.errors import EmptySourceError, SourceError
from pinakes.corpus.extract import Extract
from pinakes.corpus.model import Kind, MetadataValue
from pinakes.corpus.readers.assemble import TextBuilder, clean
from pinakes.corpus.readers.containers.zip_parts import read_part
from pinakes.corpus.readers.documents.docx_styles import Style, attribute, read_styles
from pinakes.corpus.readers.fields import read_values
from pinakes.corpus.readers.safe_xml import Element, local_name, parse_xml, text_of
from pinakes.corpus.readers.sources import Reading

_CORE_FIELDS = {
    "title": "title",
    "creator": "author",
    "created": "published",
    "modified": "modified",
    "keywords": "keyword",
    "category": "section",
    "language": "language",
}
# What was deleted or moved away under tracked changes, and what old programs would show instead.
_NOT_SHOWN = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr"})
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES = ("footnotes", "endnotes")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    builder: TextBuilder
    styles: dict[str, Style]


def read_docx(archive: zipfile.ZipFile, name: str, reading: Reading) -> Extract:
    """Return the article in a Word document: its text as it shows, notes at the end.

    Headings, lists, quotes, captions and tables are told by their styles. Tracked changes count as
    accepted; headers, footers and comments are left out.

    Raises:
        EmptySourceError: There is no text in it.
        SourceError: It is damaged.
    """
    styles = read_styles(_optional(archive, "word/styles.xml", reading))
    document = parse_xml(read_part(archive, "word/document.xml", reading), name="word/document.xml")
    metadata = _read_core(_optional(archive, "docProps/core.xml", reading))
    walk = _Walk(builder=TextBuilder(), styles=styles)
    _add_blocks(walk, document)
    for part in _NOTES:
        notes = _optional(archive, f"word/{part}.xml", reading)
        for note in notes if notes is not None else ():
            # Those with a type are the lines drawn above the notes.
            if attribute(note, "type") in ("", "normal"):
                walk.builder.add(Kind.PARAGRAPH, " ".join(_paragraph_texts(note)))
    extract = walk.builder.build(metadata=metadata)
    if not extract.text:
        raise EmptySourceError(f"{name}: a Word document without text")
    return _with_title(extract, walk, metadata)


def _with_title(extract: Extract, walk: _Walk, metadata: list[MetadataValue]) -> Extract:
    """Return the article with the title it shows; without one, with that of its properties."""
    first = extract.blocks[0]
    declared = next((value.value for value in metadata if value.field == "title"), "")
    if first.kind is Kind.TITLE:
        shown = extract.text[first.start : first.end]
        others = [
            MetadataValue(field=v.field, value=v.value, origin=v.origin, chosen=False)
            if v.field == "title"
            else v
            for v in metadata
            if (v.field, v.value) != ("title", shown)
        ]
        title = MetadataValue(field="title", value=shown, origin="docx:style:Title")
        return walk.builder.build(metadata=[title, *others])
    walk.builder.add(Kind.TITLE, declared)
    return walk.builder.build(metadata=metadata)


def _optional(archive: zipfile.ZipFile, name: str, reading: Reading) -> Element | None:
    if name not in archive.namelist():
        return None
    try:
        return parse_xml(read_part(archive, name, reading), name=name)
    except SourceError:
        return None  # The text counts; styles and properties only help.


def _read_core(core: Element | None) -> list[MetadataValue]:
    found: list[MetadataValue] = []
    for element in core if core is not None else ():
        field = _CORE_FIELDS.get(local_name(element), "")
        written = clean(text_of(element))
        if field and written:
            found.extend(read_values(field, [written], origin=f"docx:{local_name(element)}"))
    return found


def _add_blocks(walk: _Walk, parent: Element) -> None:
    """Add the paragraphs and tables below an element, in order, whatever wraps them."""
    for child in parent:
        name = local_name(child)
        if name == "p":
            _add_paragraph(walk, child)
        elif name == "tbl":
            _add_table(walk, child)
        elif name not in _NOT_SHOWN:
            _add_blocks(walk, child)


def _add_paragraph(walk: _Walk, paragraph: Element) -> None:
    properties = next((e for e in paragraph if local_name(e) == "pPr"), None)
    style, is_numbered, level = Style(), False, 0
    for element in properties if properties is not None else ():
        name, value = local_name(element), attribute(element, "val")
        if name == "pStyle":
            style = walk.styles.get(value, style)
        elif name == "numPr":
            # Number 0 takes a paragraph of a list out of it.
            is_numbered = all(
                attribute(e, "val") != "0" for e in element if local_name(e) == "numId"
            )
        elif name == "outlineLvl" and value.isdigit() and int(value) < 9:
            level = int(value) + 1
    kind = Kind.HEADING if level else style.kind
    if kind is Kind.PARAGRAPH and is_numbered:
        kind = Kind.LIST_ITEM
    text = "".join(_texts(paragraph))
    walk.builder.add(kind, text, level=min(level or style.level, 6), keep_lines="\n" in text)
    for box in paragraph.iter():
        if local_name(box) == "txbxContent" and not _is_hidden(box, paragraph):
            _add_blocks(walk, box)


def _add_table(walk: _Walk, table: Element) -> None:
    rows = [
        [cell for cell in row.iter() if local_name(cell) == "tc" and _is_inside(cell, row)]
        for row in table
        if local_name(row) == "tr"
    ]
    # A table of one column is a frame around text.
    if all(len(cells) < 2 for cells in rows):
        for cells in rows:
            for cell in cells:
                _add_blocks(walk, cell)
        return
    lines = (" | ".join(clean(" ".join(_paragraph_texts(cell))) for cell in row) for row in rows)
    walk.builder.add(Kind.TABLE, "\n".join(line for line in lines if line.strip(" |")))


def _is_inside(cell: Element, row: Element) -> bool:
    """Whether a cell belongs to this row, not to one of a table within."""
    above = cell.getparent()
    while above is not None and above is not row:
        if local_name(above) == "tr":
            return False
        above = above.getparent()
    return True


def _is_hidden(element: Element, root: Element) -> bool:
    above = element.getparent()
    while above is not None and above is not root:
        if local_name(above) in ("Fallback", "txbxContent"):
            return True
        above = above.getparent()
    return False


def _paragraph_texts(parent: Element) -> Iterator[str]:
    for element in parent.iter():
        if local_name(element) == "p":
            yield "".join(_texts(element))


def _texts(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph as it shows, without that of boxes that are tied to it."""
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "sym":
            yield " "
        elif name not in _NOT_SHOWN and name not in ("p", "txbxContent"):
            yield from _texts(child)

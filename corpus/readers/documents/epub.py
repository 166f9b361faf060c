"""Reads an EPUB book: each chapter (each file in its reading order) is an article."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from pinakes.corpus.errors import EmptySourceError, SourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.locators import INSIDE
from pinakes.corpus.model import Kind, MetadataValue
from pinakes.corpus.readers.assemble import TextBuilder, clean
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.containers.zip_parts import read_part
from pinakes.corpus.readers.fields import read_values
from pinakes.corpus.readers.html_parts import add_html
from pinakes.corpus.readers.safe_xml import Element, local_name, parse_xml, text_of
from pinakes.corpus.readers.sources import Reading

_FIELDS = {
    "creator": "author",
    "date": "published",
    "language": "language",
    "subject": "keyword",
    "source": "url",
}
# A chapter's own <title> is as often as not that of the whole book.
_PAGE_TITLE = re.compile(r"<title\b.*?(?:</title\s*>|/>)", re.DOTALL | re.IGNORECASE)
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the package of a book says.

    Attributes:
        title: Of the whole book, or empty.
        metadata: What holds for every chapter.
        chapters: The members that hold them, in reading order.
        contents: The title of each chapter, as far as the table of contents has it.
        encrypted: The members that cannot be read without a key.
    """

    title: str
    metadata: tuple[MetadataValue, ...]
    chapters: tuple[str, ...]
    contents: dict[str, str]
    encrypted: frozenset[str]


def read_epub(archive: zipfile.ZipFile, name: str, reading: Reading) -> Iterator[Extract | Problem]:
    """Yield the article, or the problem, of each chapter in reading order.

    A chapter is called as the table of contents calls it, else by its first heading; the book is
    its source.

    Raises:
        EmptySourceError: No chapter has a text.
        SourceError: The book cannot be read.
    """
    book = _read_package(archive, reading)
    count = 0
    for chapter in book.chapters:
        reading.budget.count_member()
        record = f"{INSIDE}{chapter}" if len(book.chapters) > 1 else ""
        try:
            if chapter in book.encrypted:
                raise SourceError("encrypted (protected against copying)")
            extract = _read_chapter(
                decode(read_part(archive, chapter, reading)).text, book, chapter
            )
        except SourceError as error:
            yield Problem(where=record, reason=str(error))
            continue
        # Covers and plates hold pictures only, and no reader misses them.
        if any(block.kind is not Kind.TITLE for block in extract.blocks):
            count += 1
            yield replace(extract, record=record)
    if not count:
        raise EmptySourceError(f"{name}: no chapter holds a text")


def _read_chapter(text: str, book: _Book, chapter: str) -> Extract:
    builder = TextBuilder()
    named = book.contents.get(chapter, "")
    builder.add(Kind.TITLE, named)
    found = add_html(builder, _PAGE_TITLE.sub("", text), [], name=chapter, is_clean=True)
    headings = [value.value for value in found if value.field == "title" and value.chosen]
    title, origin = named, "epub:contents"
    if not named:
        title = headings[0] if headings else book.title
        origin = "epub:heading" if headings else "opf:title"
        builder.add(Kind.TITLE, "" if headings else title)
    told = [MetadataValue(field="title", value=title, origin=origin)] if title else []
    return builder.build(metadata=[*told, *book.metadata])


def _read_package(archive: zipfile.ZipFile, reading: Reading) -> _Book:
    container = parse_xml(
        read_part(archive, "META-INF/container.xml", reading), name="container.xml"
    )
    root = next((e for e in container.iter() if local_name(e) == "rootfile"), None)
    path = root.get("full-path", "") if root is not None else ""
    package = parse_xml(read_part(archive, path, reading), name=path)
    items = {e.get("id", ""): e for e in package.iter() if local_name(e) == "item"}
    spine = [e for e in package.iter() if local_name(e) == "itemref"]
    hrefs = [
        _resolve(path, item.get("href", ""))
        for reference in spine
        if (item := items.get(reference.get("idref", ""))) is not None
        and item.get("media-type", "application/xhtml+xml") in _PAGES
        and "nav" not in item.get("properties", "").split()
    ]
    title, metadata = _read_metadata(package)
    return _Book(
        title=title,
        metadata=metadata,
        chapters=tuple(dict.fromkeys(hrefs)),
        contents=_read_contents(archive, path, items.values(), reading),
        encrypted=_read_encrypted(archive, reading),
    )


def _read_metadata(package: Element) -> tuple[str, tuple[MetadataValue, ...]]:
    found: list[MetadataValue] = []
    title = ""
    section = next((e for e in package if local_name(e) == "metadata"), package)
    for element in section.iter():
        name = local_name(element)
        if not isinstance(element.tag, str) or "purl.org/dc" not in element.tag:
            continue
        written = clean(text_of(element))
        if name == "title" and written and not title:
            title = written
            found.append(MetadataValue(field="source", value=title, origin="opf:title"))
        elif name in ("publisher", "identifier") and written:
            found.append(MetadataValue(field=name, value=written, origin=f"opf:{name}"))
        elif (field := _FIELDS.get(name, "")) and written:
            if field == "author":
                found.append(MetadataValue(field=field, value=written, origin="opf:creator"))
            elif field != "url" or written.startswith(("http://", "https://")):
                found.extend(read_values(field, [written], origin=f"opf:{name}"))
    return title, tuple(found)


def _read_contents(
    archive: zipfile.ZipFile, path: str, items: Iterable[Element], reading: Reading
) -> dict[str, str]:
    """Return the title of each chapter by its file, from the table of contents of EPUB 3 or 2."""
    titles: dict[str, str] = {}
    for item in items:
        is_nav = "nav" in item.get("properties", "").split()
        if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        where = _resolve(path, item.get("href", ""))
        try:
            root = parse_xml(read_part(archive, where, reading), name=where)
        except SourceError:
            continue  # Chapters have headings of their own.
        for href, title in _nav_entries(root) if is_nav else _ncx_entries(root):
            titles.setdefault(_resolve(where, href), title)
        if is_nav:
            break
    return titles


def _nav_entries(root: Element) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        if local_name(element) == "a" and (title := clean(text_of(element))):
            yield element.get("href", ""), title


def _ncx_entries(root: Element) -> Iterator[tuple[str, str]]:
    for point in root.iter():
        if local_name(point) != "navPoint":
            continue
        label = next((e for e in point if local_name(e) == "navLabel"), None)
        content = next((e for e in point if local_name(e) == "content"), None)
        if label is not None and content is not None and (title := clean(text_of(label))):
            yield content.get("src", ""), title


def _read_encrypted(archive: zipfile.ZipFile, reading: Reading) -> frozenset[str]:
    name = "META-INF/encryption.xml"
    if name not in archive.namelist():
        return frozenset()
    root = parse_xml(read_part(archive, name, reading), name=name)
    uris = (e.get("URI", "") for e in root.iter() if local_name(e) == "CipherReference")
    return frozenset(unquote(uri) for uri in uris)


def _resolve(base: str, href: str) -> str:
    """Return the name of the member that `href` in the member `base` leads to."""
    try:
        path = unquote(urlsplit(href).path)
    except ValueError:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)).lstrip("/")

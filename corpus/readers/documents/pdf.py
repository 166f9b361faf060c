"""Reads the text of a PDF document and what the document says of itself."""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pinakes.corpus.errors import EmptySourceError, SourceError, UnsupportedSourceError
from pinakes.corpus.model import Kind, MetadataValue
from pinakes.corpus.readers.assemble import TextBuilder, clean
from pinakes.corpus.readers.documents.pdf_layout import Line, Page, lay_out
from pinakes.corpus.readers.documents.pdf_metadata import read_info, read_xmp
from pinakes.corpus.readers.html_parts import with_more
from pinakes.corpus.readers.sources import Items, Source

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

# PDFium is not made for threads.
_LOCK = threading.Lock()
_LINE_END = re.compile(r"[\r\n]+")
# What PDFium says for the hyphen at the end of a line that divides a word.
_DIVISION = re.compile("[\x02\ufffe]")
_PASSWORD = "password"  # noqa: S105


def read_pdf(source: Source) -> Items:
    """Yield the article in a PDF document: its paragraphs, without running heads and page numbers.

    Raises:
        EmptySourceError: There is no text in it: its pages are pictures.
        SourceError: It is damaged or encrypted.
        UnsupportedSourceError: The library that reads PDF is not installed.
    """
    data = source.read_all()
    info, pages = _read(data, source.name)
    if not any(page.lines for page in pages):
        raise EmptySourceError(
            f"{source.name}: a PDF document of {len(pages)} pages without text; if these are "
            "scans, run it through text recognition (OCR) first"
        )
    metadata = with_more(read_info(info), read_xmp(data))
    builder = TextBuilder()
    blocks = lay_out(pages)
    for block in blocks:
        builder.add(block.kind, block.text, level=block.level)
    titles = [value for value in metadata if value.field == "title"]
    shown = next((clean(block.text) for block in blocks if block.kind is Kind.TITLE), "")
    if shown:
        title = MetadataValue(field="title", value=shown, origin="pdf:largest text")
        metadata = with_more([title], metadata)
    elif titles:
        builder.add(Kind.TITLE, titles[0].value)
    yield builder.build(metadata=metadata)


def _read(data: bytes, name: str) -> tuple[dict[str, str], list[Page]]:
    try:
        from pypdfium2 import PdfDocument, PdfiumError
    except ImportError as error:
        raise UnsupportedSourceError(
            f"{name}: a PDF document; to have these read, pip install 'pinakes[pdf]'"
        ) from error
    with _LOCK:
        try:
            document = PdfDocument(data)
        except PdfiumError as error:
            problem = "encrypted" if _PASSWORD in str(error).lower() else "damaged"
            raise SourceError(f"{name}: a PDF document that is {problem} ({error})") from error
        try:
            return dict(document.get_metadata_dict()), list(_pages(document))
        except PdfiumError as error:
            raise SourceError(f"{name}: a PDF document that is damaged ({error})") from error
        finally:
            document.close()


def _pages(document: PdfDocument) -> Iterator[Page]:
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        width, height = page.get_size()
        yield Page(width=width, height=height, lines=tuple(_lines(text_page.raw)))
        text_page.close()
        page.close()


def _lines(text_page: Any) -> Iterator[Line]:
    from pypdfium2 import raw

    units = [
        raw.FPDFText_GetUnicode(text_page, i) for i in range(raw.FPDFText_CountChars(text_page))
    ]
    start = 0
    for end in [*(i for i, unit in enumerate(units) if unit in (10, 13)), len(units)]:
        visible = [i for i in range(start, end) if units[i] > 32]
        if visible:
            written = _decode(units[start:end])
            is_divided = bool(_DIVISION.search(written[-2:]))
            left, bottom, top = _box(raw, text_page, visible[0])[:3]
            right = max(_box(raw, text_page, visible[-1])[3], left)
            yield Line(
                text=clean(_DIVISION.sub("", written)),
                is_divided=is_divided,
                left=left,
                right=right,
                top=top,
                bottom=bottom,
                size=round(raw.FPDFText_GetFontSize(text_page, visible[len(visible) // 2]), 1),
            )
        start = end + 1


def _decode(units: list[int]) -> str:
    """Return the text of UTF-16 code units, which may come as whole code points as well."""
    text = "".join(map(chr, units))
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _box(raw: Any, text_page: Any, index: int) -> tuple[float, float, float, float]:
    """Return left, bottom, top and right of a character, in points from the page's lower left."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return left.value, bottom.value, top.value, right.value

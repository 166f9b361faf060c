"""Makes small files of the formats that are no plain text; every word in them is invented."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping

SENTENCE = "The delegates met in the old hall and spoke of the river until late in the evening."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Talks by the river</title></head><body>
<h1>Talks by the river</h1><p>{SENTENCE} {SENTENCE}</p><p>Nobody could say where the boundary
should lie. {SENTENCE}</p></body></html>"""
PNG = b"\x89PNG\r\n\x1a\n...."
_EPOCH = (2014, 3, 4, 10, 0, 0)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def make_zip(members: Mapping[str, str | bytes], *, is_packed: bool = True) -> bytes:
    """Return a ZIP archive, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            is_deflated = is_packed and name != "mimetype"
            info.compress_type = zipfile.ZIP_DEFLATED if is_deflated else zipfile.ZIP_STORED
            archive.writestr(info, content)
    return buffer.getvalue()


def make_gzip(content: str | bytes) -> bytes:
    return gzip.compress(content.encode() if isinstance(content, str) else content, mtime=0)


Answer = tuple[str, str, bytes]
"""Address, headers of HTTP with the status line, body."""
OK_PAGE = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8"


def make_warc(answers: Iterable[Answer], *, is_packed: bool = False) -> bytes:
    """Return a WARC file of answers, saved a minute apart."""
    records = [_warc_record("warcinfo", "", b"software: made by hand\r\n", 0)]
    for number, (address, headers, body) in enumerate(answers, start=1):
        records.append(_warc_record("request", address, b"GET / HTTP/1.1\r\n\r\n", number))
        payload = f"{headers}\r\n\r\n".encode() + body
        records.append(_warc_record("response", address, payload, number))
    return b"".join(make_gzip(record) if is_packed else record for record in records)


def _warc_record(kind: str, address: str, block: bytes, minute: int) -> bytes:
    types = {"warcinfo": "application/warc-fields", "request": "application/http; msgtype=request"}
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{minute:012}>",
        f"WARC-Date: 2014-03-04T10:{minute:02}:00Z",
        f"Content-Type: {types.get(kind, 'application/http; msgtype=response')}",
        *([f"WARC-Target-URI: {address}"] if address else []),
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def make_docx(body: str, *, styles: Mapping[str, str] | None = None, **parts: str) -> bytes:
    """Return a Word document; `styles` are names by id, `parts` other XML by `word_footnotes`."""
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in (styles or {}).items()
    )
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_WORD}>{named}</w:styles>",
    }
    for name, content in parts.items():
        members[f"{name.replace('_', '/')}.xml"] = content.replace("WORD", _WORD)
    return make_zip(members)


def paragraph(text: str, *, style: str = "", more: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{styled}{more}</w:pPr>{run}</w:p>"


def make_epub(chapters: Mapping[str, str], *, contents: str = "", **metadata: str) -> bytes:
    """Return a book; chapters are bodies by file name, `contents` the body of its `nav.xhtml`."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    nav = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    told = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in metadata.items())
    xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container><rootfiles>"
        '<rootfile full-path="book/content.opf"/></rootfiles></container>',
        "book/content.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{told}</metadata>'
        f"<manifest>{nav}{items}</manifest><spine>{spine}</spine></package>",
        "book/nav.xhtml": f"{xhtml}<nav>{contents}</nav></body></html>",
    }
    for name, body in chapters.items():
        members[f"book/{name}"] = f"{xhtml}{body}</body></html>"
    return make_zip(members)


Placed = tuple[int, int, int, str]
"""A line of a PDF page: size of type, left, height above the page's foot, text."""


def place(lines: Iterable[str], *, top: int, left: int = 72, size: int = 11) -> list[Placed]:
    return [(size, left, top - 14 * number, line) for number, line in enumerate(lines)]


def make_pdf(pages: Iterable[Iterable[Placed]], **info: str) -> bytes:
    """Return a PDF document in Helvetica, on pages of 595 by 842 points."""
    drawn = [_draw(lines) for lines in pages]
    tree = 2 + 2 * len(drawn)
    objects = ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for number, drawing in enumerate(drawn):
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] "
            f"/Contents {2 + 2 * number} 0 R /Resources << /Font << /F1 1 0 R >> >> >>"
        )
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(drawn)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(drawn)} >>")
    objects.append(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    told = " ".join(f"/{key} ({value})" for key, value in info.items())
    objects.append(f"<< {told} >>")
    return _assemble_pdf(objects, root=tree + 1, info=tree + 2)


def _draw(lines: Iterable[Placed]) -> str:
    shown = (
        f"/F1 {size} Tf 1 0 0 1 {left} {height} Tm ({_escape(text)}) Tj"
        for size, left, height, text in lines
    )
    return "\n".join(["BT", *shown, "ET"])


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assemble_pdf(objects: list[str], *, root: int, info: int) -> bytes:
    written = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(f"{len(written):010} 00000 n \n")
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{''.join(offsets)}"
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root {root} 0 R /Info {info} 0 R >>\n"
    return written + f"{table}{trailer}startxref\n{len(written)}\n%%EOF\n".encode()

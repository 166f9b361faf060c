"""What a PDF document says of itself: its information dictionary, and its XMP packet."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pinakes.corpus.errors import SourceError
from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.assemble import clean
from pinakes.corpus.readers.fields import read_values
from pinakes.corpus.readers.safe_xml import local_name, parse_xml, text_of

_INFO = {
    "Title": "title",
    "Author": "author",
    "Keywords": "keyword",
    "CreationDate": "published",
    "ModDate": "modified",
}
_XMP = {
    "title": "title",
    "creator": "author",
    "subject": "keyword",
    "language": "language",
    "CreateDate": "published",
    "ModifyDate": "modified",
}
_DATE = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?.*"
)
# Programs that print write the name of the file, or nothing at all.
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|pdf|indd|qxd|xlsx?|pptx?|tex)"
    r"|untitled.*|document\d*|",
    re.IGNORECASE,
)
_PACKET_END = b"</x:xmpmeta>"
_LONGEST_PACKET = 1 << 20


def read_info(info: Mapping[str, str]) -> list[MetadataValue]:
    """Return the metadata in an information dictionary; a title that is a file's name is none."""
    found: list[MetadataValue] = []
    for key, field in _INFO.items():
        written = clean(info.get(key, ""))
        if not written or (field == "title" and _NO_TITLE.fullmatch(written)):
            continue
        if field in ("published", "modified"):
            written = read_pdf_date(written)
        found.extend(read_values(field, [written] if written else [], origin=f"pdf:{key}"))
    return found


def read_pdf_date(written: str) -> str:
    """Return a date as PDF writes it in ISO 8601, with the precision found.

    >>> read_pdf_date("D:20140304101500+01'00'")
    '2014-03-04T10:15:00+01:00'
    """
    match = _DATE.fullmatch(written)
    if not match:
        return written
    year, month, day, hour, minute, second, utc, zone_hour, zone_minute = match.groups()
    date = "-".join(part for part in (year, month, day) if part)
    if not (day and hour and minute):
        return date
    zone = "+00:00" if utc else f"{zone_hour}:{zone_minute or '00'}" if zone_hour else ""
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"


def read_xmp(data: bytes) -> list[MetadataValue]:
    """Return the metadata in the last XMP packet of a document that is not compressed."""
    end = data.rfind(_PACKET_END)
    start = data.rfind(b"<x:xmpmeta", max(0, end - _LONGEST_PACKET), end) if end > 0 else -1
    if start < 0:
        return []
    try:
        root = parse_xml(data[start : end + len(_PACKET_END)], name="XMP")
    except SourceError:
        return []
    found: list[MetadataValue] = []
    for element in root.iter():
        name = local_name(element)
        items = [clean(text_of(e)) for e in element.iter() if local_name(e) == "li"]
        written = items or [clean(text_of(element))]
        if name == "Description":
            for key, value in element.attrib.items():
                found.extend(_values(str(key).rpartition("}")[2], [clean(str(value))]))
        elif name in _XMP:
            found.extend(_values(name, written[:1] if name == "title" else written))
    return found


def _values(name: str, written: list[str]) -> list[MetadataValue]:
    field = _XMP.get(name, "")
    kept = [
        text for text in written if text and not (field == "title" and _NO_TITLE.fullmatch(text))
    ]
    if not field:
        return []
    if field in ("author", "keyword"):
        return [MetadataValue(field=field, value=text, origin=f"xmp:{name}") for text in kept]
    return read_values(field, kept, origin=f"xmp:{name}")

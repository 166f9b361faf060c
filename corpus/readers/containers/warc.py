"""Reads a WARC file: each page and document that a server answered with is an article."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from pinakes.corpus.errors import SourceError, UnsupportedSourceError
from pinakes.corpus.extract import Problem
from pinakes.corpus.locators import join_record
from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.dates import read_date
from pinakes.corpus.readers.sources import Items, Member, Reading, Source

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

# What warcio raises over headers that are missing or garbled.
_STUMBLES = (AttributeError, TypeError, ValueError, LookupError, EOFError)
_NO_ARTICLE = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript")
_NO_ARTICLE_TYPES = frozenset(
    {
        "application/javascript",
        "application/x-javascript",
        "application/ecmascript",
        "application/wasm",
        "application/font-woff",
        "application/vnd.ms-fontobject",
        "text/dns",
    }
)
# What a recorder adds of its own: lists of resources, screenshots, extracted texts.
_OF_RECORDER = ("urn:", "metadata:", "screenshot:", "dns:", "whois:", "about:", "file:")


def read_warc(source: Source, reading: Reading) -> Items:
    """Yield the pages and documents in a WARC file, called by their addresses.

    Answers other than 200, styles, scripts and pictures are no articles; a second capture of an
    address has its date in its name.

    Raises:
        UnsupportedSourceError: The library that reads WARC is not installed.
        SourceError: The file is damaged.
    """
    seen: set[str] = set()
    for number, record in enumerate(_records(source), start=1):
        if not record.rec_type:
            yield Problem(where=f"record {number}", reason="damaged: it does not say what it is")
        if record.rec_type not in ("response", "resource"):
            continue
        address = _header(record, "WARC-Target-URI").strip("<>")
        if not address or address.startswith(_OF_RECORDER) or _is_for_robots(address):
            continue
        saved = _header(record, "WARC-Date")
        name = address if address not in seen else f"{address} ({saved})"
        name = name if name not in seen else f"{address} (record {number})"
        media_type, charset = _media_type(record)
        if refusal := _refusal(record, media_type):
            if refusal != _REDIRECT:
                reading.refusals.note(join_record(reading.record, name), refusal)
            continue
        seen.add(name)
        yield Member(
            source=Source(
                name=unquote(PurePosixPath(_path(address)).name) or address,
                stream=reading.budget.bound(
                    record.content_stream(), packed_bytes=partial(int, record.length or 0)
                ),
                media_type=media_type,
                charset=charset,
                max_bytes=reading.budget.limits.max_member_bytes,
            ),
            record=name,
            metadata=_metadata(address, saved),
        )


_REDIRECT = "a redirection"


def _records(source: Source) -> Iterator[ArcWarcRecord]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise UnsupportedSourceError(
            f"{source.name}: a WARC file; to have these read, pip install 'pinakes[warc]'"
        ) from error
    try:
        yield from ArchiveIterator(source.read_pieces())
    except (ArchiveLoadFailed, *_STUMBLES) as error:
        raise SourceError(f"{source.name}: a WARC file that is damaged: {error}") from error


def _header(record: ArcWarcRecord, name: str) -> str:
    return record.rec_headers.get_header(name) or ""


def _media_type(record: ArcWarcRecord) -> tuple[str, str]:
    """Return the media type of an answer and its charset, each empty if there is none."""
    headers: Any = record.http_headers or record.rec_headers
    written = (headers.get_header("Content-Type") or "").lower()
    media_type, _, parameters = written.partition(";")
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(" \"'")
    return media_type.strip(), charset


def _refusal(record: ArcWarcRecord, media_type: str) -> str:
    """Return why an answer is no article; an empty string if it may be one."""
    if record.http_headers is not None:
        status = record.http_headers.get_statuscode() or ""
        if status.startswith("3") or status in ("204", "206"):
            return _REDIRECT
        if status != "200":
            return f"an answer with HTTP status {status or 'unknown'}"
    if media_type.startswith(_NO_ARTICLE) or media_type in _NO_ARTICLE_TYPES:
        return f"{media_type.partition('/')[0]} files" if "/" in media_type[:6] else media_type
    return ""


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _is_for_robots(address: str) -> bool:
    return _path(address) in ("/robots.txt", "/favicon.ico")


def _metadata(address: str, saved: str) -> tuple[MetadataValue, ...]:
    found = []
    if address.startswith(("http://", "https://")):
        found.append(MetadataValue(field="url", value=address, origin="warc:WARC-Target-URI"))
    if moment := read_date(saved):
        found.append(MetadataValue(field="saved", value=moment, origin="warc:WARC-Date"))
    return tuple(found)

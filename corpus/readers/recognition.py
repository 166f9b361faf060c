"""Tells of what format a source is: its content decides where it is plain, else its name."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import PurePosixPath

from pinakes.corpus.errors import EmptySourceError, UnsupportedSourceError
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.magic import name_binary, recognise_binary
from pinakes.corpus.readers.sources import Source

_FORMATS = {
    "html": ".html .htm .xhtml .shtml",
    "text": ".txt .text",
    "markdown": ".md .markdown",
    "jsonl": ".jsonl .ndjson",
    "json": ".json",
    "csv": ".csv",
    "tsv": ".tsv",
    "mhtml": ".mhtml .mht",
    "feed": ".rss .atom .rdf .xml",
    "mail": ".eml",
    "mbox": ".mbox .mbx",
    "epub": ".epub",
    "docx": ".docx",
    "pdf": ".pdf",
    "warc": ".warc",
    "wacz": ".wacz",
    "gzip": ".gz",
    "zip": ".zip",
}
_OF_SUFFIX = {suffix: name for name, suffixes in _FORMATS.items() for suffix in suffixes.split()}
SUPPORTED_SUFFIXES = frozenset(_OF_SUFFIX)
_OF_MEDIA_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "text/xml": "feed",
    "application/xml": "feed",
    "message/rfc822": "mail",
    "multipart/related": "mhtml",
    "application/mbox": "mbox",
    "application/epub+zip": "epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/warc": "warc",
    "application/wacz": "wacz",
    "application/gzip": "gzip",
    "application/x-gzip": "gzip",
    "application/zip": "zip",
}
_ZIPPED = frozenset({"epub", "docx", "wacz", "zip"})
"""What is a ZIP archive to look at; which, its members say."""
_PLAIN = frozenset({"text", "markdown", "jsonl", "json", "csv", "tsv"})
"""What no beginning gives away."""

# `talks.2014` and `Statement of Dr. Lee` have no suffix that names a format.
_SUFFIX = re.compile(r"\.(?=.*[a-z])[a-z0-9]{1,8}")
_BEFORE_ROOT = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!doctype(?!\s+html)\b[^<>\[]*(?:\[.*?\]\s*)?>",
    re.DOTALL | re.IGNORECASE,
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss\b|(?:atom:)?feed\b|rdf:rdf\b)", re.IGNORECASE)
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)")
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)")
MBOX_LINE = re.compile(rb"From \S+.*\d\d:\d\d.*\d{4}|From [^\s@]+@\S+|From MAILER-DAEMON\b.*")
"""The line before a message; a sentence may begin with `From ` too, but names no sender or date."""
# What only mail programs write; a person who types out a letter begins with the others.
_MAIL_ONLY = frozenset(
    (b"mime-version", b"message-id", b"return-path", b"delivered-to", b"x-mailer")
)
_MAIL = _MAIL_ONLY | {b"from", b"to", b"subject", b"date"}
_MOST_HEADERS = 60
_MAYBE_MARKDOWN = re.compile(r"\s*(?:---[ \t]*\n[\w-]+[ \t]*:|#{1,2} \S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """Of what format a source is, and how that is known.

    Attributes:
        format: A key such as `html`; empty for text of which the name says nothing.
        by: `content`, or what named it: `media-type`, `suffix`.
        declared: Another format that the name or the container declares; empty if none.
        declared_by: `media-type` or `suffix`.
    """

    format: str
    by: str
    declared: str = ""
    declared_by: str = ""

    @property
    def note(self) -> str:
        """What there is to tell, for a person: nothing unless name and content disagree."""
        if not self.declared:
            return ""
        by = "its name" if self.declared_by == "suffix" else "its container"
        return f"read as {self.format}, as its content is; {by} says {self.declared}"


def recognise(source: Source) -> Recognised:
    """Return the format of a source; `zip` for all that is a ZIP archive.

    A plain beginning (a signature, a first element, the headers of a mail) counts for more than
    what the container declares, and that for more than the suffix.

    Raises:
        EmptySourceError: There is nothing in it.
        UnsupportedSourceError: No reader reads it, or it is not what its name says.
    """
    head = source.head
    if not head:
        raise EmptySourceError(f"{source.name}: holds nothing")
    declared, by = _declared(source)
    found = recognise_binary(head)
    if not found:
        if kind := name_binary(head):
            raise UnsupportedSourceError(f"{source.name}: {kind}; no reader reads it")
        found = _recognise_text(head, declared)
    if not found:
        return _by_name(source, declared, by)
    # What a gzip is called is what is in it.
    agrees = found in (declared, "gzip") or (found == "zip" and declared in _ZIPPED)
    if agrees or not declared:
        return Recognised(format=found, by="content")
    return Recognised(format=found, by="content", declared=declared, declared_by=by)


def reads_in_pieces(head: bytes, name: str) -> bool:
    """Whether a file that begins so, of that name, is not held in memory whole if it is long."""
    if recognise_binary(head) in ("zip", "gzip", "warc") or _begins_mbox(head):
        return True
    return _OF_SUFFIX.get(_suffix(name)) == "jsonl" and can_be_read_by_line(head)


def can_be_read_by_line(head: bytes) -> bool:
    """Return whether what begins so is UTF-8, as far as can be seen."""
    if b"\0" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # The last character may be cut.
        return error.reason == "unexpected end of data"
    return True


def guess_plain_format(text: str) -> str:
    """Return what a text is that nothing names: `jsonl`, `json`, `markdown` or `text`."""
    start = text.lstrip()
    if start.startswith(("{", "[{", "[\n")):
        first = start.partition("\n")[0].rstrip()
        return "jsonl" if start.startswith("{") and first.endswith("}") else "json"
    return "markdown" if _MAYBE_MARKDOWN.match(text) else "text"


def is_page(text: str) -> bool:
    """Whether a text begins as HTML does, after any XML declaration and comments."""
    return _PAGE.match(text, _root_at(text)) is not None


def _declared(source: Source) -> tuple[str, str]:
    of_media_type = _OF_MEDIA_TYPE.get(source.media_type, "")
    of_suffix = _OF_SUFFIX.get(_suffix(source.name), "")
    # Servers and mail programs call all sorts of things plain text.
    if of_media_type and not (of_media_type == "text" and of_suffix):
        return of_media_type, "media-type"
    return of_suffix, "suffix"


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _by_name(source: Source, declared: str, by: str) -> Recognised:
    """Return the format that a text without a plain beginning is declared to be."""
    if declared in _PLAIN or declared in ("", "html"):
        suffix = _suffix(source.name)
        if not declared and (_SUFFIX.fullmatch(suffix) or source.media_type):
            kind = f"{suffix} files are" if _SUFFIX.fullmatch(suffix) else source.media_type
            known = ", ".join(sorted(SUPPORTED_SUFFIXES))
            raise UnsupportedSourceError(f"{source.name}: {kind} not read, only {known}")
        return Recognised(format=declared, by=by)
    if declared == "feed":
        text = _markup_of(source.head)
        root = _ELEMENT.match(text, _root_at(text))
        what = f"XML, but <{root[1]}> is no feed and no page" if root else "no XML"
    else:
        what = "its content is not of that format"
    raise UnsupportedSourceError(f"{source.name}: named as {declared}; {what}")


def _recognise_text(head: bytes, declared: str) -> str:
    if _begins_mbox(head):
        return "mbox"
    if found := _recognise_mail(head.lstrip(b"\r\n").split(b"\n", _MOST_HEADERS), declared):
        return found
    text = _markup_of(head)
    at = _root_at(text)
    if _PAGE.match(text, at):
        return "html"
    return "feed" if _FEED.match(text, at) else ""


def _begins_mbox(head: bytes) -> bool:
    first, _, second = head.lstrip(b"\r\n").partition(b"\n")
    return bool(MBOX_LINE.fullmatch(first.rstrip()) and _HEADER.match(second))


def _recognise_mail(lines: list[bytes], declared: str) -> str:
    """Return `mail`, or `mhtml` for a page in the form of one; an empty string if it is neither."""
    headers: dict[bytes, bytes] = {}
    name = b""
    for line in lines:
        if match := _HEADER.match(line):
            name = match[1].lower()
            headers.setdefault(name, match[2].strip().lower())
        elif line[:1] in (b" ", b"\t") and name:
            headers[name] += line.strip().lower()
        else:
            break
    wanted = _MAIL if declared in ("mail", "mhtml") else _MAIL_ONLY
    if len(headers) < 2 or wanted.isdisjoint(headers):
        return ""
    is_related = headers.get(b"content-type", b"").startswith(b"multipart/related")
    was_saved = b"snapshot-content-location" in headers or b"saved by" in headers.get(b"from", b"")
    if was_saved or declared == "mhtml" or (is_related and declared != "mail"):
        return "mhtml"
    return "mail"


def _markup_of(head: bytes) -> str:
    """Return the first bytes of a source as text in which markup can be read, and only that."""
    # In UTF-16 and UTF-32 half or more of the bytes of every tag are zero.
    if b"\0" in head:
        return decode(head).text
    return head.removeprefix(BOM_UTF8).decode("latin-1")


def _root_at(text: str) -> int:
    """Return where the first element of a text begins, if it begins with markup."""
    at = 1 if text.startswith("\ufeff") else 0
    while (match := _BEFORE_ROOT.match(text, at)) and match.end() > at:
        at = match.end()
    return at

"""Reads a message: its text is an article, and so is each attachment that a reader reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from email.message import Message
from email.parser import BytesParser
from typing import cast

from pinakes.corpus.errors import SourceError
from pinakes.corpus.extract import Extract
from pinakes.corpus.locators import INSIDE
from pinakes.corpus.model import Kind
from pinakes.corpus.readers.assemble import TextBuilder
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.html_parts import add_html
from pinakes.corpus.readers.mail.headers import decode_words, read_headers
from pinakes.corpus.readers.sources import Items, Member, Source
from pinakes.corpus.readers.text_blocks import add_blocks

_SIGNATURE = re.compile(r"^-- ?\s*$", re.MULTILINE)
# A line or two beside a page is the notice that the page cannot be shown.
_NOTICE_CHARS = 200
_EMPTY_LINE = re.compile(rb"^\r?\n", re.MULTILINE)
_HEADER = re.compile(rb"^[A-Za-z][!-9;-~]*:[ -~\t]*\r?$", re.MULTILINE)
# Where quoted-printable has none: before what is neither a letter's number nor the end of a line.
_NOT_QUOTED = re.compile(rb"=(?!0[9ADad]|[2-9A-Fa-f][0-9A-Fa-f]|[ \t]*\r?$)", re.MULTILINE)
_DECORATION = ("image/", "audio/", "video/", "font/", "text/css")
_ENVELOPE = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "text/calendar",
    }
)


class _Part(Message):
    """A part of a mail; one that is a mail itself stays as it is written, for who reads it next."""

    def get_content_maintype(self) -> str:
        """Return the first half of the type, `application` for a mail.

        The parser asks for it where it would go on into that mail, and deeper in its own calls.
        """
        kind = super().get_content_maintype()
        return "application" if kind == "message" else kind


def parse_message(data: bytes, *, name: str) -> Message:
    """Return a message; whatever is wrong with it, as much as can be read.

    Messages in it are parts that are not made of others.

    Raises:
        SourceError: Its parts are inside one another too deep to be followed.
    """
    try:
        return BytesParser(_Part).parsebytes(data)
    except RecursionError as error:
        raise SourceError(
            f"{name}: a mail whose parts are nested too deeply to be read; open it in a mail "
            "program, and save what is in it"
        ) from error


def read_mail(source: Source) -> Items:
    """Yield the article in a message, then its attachments as members.

    Plain text is taken before HTML, unless it is only a notice. A signature is left out; pictures
    shown within the text are no attachments.
    """
    message = parse_message(source.read_all(), name=source.name)
    bodies, attachments = _parts(message)
    extract = _read_bodies(message, bodies, source.name)
    if any(block.kind is not Kind.TITLE for block in extract.blocks) or not attachments:
        yield extract
    seen: set[str] = set()
    for number, part in enumerate(attachments, start=1):
        name = decode_words(part.get_filename("")).replace("/", "_") or f"attachment {number}"
        record = f"{INSIDE}{name}"
        if record in seen:
            record = f"{record} (attachment {number})"
        seen.add(record)
        is_message = part.get_content_type() == "message/rfc822"
        yield Member(
            source=Source.of(
                read_content(part),
                name=name,
                media_type=part.get_content_type(),
                charset=part.get_content_charset("") or "",
            ),
            record=record,
            format="mail" if is_message else "",
        )


def _read_bodies(message: Message, bodies: list[Message], name: str) -> Extract:
    metadata = read_headers(message)
    builder = TextBuilder()
    builder.add(Kind.TITLE, next((v.value for v in metadata if v.field == "title"), ""))
    for part in bodies:
        text = decode(read_content(part), declared=part.get_content_charset()).text
        if part.get_content_subtype() == "html":
            metadata = add_html(builder, text, metadata, name=name, is_clean=True)
        else:
            add_blocks(builder, _SIGNATURE.split(text)[0].splitlines())
    return builder.build(metadata=metadata)


def _parts(message: Message) -> tuple[list[Message], list[Message]]:
    """Return the texts of a message, and what is attached to it; each in order."""
    bodies: list[Message] = []
    attachments: list[Message] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        is_attached = part.get_content_disposition() == "attachment" or bool(part.get_filename())
        if kind in ("text/plain", "text/html") and not is_attached:
            bodies.append(part)
        elif kind not in _ENVELOPE and not (kind.startswith(_DECORATION) and part["Content-ID"]):
            attachments.append(part)
    return bodies, attachments


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts of a message that are not made of others; of alternatives the best."""
    stack = [message]
    while stack:
        part = stack.pop()
        if part.get_content_maintype() != "multipart":
            yield part
            continue
        children = cast("list[Message]", part.get_payload()) if part.is_multipart() else []
        if part.get_content_subtype() == "alternative":
            children = _best(children)
        stack.extend(reversed(children))


def _best(alternatives: list[Message]) -> list[Message]:
    """Return the plain text of alternatives if it is a text, else the last one, the fullest."""
    plain = [part for part in alternatives if part.get_content_type() == "text/plain"]
    others = [part for part in alternatives if part.get_content_type() != "text/plain"]
    if not others or not plain:
        return alternatives[-1:]
    fullest = max(len(read_content(part)) for part in plain)
    return plain[:1] if fullest >= _NOTICE_CHARS else others[-1:]


def read_content(part: Message) -> bytes:
    """Return what is in a part, decoded as it says; a mail in the clear as it is, whatever it says.

    A mail in a mail may be encoded by no rule (RFC 2046, 5.2.1), but some are, and others only said
    to be.
    """
    if part.get_content_type().startswith("message/"):
        plain = copy(part)
        del plain["Content-Transfer-Encoding"]
        raw = _decoded(plain)
        if _is_in_the_clear(raw, encoding=str(part.get("Content-Transfer-Encoding", ""))):
            return raw
    return _decoded(part)


def _is_in_the_clear(raw: bytes, *, encoding: str) -> bool:
    """Return whether a mail is not encoded: there are headers, and no sign that quotes letters."""
    headers = _EMPTY_LINE.split(raw, maxsplit=1)[0]
    if not _HEADER.search(headers):
        return False
    if encoding.strip().lower() != "quoted-printable":
        return True
    # Nearly all headers have an equals sign, which has to be quoted itself.
    return bool(_NOT_QUOTED.search(headers if b"=" in headers else raw))


def _decoded(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""

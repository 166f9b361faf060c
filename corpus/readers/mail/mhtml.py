"""Reads a page saved as MHTML: one file with the page and its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import cast

from pinakes.corpus.errors import EmptySourceError
from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.dates import read_date
from pinakes.corpus.readers.mail.headers import read_header
from pinakes.corpus.readers.mail.message import parse_message, read_content
from pinakes.corpus.readers.sources import Items, Member, Source

_MAX_MAILS = 5
"""So many mails within one another are gone into for a page."""


def read_mhtml(source: Source) -> Items:
    """Yield the page; frames, pictures and styles saved with it are passed over.

    Raises:
        EmptySourceError: There is no page in it.
    """
    message = parse_message(source.read_all(), name=source.name)
    root = _root(message, name=source.name)
    if root is None:
        raise EmptySourceError(f"{source.name}: no page in it")
    yield Member(
        source=Source.of(
            read_content(root),
            name=source.name,
            media_type=root.get_content_type(),
            charset=root.get_content_charset("") or "",
        ),
        format="html" if root.get_content_type() != "text/plain" else "text",
        metadata=tuple(_metadata(message, root)),
    )


def _root(message: Message, *, name: str) -> Message | None:
    """Return the part that is the page: the one that is named as the start, else the first."""
    start = message.get_param("start")
    pages = [part for part in _leaves(message, name=name) if part.get_content_type() in _PAGES]
    named = (part for part in pages if start and part["Content-ID"] == start)
    return next(named, pages[0] if pages else None)


def _leaves(message: Message, *, name: str) -> Iterator[Message]:
    """Yield the parts that are not made of others, in order, however deep they are.

    Mails among them are gone into, but not without end: each is read again for those in it.
    """
    stack = [(message, 0)]
    while stack:
        part, depth = stack.pop()
        if part.is_multipart():
            children = cast("list[Message]", part.get_payload())
            stack.extend((child, depth) for child in reversed(children))
        elif part.get_content_type() == "message/rfc822" and depth < _MAX_MAILS:
            stack.append((parse_message(read_content(part), name=name), depth + 1))
        else:
            yield part


_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})


def _metadata(message: Message, root: Message) -> Iterator[MetadataValue]:
    for part, name in ((message, "Snapshot-Content-Location"), (root, "Content-Location")):
        address = "".join(read_header(part, name).split())
        if address.startswith(("http://", "https://")):
            yield MetadataValue(field="url", value=address, origin=f"mhtml:{name}")
            break
    if title := read_header(message, "Subject"):
        yield MetadataValue(field="title", value=title, origin="mhtml:Subject")
    if moment := read_date(read_header(message, "Date")):
        yield MetadataValue(field="saved", value=moment, origin="mhtml:Date")

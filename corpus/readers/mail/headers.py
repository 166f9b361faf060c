"""What the headers of a message say of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.assemble import clean
from pinakes.corpus.readers.charset import decode
from pinakes.corpus.readers.dates import read_date

# A list of some thousand recipients; parsing takes time by the square of more.
_LONGEST_HEADER = 1 << 16


def read_header(message: Message, name: str) -> str:
    """Return a header decoded, on one line; as it stands if it is malformed, else empty."""
    return decode_words(_raw_header(message, name))


def decode_words(written: str) -> str:
    """Return a header's text with its encoded words (`=?utf-8?q?...?=`) read, on one line."""
    if "=?" in written:
        # What cannot be decoded is shown as it is.
        with suppress(MessageError, LookupError, ValueError):
            written = str(make_header(decode_header(written)))
    return clean(written)


def read_headers(message: Message) -> list[MetadataValue]:
    """Return title, authors, date and address of a message, its Message-ID and recipients.

    The domain of the first author's address is the source.
    """
    return list(_read_headers(message))


def _read_headers(message: Message) -> Iterator[MetadataValue]:
    if subject := read_header(message, "Subject"):
        yield MetadataValue(field="title", value=subject, origin="header:Subject")
    senders = _people(message, "From") or _people(message, "Sender")
    for name, address in senders:
        yield MetadataValue(field="author", value=name or address, origin="header:From")
    domain = senders[0][1].rpartition("@")[2].lower() if senders else ""
    if "." in domain:
        yield MetadataValue(field="source", value=domain, origin="header:From:domain")
    written = read_header(message, "Date")
    if written:
        moment = read_date(written)
        yield MetadataValue(
            field="published", value=moment or written, origin="header:Date", chosen=bool(moment)
        )
    address = read_header(message, "Archived-At").strip("<>")
    if address.startswith(("http://", "https://")):
        yield MetadataValue(field="url", value=address, origin="header:Archived-At")
    if message_id := read_header(message, "Message-ID"):
        yield MetadataValue(field="message-id", value=message_id, origin="header:Message-ID")
    for header in ("To", "Cc"):
        for name, address in _people(message, header):
            value = f"{name} <{address}>" if name else address
            yield MetadataValue(field="recipient", value=value, origin=f"header:{header}")


def _people(message: Message, header: str) -> list[tuple[str, str]]:
    """Return name and address of each person in a header."""
    written = _raw_header(message, header)
    # Names are decoded one by one, as there may be commas in them.
    found = _addresses(written) if "@" in written else [(written, "")]
    people = ((decode_words(name), clean(address)) for name, address in found)
    return [(name, address) for name, address in people if name or address]


def _addresses(written: str) -> list[tuple[str, str]]:
    try:
        return getaddresses([written])
    except RecursionError:
        # Thousands of comments within one another are nobody's name.
        return []


def _raw_header(message: Message, name: str) -> str:
    """Return a header on one line, its encoded words as they are, bytes beyond ASCII decoded."""
    values = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
    written = next(values, "")[:_LONGEST_HEADER]
    if not written.isascii():
        written = decode(written.encode("utf-8", "surrogateescape")).text
    return " ".join(written.split())

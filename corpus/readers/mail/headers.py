"""What the headers of a message say of it."""

from __future__ import annotations

from collections.abc import Iterator
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import getaddresses

from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.assemble import clean
from pinakes.corpus.readers.dates import read_date

_MALFORMED = (ValueError, LookupError, AttributeError, TypeError, HeaderParseError)


def read_header(message: EmailMessage, name: str) -> str:
    """Return a header decoded, on one line; as it stands if it is malformed, else empty."""
    try:
        return clean(str(message[name] or ""))
    except _MALFORMED:
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return clean(str(raw))


def read_headers(message: EmailMessage) -> list[MetadataValue]:
    """Return title, authors, date and address of a message, its Message-ID and recipients.

    The domain of the first author's address is the source.
    """
    return list(_read_headers(message))


def _read_headers(message: EmailMessage) -> Iterator[MetadataValue]:
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


def _people(message: EmailMessage, header: str) -> list[tuple[str, str]]:
    """Return name and address of each person in a header."""
    found = getaddresses([read_header(message, header)])
    return [(clean(name), address) for name, address in found if name or address]

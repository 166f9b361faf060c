"""Names of metadata fields as sources write them, and the values found under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.assemble import clean
from pinakes.corpus.readers.dates import read_date
from pinakes.corpus.reading_options import RecordFields

_SEPARATED = re.compile(r"\s*[;,|]\s*")
_AUTHORS = re.compile(r"\s*(?:[;|]|,(?!\s*(?:jr|sr|ph\.?d|md|m\.d)\b)|\band\b|&)\s*", re.IGNORECASE)
_LISTS = {"author": _AUTHORS, "keyword": _SEPARATED}


METADATA_FIELDS = (
    "title",
    "author",
    "published",
    "modified",
    "saved",
    "source",
    "url",
    "language",
    "section",
    "keyword",
)


DATE_FIELDS = frozenset({"published", "modified", "saved"})


def read_fields(
    values: Mapping[str, object], fields: RecordFields, *, origin: str
) -> list[MetadataValue]:
    """Return the metadata in `values` (keys in lower case), in the order of `METADATA_FIELDS`.

    Each value's origin is `origin`, a colon and the key. Authors and keywords may be a list, or one
    string with separators. A date that cannot be read is kept as it stands, not chosen. Without a
    source the host of the address is one.
    """
    found: list[MetadataValue] = []
    for field in METADATA_FIELDS:
        for key in getattr(fields, field):
            value = values.get(key.lower())
            if value is None:
                continue
            written = [text for raw in as_texts(value) if (text := clean(raw))]
            if written:
                where = f"{origin}:{key}"
                if isinstance(value, list) and field in _LISTS:
                    found.extend(MetadataValue(field=field, value=v, origin=where) for v in written)
                else:
                    found.extend(read_values(field, written, origin=where))
                break
    return with_source(found)


def read_values(field: str, written: Iterable[str], *, origin: str) -> list[MetadataValue]:
    """Return what is written for one field as its values: split, cleaned, dates in ISO 8601."""
    found: list[MetadataValue] = []
    for text in written:
        if field in DATE_FIELDS:
            day = read_date(text)
            found.append(
                MetadataValue(field=field, value=day or text, origin=origin, chosen=bool(day))
            )
            continue
        parts = _LISTS[field].split(text) if field in _LISTS else [text]
        if field == "source" and "://" in text:
            parts = [host_of(text)]
        found.extend(
            MetadataValue(field=field, value=part, origin=origin) for part in parts if part
        )
    return found


def with_source(found: list[MetadataValue]) -> list[MetadataValue]:
    """Return `found`, with the host of its address as source if it names none."""
    if any(value.field == "source" for value in found):
        return found
    for value in found:
        if value.field == "url" and (host := host_of(value.value)):
            return [
                *found,
                MetadataValue(field="source", value=host, origin=f"{value.origin}:host"),
            ]
    return found


def host_of(url: str) -> str:
    """Return the host name of an address in lower case without `www.`, or an empty string."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def as_texts(value: object) -> list[str]:
    """Return a JSON value as the strings in it: of a list each, of an object its name."""
    if value is None or isinstance(value, bool):
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, Mapping):
        return as_texts(value.get("name"))
    if isinstance(value, list):
        return [text for item in value if not isinstance(item, list) for text in as_texts(item)]
    return []

"""Reads a feed (RSS 0.9 to 2.0, Atom): each entry is an article."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from pinakes.corpus.errors import EmptySourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.locators import names_a_place
from pinakes.corpus.model import Kind, MetadataValue
from pinakes.corpus.readers.assemble import TextBuilder, clean
from pinakes.corpus.readers.fields import host_of, read_values
from pinakes.corpus.readers.html_parts import add_text
from pinakes.corpus.readers.safe_xml import Element, iterate_xml, local_name, text_of
from pinakes.corpus.readers.sources import Items, Reading, Source

_ENTRIES = frozenset({"item", "entry"})
_FIELDS = {
    "title": "title",
    "author": "author",
    "creator": "author",
    "pubDate": "published",
    "published": "published",
    "issued": "published",
    "date": "published",
    "updated": "modified",
    "modified": "modified",
    "category": "keyword",
    "subject": "keyword",
}
_SINGLE = frozenset({"title", "published", "modified"})
# The whole text first, where a feed has it.
_TEXTS = ("encoded", "content", "description", "summary")
_IN_BRACKETS = re.compile(r"\s*\S+@\S+\s+\((.+)\)\s*")


def read_feed(source: Source, reading: Reading) -> Items:
    """Yield the article, or the problem, of each entry in order.

    An entry is called by its id, else its address, else `entry 3`. The feed's own language holds
    for all.

    Raises:
        EmptySourceError: There is no entry in it.
    """
    seen: set[str] = set()
    of_feed: list[MetadataValue] | None = None
    for number, entry in enumerate(iterate_xml(source.read_pieces(), names=_ENTRIES), start=1):
        reading.budget.count_member()
        place = f"entry {number}"
        if of_feed is None:
            of_feed = list(_read_channel(entry))
        metadata = _read_entry(entry)
        name = _name(entry, metadata) or place
        record = f"id {name}" if names_a_place(name) and name != place else name
        if record in seen:
            record = f"{record} ({place})"
        seen.add(record)
        has_source = any(value.field == "url" and host_of(value.value) for value in metadata)
        more = [value for value in of_feed if not (has_source and value.field == "source")]
        yield _read_article(entry, [*metadata, *more], record)
    if of_feed is None:
        raise EmptySourceError(f"{source.name}: a feed without an entry")


def _read_article(entry: Element, metadata: list[MetadataValue], record: str) -> Extract | Problem:
    text = _text(entry)
    if not text.strip():
        return Problem(where=record, reason="an entry without a text")
    builder = TextBuilder()
    builder.add(Kind.TITLE, next((v.value for v in metadata if v.field == "title"), ""))
    metadata = add_text(builder, text, metadata, name=record, is_clean=True)
    return builder.build(metadata=metadata, record=record)


def _text(entry: Element) -> str:
    """Return the fullest text of an entry, as HTML or plain."""
    found = {local_name(child): child for child in reversed(entry)}
    texts = (_markup(found[name]) for name in _TEXTS if name in found)
    return next((text for text in texts if text.strip()), "")


def _markup(element: Element) -> str:
    if any(local_name(child) for child in element):
        inner = (etree.tostring(child, encoding="unicode", with_tail=True) for child in element)
        return html.escape(element.text or "") + "".join(inner)
    text = text_of(element)
    # Escaped once for XML, twice is common; and entities of HTML that XML does not know.
    is_escaped = ("<" not in text and "&lt;" in text) or len(element) > 0
    return html.unescape(text) if is_escaped else text


def _read_channel(entry: Element) -> Iterator[MetadataValue]:
    """Yield what the feed says of all its entries: its language, its title as their source."""
    above = entry.getparent()
    if above is None:
        return
    channel = next((child for child in above if local_name(child) == "channel"), above)
    language = channel.get("{http://www.w3.org/XML/1998/namespace}lang") or _child(
        channel, "language"
    )
    if language:
        yield from read_values("language", [clean(language)], origin="feed:language")
    source = host_of(_child(channel, "link") or _href(channel)) or _child(channel, "title")
    if source:
        yield MetadataValue(field="source", value=source, origin="feed:channel")


def _read_entry(entry: Element) -> list[MetadataValue]:
    found: list[MetadataValue] = []
    for child in entry:
        name = local_name(child)
        field = _FIELDS.get(name, "")
        if not field or (field == "title" and child.prefix in ("media", "itunes")):
            continue
        written = _child(child, "name") or clean(text_of(child)) or child.get("term", "")
        if field == "author" and (match := _IN_BRACKETS.fullmatch(written)):
            written = match[1]
        if field == "title":
            written = clean(html.unescape(re.sub(r"<[^<>]{1,200}>", "", written)))
        if not written:
            continue
        origin = f"feed:{name}"
        if field == "keyword":
            found.append(MetadataValue(field=field, value=written, origin=origin))
        else:
            found.extend(read_values(field, [written], origin=origin))
    if address := _address(entry):
        found.append(MetadataValue(field="url", value=address, origin="feed:link"))
    return _once(found)


def _once(found: list[MetadataValue]) -> list[MetadataValue]:
    """Return the values, each once; of title and dates only the first is chosen."""
    kept: dict[tuple[str, str], MetadataValue] = {}
    chosen: set[str] = set()
    for value in found:
        is_second = value.field in _SINGLE and value.field in chosen
        kept.setdefault(
            (value.field, value.value), replace(value, chosen=value.chosen and not is_second)
        )
        if value.chosen:
            chosen.add(value.field)
    return list(kept.values())


def _address(entry: Element) -> str:
    guid = next((child for child in entry if local_name(child) == "guid"), None)
    is_link = guid is not None and guid.get("isPermaLink", "true").lower() == "true"
    candidates = (_child(entry, "link"), _href(entry), _child(entry, "guid") if is_link else "")
    return next((a for a in candidates if a.startswith(("http://", "https://"))), "")


def _href(element: Element) -> str:
    links = [child for child in element if local_name(child) == "link" and child.get("href")]
    best = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
    return clean(best.get("href", "")) if best is not None else ""


def _name(entry: Element, metadata: list[MetadataValue]) -> str:
    declared = _child(entry, "guid") or _child(entry, "id")
    about = entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
    return declared or about or next((v.value for v in metadata if v.field == "url"), "")


def _child(element: Element, name: str) -> str:
    texts = (clean(text_of(child)) for child in element if local_name(child) == name)
    return next(filter(None, texts), "")

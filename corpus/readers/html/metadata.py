"""What a page says about its article, in every place where pages say it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.assemble import clean
from pinakes.corpus.readers.dates import DateOrder
from pinakes.corpus.readers.fields import METADATA_FIELDS, host_of
from pinakes.corpus.readers.html.author_choice import choose_authors
from pinakes.corpus.readers.html.date_choice import choose_date, date_in_address
from pinakes.corpus.readers.html.front import find_fronts
from pinakes.corpus.readers.html.landmarks import find_landmarks
from pinakes.corpus.readers.html.places import find_places
from pinakes.corpus.readers.html.seen import Finding
from pinakes.corpus.readers.html.seen_dates import other_dates, seen_dates
from pinakes.corpus.readers.html.title_choice import choose_title
from pinakes.corpus.readers.html.titles import fold_title
from pinakes.corpus.readers.html.tree import Page
from pinakes.corpus.readers.language import normalise_code

_TAG = re.compile(r"<[^<>]{1,200}>")
_SEPARATED = re.compile(r"\s*[,;|、，]\s*")
_ADDRESSES = frozenset({"url", "base"})
_APP_NAMES = frozenset({"meta:application-name", "meta:apple-mobile-web-app-title"})
_LONGEST = {"title": 400, "section": 80, "keyword": 80, "source": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What was found about an article.

    Attributes:
        values: Of each field the chosen value or values first; a value found twice stands once,
            with its best origin.
        description: What the page says in a sentence or two about the article; often its lead.
    """

    values: tuple[MetadataValue, ...]
    description: str = ""

    def chosen(self, field: str) -> tuple[str, ...]:
        """Return the values that were chosen for `field`, in order."""
        return tuple(value.value for value in self.values if value.field == field and value.chosen)


def collect_metadata(page: Page, *, saved_from: str = "") -> PageMetadata:
    """Return the metadata of a page.

    What it declares is read first (JSON-LD, meta tags, microdata), then the head of the article
    that its title leads to, then all else. `docs/metadata.md` has the order of places for each
    field.

    Args:
        page: The page.
        saved_from: The address a browser noted when it saved the page, or empty.
    """
    marks = find_landmarks(page)
    found = [
        item if item.field in _ADDRESSES else item._replace(written=clean_value(item.written))
        for item in find_places(marks)
    ]
    if saved_from:
        found.append(Finding("url", saved_from, "comment:saved-from"))
    urls = _addresses(found)
    sites = _sources(found, urls)
    site_names = [value.value for value in sites]
    by_field: dict[str, list[MetadataValue]] = {field: [] for field in METADATA_FIELDS}
    by_field |= {"url": urls, "source": sites}
    by_field["title"] = choose_title(
        [(f.origin, f.written) for f in found if f.field == "title" and _fits(f)], site_names
    )
    fronts = find_fronts(marks, by_field["title"][0].value if by_field["title"] else "")
    by_field["author"] = choose_authors(marks, fronts, found, site_names)
    order = _date_order(found)
    found += seen_dates(fronts, order)
    found += (item for url in urls if url.chosen for item in date_in_address(url.value))
    if not any(item.field == "published" for item in found):
        found += other_dates(marks, order)
    for field in ("published", "modified"):
        by_field[field] = choose_date(field, found, order)
    for field in ("language", "section"):
        by_field[field] = _single(field, found)
    by_field["keyword"] = _keywords(found)
    return PageMetadata(
        values=tuple(value for values in by_field.values() for value in values),
        description=next((f.written for f in found if f.field == "description"), ""),
    )


def clean_value(written: str) -> str:
    """Return a value without the tags and doubly escaped entities that pages leave in it."""
    from html import unescape

    return clean(_TAG.sub("", unescape(written)) if "&" in written or "<" in written else written)


def _fits(finding: Finding) -> bool:
    return 0 < len(finding.written) <= _LONGEST.get(finding.field, 200)


def _date_order(found: Iterable[Finding]) -> DateOrder | None:
    """Return which part of `03/04/2014` is the day, where the page's language tells."""
    for item in found:
        if item.field == "language":
            code, _, region = item.written.replace("_", "-").casefold().partition("-")
            if code != "en":
                return DateOrder.DAY_FIRST
            if region:
                return DateOrder.MONTH_FIRST if region in ("us", "ph") else DateOrder.DAY_FIRST
    return None


def _single(field: str, found: Iterable[Finding]) -> list[MetadataValue]:
    """Return the distinct values of a field that holds one, the first of them chosen."""
    values: dict[str, MetadataValue] = {}
    for item in found:
        if item.field == field and _fits(item):
            value = normalise_code(item.written) if field == "language" else item.written
            if value:
                values.setdefault(
                    value.casefold(),
                    MetadataValue(field=field, value=value, origin=item.origin, chosen=not values),
                )
    return list(values.values())


def _keywords(found: Iterable[Finding]) -> list[MetadataValue]:
    """Return the distinct keywords; chosen are all those of the first place that has any."""
    values: dict[str, MetadataValue] = {}
    chosen_origin = ""
    for item in found:
        if item.field != "keyword":
            continue
        for part in _SEPARATED.split(item.written):
            if 1 < len(part) <= _LONGEST["keyword"]:
                chosen_origin = chosen_origin or item.origin
                value = MetadataValue(
                    field="keyword",
                    value=part,
                    origin=item.origin,
                    chosen=item.origin == chosen_origin,
                )
                values.setdefault(part.casefold(), value)
    return list(values.values())


def _addresses(found: Iterable[Finding]) -> list[MetadataValue]:
    """Return the page's addresses, absolute; one that only names a site's front page comes last."""
    written = [item for item in found if item.field == "url"]
    bases = [item.written for item in written if host_of(item.written)]
    base = next((item.written for item in found if item.field == "base"), "") or next(
        iter(bases), ""
    )
    values: dict[str, MetadataValue] = {}
    for item in written:
        address = _absolute(base, item.written)
        if address:
            values.setdefault(
                address, MetadataValue(field="url", value=address, origin=item.origin, chosen=False)
            )
    ordered = sorted(values.values(), key=lambda value: _is_front_page(value.value))
    return [replace(value, chosen=index == 0) for index, value in enumerate(ordered)]


def _absolute(base: str, written: str) -> str:
    try:
        address = urljoin(base, "".join(written.split()))
        address.encode()  # JSON can spell half a surrogate pair, which no store takes.
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path.strip("/") == "" and not parts.query


def _sources(found: Iterable[Finding], urls: Iterable[MetadataValue]) -> list[MetadataValue]:
    values: dict[str, MetadataValue] = {}
    for url in urls:
        if url.chosen and (host := host_of(url.value)):
            values[host] = MetadataValue(field="source", value=host, origin=f"{url.origin}:host")
    titles = {fold_title(item.written) for item in found if item.field == "title"}
    for name in _single("source", found):
        # Browsers are told to call a page on the desktop by its own title.
        if name.origin in _APP_NAMES and fold_title(name.value) in titles:
            continue
        values.setdefault(name.value.casefold(), replace(name, chosen=not values))
    return list(values.values())

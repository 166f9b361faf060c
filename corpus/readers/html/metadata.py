"""What a page says about its article, in every place where pages say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from pinakes.corpus.model import MetadataValue
from pinakes.corpus.readers.assemble import clean
from pinakes.corpus.readers.dates import read_date
from pinakes.corpus.readers.fields import METADATA_FIELDS, host_of
from pinakes.corpus.readers.html.authors import read_authors
from pinakes.corpus.readers.html.places import find_places
from pinakes.corpus.readers.html.seen import Finding
from pinakes.corpus.readers.html.titles import fold_title, is_likeness, strip_site
from pinakes.corpus.readers.html.tree import Page
from pinakes.corpus.readers.language import normalise_code

_TAG = re.compile(r"<[^<>]{1,200}>")
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/_-]|$)|/((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
)
_DATES = frozenset({"published", "modified"})
_SEPARATED = re.compile(r"\s*[,;|]\s*")
_SEEN_TITLES = frozenset({"tag:h1", "tag:h2", "tag:h3"})
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

    Places are believed in this order: JSON-LD, meta tags, microdata, the visible text, the address.
    A title is chosen that most places agree on.

    Args:
        page: The page.
        saved_from: The address a browser noted when it saved the page, or empty.
    """
    found = find_places(page)
    if saved_from:
        found.append(Finding("url", saved_from, "comment:saved-from"))
    urls = _addresses(found)
    found.extend(_from_address(urls))
    by_field: dict[str, list[MetadataValue]] = {field: [] for field in METADATA_FIELDS}
    by_field["url"] = urls
    sites = _sources(found, urls)
    by_field["source"] = sites
    by_field["title"] = _titles(found, [value.value for value in sites])
    for field in ("author", "keyword"):
        by_field[field] = _listed(field, found)
    for field in ("published", "modified", "language", "section"):
        by_field[field] = _single(field, found)
    return PageMetadata(
        values=tuple(value for values in by_field.values() for value in values),
        description=next((clean_value(f.written) for f in found if f.field == "description"), ""),
    )


def clean_value(written: str) -> str:
    """Return a value without the tags and doubly escaped entities that pages leave in it."""
    from html import unescape

    return clean(_TAG.sub("", unescape(written)) if "&" in written or "<" in written else written)


def _single(field: str, found: Iterable[Finding]) -> list[MetadataValue]:
    """Return the distinct values of a field that holds one, the first of them chosen."""
    values: dict[str, MetadataValue] = {}
    for item in found:
        if item.field == field and (value := _normalise(field, item.written)):
            if field in _DATES and any(known.startswith(value.casefold()) for known in values):
                continue
            values.setdefault(
                value.casefold(),
                MetadataValue(field=field, value=value, origin=item.origin, chosen=not values),
            )
    return list(values.values())


def _normalise(field: str, written: str) -> str:
    value = clean_value(written)
    if field in _DATES:
        return _past_date(value)
    if field == "language":
        return normalise_code(value)
    return value if len(value) <= _LONGEST.get(field, 200) else ""


def _past_date(written: str) -> str:
    """Return a date in ISO 8601, or nothing if it is none, or yet to come."""
    value = read_date(written)
    if not value or value[:4] < "1500":
        return ""
    now = datetime.now(UTC)
    if "T" in value:
        moment = datetime.fromisoformat(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC) - timedelta(hours=14)
        return value if moment <= now else ""
    # Somewhere it is tomorrow already.
    latest = (now + timedelta(hours=14)).date().isoformat()
    return value if value <= latest[: len(value)] else ""


def _listed(field: str, found: Iterable[Finding]) -> list[MetadataValue]:
    """Return the distinct values of a field that holds several: all those of the first place."""
    values: dict[str, MetadataValue] = {}
    chosen_origin = ""
    for origin, written in _by_origin(field, found):
        names = read_authors(written) if field == "author" else _keywords(written)
        if names and not chosen_origin:
            chosen_origin = origin
        for name in names:
            values.setdefault(
                name.casefold(),
                MetadataValue(
                    field=field, value=name, origin=origin, chosen=origin == chosen_origin
                ),
            )
    return list(values.values())


def _by_origin(field: str, found: Iterable[Finding]) -> Iterator[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for item in found:
        if item.field == field:
            groups.setdefault(item.origin, []).append(clean_value(item.written))
    return iter(groups.items())


def _keywords(written: Iterable[str]) -> list[str]:
    parts = (part for text in written for part in _SEPARATED.split(text))
    return [part for part in parts if 1 < len(part) <= _LONGEST["keyword"]]


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
    return [_with_chosen(value, index == 0) for index, value in enumerate(ordered)]


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


def _with_chosen(value: MetadataValue, chosen: bool) -> MetadataValue:
    return MetadataValue(field=value.field, value=value.value, origin=value.origin, chosen=chosen)


def _from_address(urls: Iterable[MetadataValue]) -> Iterator[Finding]:
    for value in urls:
        if value.chosen and (match := _URL_DAY.search(value.value)):
            year, month, day = (part for part in match.groups() if part)
            try:
                written = date(int(year), int(month), int(day)).isoformat()
            except ValueError:
                return
            yield Finding("published", written, "url:path")


def _sources(found: Iterable[Finding], urls: Iterable[MetadataValue]) -> list[MetadataValue]:
    values: dict[str, MetadataValue] = {}
    for url in urls:
        if url.chosen and (host := host_of(url.value)):
            values[host] = MetadataValue(field="source", value=host, origin=f"{url.origin}:host")
    for name in _single("source", found):
        values.setdefault(name.value.casefold(), _with_chosen(name, not values))
    return list(values.values())


def _titles(found: Iterable[Finding], sites: Iterable[str]) -> list[MetadataValue]:
    """Return the titles found, site names off, each with the first place it was found in.

    Chosen is a first-level heading that another place confirms, word for word or by most of its
    words; else the first that two places agree on; else the first.
    """
    written = [
        (item.origin, value)
        for item in found
        if item.field == "title" and (value := _normalise("title", item.written))
    ]
    names = [part for site in sites for part in (site, *_labels(site))]
    folded_names = {fold_title(name) for name in names}
    votes: dict[str, list[tuple[str, str]]] = {}
    for origin, value in written:
        others = [
            other
            for where, other in written
            if where != origin and fold_title(other) not in folded_names
        ]
        title = strip_site(value, others=others, sites=names)
        votes.setdefault(fold_title(title), []).append((origin, title))
    votes.pop("", None)
    ranked = sorted(
        votes.items(),
        key=lambda vote: 4 if vote[0] in folded_names else _title_rank(vote[1], votes.values()),
    )
    return [
        MetadataValue(field="title", value=group[0][1], origin=group[0][0], chosen=index == 0)
        for index, (_, group) in enumerate(ranked)
    ]


def _title_rank(
    group: Sequence[tuple[str, str]], groups: Iterable[Sequence[tuple[str, str]]]
) -> int:
    """Return 0 for the best: what readers see as the title comes before what machines are told."""
    origins = {origin for origin, _ in group}
    if len(origins) > 1 and origins & _SEEN_TITLES:
        return 0
    if "tag:h1" in origins:
        title = group[0][1]
        others = [other[0][1] for other in groups if other is not group]
        has_kicker = any(fold_title(title).endswith(fold_title(other)) for other in others)
        if not has_kicker and any(is_likeness(title, other) for other in others):
            return 1
    return 2 if len(origins) > 1 else 3


def _labels(site: str) -> list[str]:
    """Return the parts of a host name that may be a site's name: not its top-level domain."""
    return [label for label in site.split(".")[:-1] if len(label) > 3] if "." in site else []

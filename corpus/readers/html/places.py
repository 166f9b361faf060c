"""Where pages say things about their article: each place, in the order it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from pinakes.corpus.readers.fields import as_texts
from pinakes.corpus.readers.html.jsonld import linked_articles, names_in
from pinakes.corpus.readers.html.seen import (
    Finding,
    is_aside,
    seen_bylines,
    seen_languages,
    seen_times,
    seen_titles,
)
from pinakes.corpus.readers.html.tree import Node, Page, visible_text

_LINKED = {
    "headline": "title",
    "datePublished": "published",
    "dateCreated": "published",
    "uploadDate": "published",
    "dateModified": "modified",
    "inLanguage": "language",
    "articleSection": "section",
    "keywords": "keyword",
    "description": "description",
}
# Names of meta tags in lower case, best first within a field; `_`, `.` and `-` read as `:`.
_META = {
    "title": "og:title twitter:title citation:title dc:title dcterms:title parsely:title "
    "sailthru:title headline hdl title",
    "author": "author article:author parsely:author citation:author dc:creator dcterms:creator "
    "sailthru:author byl authors article:author:name og:article:author creator",
    "published": "article:published:time og:published:time article:published "
    "og:article:published:time datepublished citation:publication:date citation:date "
    "dc:date:issued dcterms:issued dc:date "
    "dcterms:date dcterms:created dc:date:created parsely:pub:date sailthru:date pubdate "
    "publishdate publish:date publication:date published:date date:published dateposted "
    "cxenseparse:recs:publishtime displaydate pdate dat date",
    "modified": "article:modified:time article:modified og:updated:time og:modified:time "
    "datemodified dcterms:modified dc:date:modified lastmod last:modified lastmodified "
    "modified:date date:modified article:updated utime",
    "source": "og:site:name application:name apple:mobile:web:app:title al:android:app:name "
    "dc:publisher dcterms:publisher citation:journal:title copyright",
    "url": "og:url parsely:link twitter:url dc:identifier",
    "language": "content:language dc:language dcterms:language og:locale language",
    "section": "article:section og:article:section parsely:section section "
    "cxenseparse:recs:articlesection category",
    "keyword": "article:tag news:keywords keywords parsely:tags sailthru:tags og:article:tag",
    "description": "og:description description twitter:description dc:description",
}
_META_RANK = {
    name: (field, rank) for field, names in _META.items() for rank, name in enumerate(names.split())
}
_AS_COLON = str.maketrans("_.-", ":::")
_ITEMS = {
    "headline": "title",
    "author": "author",
    "creator": "author",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "articlesection": "section",
    "keywords": "keyword",
    "inlanguage": "language",
}
_MOST_ITEMS = 200


def find_places(page: Page) -> list[Finding]:
    """Return everything a page says about its article, what is believed most first."""
    places: Sequence[Callable[[Page], Iterator[Finding]]] = (
        _in_linked_data,
        _in_links,
        _in_meta,
        _in_microdata,
        seen_titles,
        seen_languages,
        seen_times,
        seen_bylines,
        _in_page_names,
    )
    return [found for place in places for found in place(page) if found.written.strip()]


def _in_linked_data(page: Page) -> Iterator[Finding]:
    for item in linked_articles(page):
        for key, field in _LINKED.items():
            values = names_in(item.get(key)) if field == "language" else as_texts(item.get(key))
            for text in values:
                yield Finding(field, text, f"json-ld:{key}")
        for key in ("author", "creator"):
            for text in names_in(item.get(key)):
                yield Finding("author", text, f"json-ld:{key}")
        for text in names_in(item.get("publisher")):
            yield Finding("source", text, "json-ld:publisher")
        yield from _linked_addresses(item)


def _in_page_names(page: Page) -> Iterator[Finding]:
    # Search engines are told other names of a page than its readers.
    for item in linked_articles(page):
        for text in as_texts(item.get("name")):
            yield Finding("title", text, "json-ld:name")


def _linked_addresses(item: Mapping[str, object]) -> Iterator[Finding]:
    main = item.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    for key, address in (("url", item.get("url")), ("mainEntityOfPage", main)):
        if isinstance(address, str) and address.startswith("http"):
            yield Finding("url", address, f"json-ld:{key}")


def _in_links(page: Page) -> Iterator[Finding]:
    for node in page.tagged("link", "base"):
        href = node.attribute("href")
        if node.tag == "base":
            yield Finding("base", href, "tag:base")
        elif "canonical" in node.attribute("rel").lower().split():
            yield Finding("url", href, "link:canonical")


def _in_meta(page: Page) -> Iterator[Finding]:
    ranked: list[tuple[int, Finding]] = []
    for node in page.tagged("meta"):
        for key in ("property", "name", "http-equiv"):
            name = node.attribute(key)
            field, rank = _META_RANK.get(name.lower().translate(_AS_COLON), ("", 0))
            content = node.attribute("content") or node.attribute("value")
            if field and content:
                ranked.append((rank, Finding(field, content, f"meta:{name}")))
                break
    ranked.sort(key=lambda pair: pair[0])
    yield from (found for _, found in ranked)


def _in_microdata(page: Page) -> Iterator[Finding]:
    items = (node for node in page.nodes if "itemprop" in node.attributes)
    for node in islice(items, _MOST_ITEMS):
        for name in node.attribute("itemprop").split():
            field = _ITEMS.get(name.lower())
            if field and not is_aside(node):
                yield Finding(field, _item_text(node, field), f"itemprop:{name}")


def _item_text(node: Node, field: str) -> str:
    stated = node.attribute("content") or node.attribute("datetime")
    if stated:
        return stated
    if field == "author":
        for inner in _within(node):
            if inner.attributes.get("itemprop") == "name":
                return inner.attribute("content") or visible_text(inner)
    return visible_text(node)


def _within(node: Node) -> Iterator[Node]:
    stack = [node]
    while stack:
        for child in stack.pop().children:
            if isinstance(child, Node):
                yield child
                stack.append(child)

"""Where pages say things about their article: each place, in the order it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from pinakes.corpus.readers.fields import as_texts
from pinakes.corpus.readers.html_jsonld import linked_articles, names_in
from pinakes.corpus.readers.html_tree import Node, Page, visible_text


class Found(NamedTuple):
    """One value as it is written in one place of a page."""

    field: str
    written: str
    origin: str


_LINKED = {
    "headline": "title",
    "name": "title",
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
_BYLINE_WORDS = frozenset({"byline", "bylines", "author", "authors"})
_MOST_BYLINE = 120
# A page of teasers has hundreds of each; an article's own stand near its beginning.
_MOST_PLACES = 30
_MOST_ITEMS = 200


def find_places(page: Page) -> list[Found]:
    """Return everything a page says about its article, what is believed most first."""
    places: Sequence[Callable[[Page], Iterator[Found]]] = (
        _in_linked_data,
        _in_links,
        _in_meta,
        _in_microdata,
        _in_headings,
        _in_times,
        _in_bylines,
    )
    return [found for place in places for found in place(page) if found.written.strip()]


def _in_linked_data(page: Page) -> Iterator[Found]:
    for item in linked_articles(page):
        for key, field in _LINKED.items():
            if key == "name" and "headline" in item:
                continue
            values = names_in(item.get(key)) if field == "language" else as_texts(item.get(key))
            for text in values:
                yield Found(field, text, f"json-ld:{key}")
        for key in ("author", "creator"):
            for text in names_in(item.get(key)):
                yield Found("author", text, f"json-ld:{key}")
        for text in names_in(item.get("publisher")):
            yield Found("source", text, "json-ld:publisher")
        yield from _linked_addresses(item)


def _linked_addresses(item: Mapping[str, object]) -> Iterator[Found]:
    main = item.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    for key, address in (("url", item.get("url")), ("mainEntityOfPage", main)):
        if isinstance(address, str) and address.startswith("http"):
            yield Found("url", address, f"json-ld:{key}")


def _in_links(page: Page) -> Iterator[Found]:
    for node in page.tagged("link", "base"):
        href = node.attribute("href")
        if node.tag == "base":
            yield Found("base", href, "tag:base")
        elif "canonical" in node.attribute("rel").lower().split():
            yield Found("url", href, "link:canonical")


def _in_meta(page: Page) -> Iterator[Found]:
    ranked: list[tuple[int, Found]] = []
    for node in page.tagged("meta"):
        for key in ("property", "name", "http-equiv"):
            name = node.attribute(key)
            field, rank = _META_RANK.get(name.lower().translate(_AS_COLON), ("", 0))
            content = node.attribute("content") or node.attribute("value")
            if field and content:
                ranked.append((rank, Found(field, content, f"meta:{name}")))
                break
    ranked.sort(key=lambda pair: pair[0])
    yield from (found for _, found in ranked)


def _in_microdata(page: Page) -> Iterator[Found]:
    items = (node for node in page.nodes if "itemprop" in node.attributes)
    for node in islice(items, _MOST_ITEMS):
        for name in node.attribute("itemprop").split():
            field = _ITEMS.get(name.lower())
            if field and not _is_in_comment(node):
                yield Found(field, _item_text(node, field), f"itemprop:{name}")


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


def _in_headings(page: Page) -> Iterator[Found]:
    headings = [visible_text(node) for node in page.tagged("h1")]
    distinct = [text for text in dict.fromkeys(headings) if text]
    # Several first-level headings are sections, or the site's name beside the title.
    if distinct:
        yield Found("title", distinct[0], "tag:h1")
    for text in distinct[1:3]:
        yield Found("title", text, "tag:h1")
    for node in page.tagged("title"):
        yield Found("title", visible_text(node), "tag:title")
        break
    for node in page.nodes:
        if node.tag in ("html", "body") and (node.attribute("lang") or node.attribute("xml:lang")):
            language = node.attribute("lang") or node.attribute("xml:lang")
            yield Found("language", language, f"tag:{node.tag}:lang")


def _in_times(page: Page) -> Iterator[Found]:
    for node in islice(page.tagged("time", "abbr"), _MOST_PLACES):
        if not _is_in_comment(node):
            field = _field_of_time(node)
            stated = node.attribute("datetime") or node.attribute("title")
            for written in dict.fromkeys((stated, visible_text(node))):
                yield Found(field, written, f"tag:{node.tag}")


def _field_of_time(node: Node) -> str:
    around = {word for near in list(node.ancestors())[:2] for word in near.words}
    return "modified" if around & {"updated", "modified", "update"} else "published"


def _in_bylines(page: Page) -> Iterator[Found]:
    linked = (node for node in page.tagged("a") if "author" in node.attribute("rel").split())
    first: Node | None = None
    for node in islice(linked, _MOST_PLACES):
        # Authors of one article are named side by side; the next teaser names its own.
        if (first is None or node.parent is first.parent) and not _is_in_comment(node):
            first = first or node
            yield Found("author", visible_text(node), "link:author")
    named = (node for node in page.nodes if not _BYLINE_WORDS.isdisjoint(node.words))
    for node in islice(named, _MOST_PLACES):
        if node.tag not in ("html", "body") and not _is_in_comment(node):
            text = visible_text(node)
            if 2 < len(text) <= _MOST_BYLINE:
                yield Found("author", text, "text:byline")
                return


def _is_in_comment(node: Node) -> bool:
    """Whether it stands below a reader's comment, or a teaser of another article."""
    return any(
        word in ("comment", "comments", "commentlist", "related", "teaser", "sidebar", "footer")
        for near in node.ancestors()
        for word in near.words
        if near.tag not in ("body", "html")
    )

"""Where pages say things about their article: each place, in the order it is believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pinakes.corpus.readers.fields import as_texts
from pinakes.corpus.readers.html.authors import join_pieces
from pinakes.corpus.readers.html.front import pieces_of
from pinakes.corpus.readers.html.jsonld import authors_in, linked_articles, names_in
from pinakes.corpus.readers.html.landmarks import Landmarks
from pinakes.corpus.readers.html.seen import Finding, is_aside, seen_languages, seen_titles
from pinakes.corpus.readers.html.tree import Node, visible_text

_LINKED = {
    "headline": "title",
    "datePublished": "published",
    "dateModified": "modified",
    "inLanguage": "language",
    "articleSection": "section",
    "keywords": "keyword",
    "description": "description",
}
# Names of meta tags in lower case, best first within a field; `_`, `.` and `-` read as `:`.
_META = {
    "title": "citation:title dc:title dcterms:title og:title twitter:title parsely:title "
    "sailthru:title headline hdl title eprints:title bepress:citation:title",
    "author": "citation:author dc:creator dcterms:creator author article:author parsely:author "
    "sailthru:author byl authors article:author:name og:article:author creator dc:contributor "
    "citation:authors byline cxenseparse:author bepress:citation:author eprints:creators:name "
    "dc:creator:personalname twitter:creator:name rbauthors",
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
_MOST_LINKS = 3_000


def find_places(page: Landmarks) -> list[Finding]:
    """Return everything a page declares about its article, what is believed most first.

    Of what its readers see there are the headings only.
    """
    linked = linked_articles(page)
    found = [
        *_in_linked_data(linked),
        *_in_links(page),
        *_in_meta(page),
        *_in_microdata(page),
        *_created(linked),
        *seen_titles(page),
        *seen_languages(page),
        *_page_names(linked),
        *_in_tag_links(page),
    ]
    return [finding for finding in found if finding.written.strip()]


def _in_linked_data(linked: Sequence[Mapping[str, object]]) -> Iterator[Finding]:
    for item in linked:
        for key, field in _LINKED.items():
            values = names_in(item.get(key)) if field == "language" else as_texts(item.get(key))
            for text in values:
                yield Finding(field, text, f"json-ld:{key}")
        for key in ("author", "creator"):
            for text, is_organisation in authors_in(item.get(key)):
                field = "organisation" if is_organisation else "author"
                yield Finding(field, text, f"json-ld:{key}")
        for text in names_in(item.get("publisher")):
            yield Finding("source", text, "json-ld:publisher")
        yield from _linked_addresses(item)


def _created(linked: Sequence[Mapping[str, object]]) -> Iterator[Finding]:
    # When a page was made in an editor says less than when it was published.
    for item in linked:
        for key in ("dateCreated", "uploadDate"):
            for text in as_texts(item.get(key)):
                yield Finding("published", text, f"json-ld:{key}")


def _page_names(linked: Sequence[Mapping[str, object]]) -> Iterator[Finding]:
    # Search engines are told other names of a page than its readers.
    for item in linked:
        for text in as_texts(item.get("name")):
            yield Finding("title", text, "json-ld:name")


def _linked_addresses(item: Mapping[str, object]) -> Iterator[Finding]:
    main = item.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    for key, address in (("url", item.get("url")), ("mainEntityOfPage", main)):
        if isinstance(address, str) and address.startswith("http"):
            yield Finding("url", address, f"json-ld:{key}")


def _in_links(page: Landmarks) -> Iterator[Finding]:
    for node in page.tagged("link", "base"):
        href = node.attribute("href")
        if node.tag == "base":
            yield Finding("base", href, "tag:base")
        elif "canonical" in node.attribute("rel").lower().split():
            yield Finding("url", href, "link:canonical")


def _in_tag_links(page: Landmarks) -> Iterator[Finding]:
    for node in islice(page.tagged("a"), _MOST_LINKS):
        if "tag" in node.attribute("rel").lower().split() and not is_aside(node):
            yield Finding("keyword", visible_text(node), "link:tag")


def _in_meta(page: Landmarks) -> Iterator[Finding]:
    ranked: list[tuple[tuple[int, int], Finding]] = []
    for node in page.tagged("meta"):
        for place, key in enumerate(("property", "name", "http-equiv")):
            content = node.attribute("content") or node.attribute("value")
            # RDFa takes several names in one attribute.
            for name in node.attribute(key).split() if content else ():
                field, rank = _META_RANK.get(name.lower().translate(_AS_COLON), ("", 0))
                if field:
                    ranked.append(((rank, place), Finding(field, content, f"meta:{name}")))
    ranked.sort(key=lambda pair: pair[0])
    yield from (found for _, found in ranked)


def _in_microdata(page: Landmarks) -> Iterator[Finding]:
    scopes: dict[str, Node | None] = {}
    for node in page.items[:_MOST_ITEMS]:
        for name in node.attribute("itemprop").split():
            field = _ITEMS.get(name.lower())
            if field and not is_aside(node) and _is_first_scope(node, field, scopes):
                yield Finding(field, _item_text(node, field), f"itemprop:{name}")


def _is_first_scope(node: Node, field: str, scopes: dict[str, Node | None]) -> bool:
    """Whether it belongs to the same thing as the first of its field: not to a later comment."""
    scope = next(
        (up for up in islice(node.ancestors(), 1, None) if "itemscope" in up.attributes), None
    )
    return scopes.setdefault(field, scope) is scope


def _item_text(node: Node, field: str) -> str:
    stated = node.attribute("content") or node.attribute("datetime")
    if stated:
        return stated
    if field == "author":
        for inner in _within(node):
            if inner.attributes.get("itemprop") == "name":
                return inner.attribute("content") or visible_text(inner)
        # Elements part a name from an office: `Nora Feldt`, `Roads Correspondent`.
        return join_pieces(tuple(pieces_of(node)))
    return visible_text(node)


def _within(node: Node) -> Iterator[Node]:
    stack = [node]
    while stack:
        for child in stack.pop().children:
            if isinstance(child, Node):
                yield child
                stack.append(child)

"""What a reader of the page sees of its metadata: headings, times, bylines, dates in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pinakes.corpus.readers.html.short_blocks import stated_moment
from pinakes.corpus.readers.html.tree import Node, Page, visible_text


class Finding(NamedTuple):
    """One value as it is written in one place of a page."""

    field: str
    written: str
    origin: str


_BYLINE_WORDS = frozenset({"byline", "bylines", "author", "authors"})
_DATE_WORDS = frozenset(
    {"date", "dates", "pubdate", "published", "posted", "datetime", "timestamp", "dateline"}
)
_TITLE_WORDS = frozenset({"title", "headline", "posttitle", "storytitle", "entrytitle"})
_UPDATE_WORDS = frozenset({"updated", "modified", "update"})
_ASIDE_WORDS = frozenset(
    {"comment", "comments", "commentlist", "related", "teaser", "sidebar", "footer"}
)
_BYLINE = re.compile(
    r"(?:[Pp]osted |[Ww]ritten |[Rr]eported )?(?:[Bb]y|BY)(?:[:\s]|$)"
    r"|(?:Autor(?:in)?|Auteur|Автор|Haber|Yazan|Müəllif|الكاتب)\s*:"
)
_DATED = re.compile(r"(?:first |last )?(?:published|posted|updated|modified)\b", re.IGNORECASE)
_AFTER_NAMES = re.compile(r"\s*[|•·]|\s+\d")
_MOST_BYLINE = 120
_MOST_DATE = 60
# A page of teasers has hundreds of each; an article's own stand near its beginning.
_MOST_PLACES = 30
_MOST_TITLES = 3


def seen_titles(page: Page) -> Iterator[Finding]:
    """Yield the first headings and the title of the window."""
    seen: set[str] = {""}
    for node in islice(page.tagged("h1"), _MOST_PLACES):
        # Several first-level headings are sections, or the site's name beside the title.
        if len(seen) > _MOST_TITLES:
            break
        if (text := visible_text(node)) not in seen:
            seen.add(text)
            yield Finding("title", text, "tag:h1")
    named = (node for node in page.tagged("h2", "h3") if not _TITLE_WORDS.isdisjoint(node.words))
    for node in islice(named, _MOST_PLACES):
        if not is_aside(node):
            yield Finding("title", visible_text(node), f"tag:{node.tag}")
            break
    for node in page.tagged("title"):
        yield Finding("title", visible_text(node), "tag:title")
        return


def seen_languages(page: Page) -> Iterator[Finding]:
    """Yield the language that the page as a whole declares."""
    for node in page.tagged("html", "body"):
        language = node.attribute("lang") or node.attribute("xml:lang")
        yield Finding("language", language, f"tag:{node.tag}:lang")


def seen_times(page: Page) -> Iterator[Finding]:
    """Yield times marked as such, then dates that only their place or their words give away."""
    seen: set[str] = set()
    for node in islice(page.tagged("time", "abbr"), _MOST_PLACES):
        field = _field_of_time(node)
        if field in seen or is_aside(node):
            continue
        stated = node.attribute("datetime") or node.attribute("title")
        # Later ones are times of entries, teasers and comments.
        if moment := stated_moment(stated) or stated_moment(visible_text(node)):
            seen.add(field)
            yield Finding(field, moment, f"tag:{node.tag}")
    named = (
        node
        for node in page.nodes
        if not _DATE_WORDS.isdisjoint(node.words) or _opens_with(node, _DATED)
    )
    for node in islice(named, _MOST_PLACES):
        if node.tag not in ("html", "body") and not is_aside(node):
            text = visible_text(node)
            if len(text) <= _MOST_DATE and (moment := stated_moment(text)):
                field = "modified" if "update" in text.lower() else _field_of_time(node)
                yield Finding(field, moment, "text:date")


def seen_bylines(page: Page) -> Iterator[Finding]:
    """Yield the authors that links and bylines name."""
    linked = (node for node in page.tagged("a") if "author" in node.attribute("rel").split())
    first: Node | None = None
    for node in islice(linked, _MOST_PLACES):
        # Authors of one article are named side by side; the next teaser names its own.
        if (first is None or node.parent is first.parent) and not is_aside(node):
            first = first or node
            yield Finding("author", visible_text(node), "link:author")
    named = (
        node
        for node in page.nodes
        if not _BYLINE_WORDS.isdisjoint(node.words) or _opens_with(node, _BYLINE)
    )
    for node in islice(named, _MOST_PLACES):
        if node.tag not in ("html", "body") and not is_aside(node):
            text = visible_text(node)
            if 2 < len(text) <= _MOST_BYLINE:
                # What follows the names is a date, or buttons.
                yield Finding("author", _AFTER_NAMES.split(text, maxsplit=1)[0], "text:byline")
                return


def is_aside(node: Node) -> bool:
    """Whether it stands in a reader's comment, or a teaser of another article."""
    return any(
        not _ASIDE_WORDS.isdisjoint(near.words)
        for near in node.ancestors()
        if near.tag not in ("body", "html")
    )


def _opens_with(node: Node, words: re.Pattern[str]) -> bool:
    first = node.children[0] if node.children else None
    return isinstance(first, str) and words.match(first.lstrip()) is not None


def _field_of_time(node: Node) -> str:
    around = {word for near in islice(node.ancestors(), 2) for word in near.words}
    return "modified" if around & _UPDATE_WORDS else "published"

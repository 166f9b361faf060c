"""What readers see of a page's title and language, and what on it is not about its article."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from pinakes.corpus.readers.html.landmarks import Landmarks
from pinakes.corpus.readers.html.tree import Node, visible_text


class Finding(NamedTuple):
    """One value as it is written in one place of a page."""

    field: str
    written: str
    origin: str


_TITLE_WORDS = frozenset({"title", "headline", "posttitle", "storytitle", "entrytitle"})
_ASIDE_WORDS = frozenset(
    {"comment", "comments", "commentlist", "related", "teaser", "teasers", "sidebar", "footer"}
)
# A page of teasers has hundreds of each; an article's own stand near its beginning.
_MOST_PLACES = 30
_MOST_TITLES = 3


def seen_titles(page: Landmarks) -> Iterator[Finding]:
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


def seen_languages(page: Landmarks) -> Iterator[Finding]:
    """Yield the language that the page as a whole declares."""
    for node in page.tagged("html", "body"):
        language = node.attribute("lang") or node.attribute("xml:lang")
        yield Finding("language", language, f"tag:{node.tag}:lang")


def is_aside(node: Node, around: Collection[int] = ()) -> bool:
    """Whether it stands in a reader's comment, or a teaser of another article.

    Args:
        node: An element.
        around: Numbers of elements that are no aside, whatever they are called: they hold the
            article's title.
    """
    for near in node.ancestors():
        if near.number in around or near.tag in ("body", "html"):
            return False
        if near.words and not _ASIDE_WORDS.isdisjoint(near.words):
            return True
    return False

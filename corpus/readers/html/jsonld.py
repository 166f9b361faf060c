"""Linked data in a page's scripts, as plain objects; broken JSON gives what can be saved of it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping

from pinakes.corpus.readers.html.landmarks import Landmarks
from pinakes.corpus.readers.html.titles import fold_title
from pinakes.corpus.readers.html.tree import visible_text

_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_STRING = r'"((?:[^"\\]|\\.){1,1000})"'
# What is worth saving from JSON that no parser reads.
_SALVAGED = re.compile(
    rf'"(headline|datePublished|dateModified|articleSection|inLanguage)"\s*:\s*{_STRING}'
)
_SALVAGED_AUTHOR = re.compile(
    rf'"author"\s*:\s*\[?\s*(?:\{{[^{{}}]{{0,300}}?"name"\s*:\s*)?{_STRING}'
)
_ARTICLE = re.compile(
    r"(?:Article|Posting|Report|Review|BlogPost|LiveBlogPosting|Essay|Recipe|NewsItem)$"
)
_WORK = re.compile(r"(?:CreativeWork|Question|PodcastEpisode|Chapter|Speech|Legislation|Message)$")
_PAGE = re.compile(r"(?:WebPage|ItemPage|AboutPage|QAPage)$")
_ORGANISATION = re.compile(r"(?:Organization|Corporation|Brand|WebSite|Project)$")
# What customers and readers wrote.
_OF_READERS = frozenset({"review", "reviews", "comment", "suggestedAnswer", "acceptedAnswer"})
_MOST_OBJECTS = 2_000


def linked_articles(page: Landmarks) -> list[Mapping[str, object]]:
    """Return the objects that describe the page's article, best first; references resolved.

    The object of an article type whose headline the page's titles repeat, else the first one,
    comes before those of page types. Lists, `@graph` and nesting are walked through; other
    articles that the page lists, a comment or a reply are none of its own.
    """
    objects: list[Mapping[str, object]] = []
    for node in page.tagged("script"):
        kind = node.attribute("type").lower()
        if kind.startswith("application/ld+json"):
            source = "".join(child for child in node.children if isinstance(child, str))
            objects.extend(_walk(_load(source)))
    by_id = {str(item["@id"]): item for item in objects if len(item) > 1 and "@id" in item}
    articles = [item for item in objects if _is_of(item, _ARTICLE)] or [
        item for item in objects if _is_of(item, _WORK)
    ]
    pages = [item for item in objects if _is_of(item, _PAGE)]
    return [_resolve(item, by_id) for item in (*_own_article(page, articles), *pages)]


def _own_article(
    page: Landmarks, articles: list[Mapping[str, object]]
) -> list[Mapping[str, object]]:
    if len(articles) < 2:
        return articles
    shown = "".join(fold_title(visible_text(node)) for node in page.tagged("title", "h1"))
    named = [item for item in articles if (title := _folded_headline(item)) and title in shown]
    # Two objects may describe one article, each in part.
    title = _folded_headline((named or articles)[0])
    return [item for item in articles if _folded_headline(item) in (title, "")] or articles[:1]


def _folded_headline(item: Mapping[str, object]) -> str:
    return fold_title("".join(names_in(item.get("headline") or item.get("name"))[:1]))


def _is_of(item: Mapping[str, object], types: re.Pattern[str]) -> bool:
    declared = item.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return any(isinstance(name, str) and types.search(name) for name in names)


def _load(source: str) -> object:
    source = _CDATA.sub("", source)
    # Comment marks and semicolons stand around the JSON of many a page.
    text = source[_first(source, "{[") : max(source.rfind("}"), source.rfind("]")) + 1]
    if not text:
        return {}
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            # strict=False lets raw line ends stand in strings, the commonest of all faults.
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvage(text)


def _first(text: str, characters: str) -> int:
    places = [place for character in characters if (place := text.find(character)) >= 0]
    return min(places, default=len(text))


def _salvage(text: str) -> Mapping[str, object]:
    saved: dict[str, object] = {}
    for key, value in _SALVAGED.findall(text):
        saved.setdefault(key, _unquote(value))
    if author := _SALVAGED_AUTHOR.search(text):
        saved["author"] = _unquote(author[1])
    return {**saved, "@type": "Article"} if saved else {}


def _unquote(quoted: str) -> str:
    try:
        return str(json.loads(f'"{quoted}"', strict=False))
    except ValueError:
        return quoted


def _walk(loaded: object) -> Iterator[Mapping[str, object]]:
    """Yield every object in document order, but not what hangs below an article."""
    stack = [loaded]
    seen = 0
    while stack and seen < _MOST_OBJECTS:
        item = stack.pop()
        seen += 1
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            if not _is_of(item, _ARTICLE):
                stack.extend(
                    value
                    for key, value in reversed(item.items())
                    if isinstance(value, dict | list) and key not in _OF_READERS
                )


def _resolve(
    item: Mapping[str, object], by_id: Mapping[str, Mapping[str, object]]
) -> Mapping[str, object]:
    return {key: _dereference(value, by_id) for key, value in item.items()}


def _dereference(value: object, by_id: Mapping[str, Mapping[str, object]]) -> object:
    if isinstance(value, list):
        return [_dereference(item, by_id) if isinstance(item, dict) else item for item in value]
    if isinstance(value, dict) and "name" not in value and "@id" in value:
        return by_id.get(str(value["@id"]), value)
    return value


def authors_in(value: object) -> Iterator[tuple[str, bool]]:
    """Yield the names in a value of `author`, each with whether it is that of an organisation."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item, False
        elif isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            for name in names_in(item) or [_personal_name(item)]:
                yield name, _is_of(item, _ORGANISATION)


def _personal_name(item: Mapping[str, object]) -> str:
    parts = (item.get("givenName"), item.get("familyName"))
    return " ".join(part for part in parts if isinstance(part, str))


def names_in(value: object) -> list[str]:
    """Return the names in a JSON-LD value: a string, an object's name, or a list of either."""
    names: list[str] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            names.append(item)
        elif isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            stack.append(item.get("name"))
    return names

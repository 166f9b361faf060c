"""Linked data in a page's scripts, as plain objects; broken JSON gives what can be saved of it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from pinakes.corpus.readers.html.tree import Page

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
_PAGE = re.compile(r"(?:WebPage|ItemPage|AboutPage|QAPage)$")
_MOST_OBJECTS = 2_000


def linked_articles(page: Page) -> list[Mapping[str, object]]:
    """Return the objects that describe the page's article, best first; references resolved.

    Objects of article types come before those of page types. Lists, `@graph` and nesting are
    walked through; a comment or a reply is nobody's article.
    """
    objects: list[Mapping[str, object]] = []
    for node in page.tagged("script"):
        kind = node.attribute("type").lower()
        if kind.startswith("application/ld+json"):
            source = "".join(child for child in node.children if isinstance(child, str))
            objects.extend(_walk(_load(source)))
    by_id = {str(item["@id"]): item for item in objects if len(item) > 1 and "@id" in item}
    articles = [item for item in objects if _is_of(item, _ARTICLE)]
    pages = [item for item in objects if _is_of(item, _PAGE)]
    return [_resolve(item, by_id) for item in (*articles, *pages)]


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
                    value for value in reversed(item.values()) if isinstance(value, dict | list)
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


def names_in(value: object) -> Iterable[str]:
    """Yield the names in a JSON-LD value: a string, an object's name, or a list of either."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            stack.append(item.get("name"))

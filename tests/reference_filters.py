"""What a query's tree says, whatever the archive, and which passages its filters let through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pinakes.corpus import Kind
from pinakes.indexer import fold_value
from pinakes.search.query import (
    And,
    Boost,
    Constant,
    DateRange,
    Everything,
    Filter,
    Has,
    Node,
    Not,
    NumberRange,
    Or,
    Quantity,
    Within,
    is_about_tags,
)
from tests.reference_nouns import Seen
from tests.reference_tags import passes_tag
from tests.reference_texts import CLAUSES, fits, fold_pattern, is_searchable, words


def branches(node: Node) -> tuple[Node, ...]:
    if isinstance(node, And | Or):
        return node.children
    return (node.child,) if isinstance(node, Not | Within | Boost | Constant) else ()


def is_filter(node: Node) -> bool:
    if isinstance(node, And | Or | Not | Boost | Constant):
        return all(is_filter(child) for child in branches(node))
    return isinstance(node, Filter | Has | DateRange | NumberRange | Quantity | Everything)


def asks(node: Node) -> bool:
    """Whether there is anything in it to look for."""
    if isinstance(node, CLAUSES):
        return is_searchable(node)
    below = branches(node)
    return any(asks(child) for child in below) if below else True


def wants_text(node: Node) -> bool:
    if isinstance(node, CLAUSES):
        return asks(node)
    return not isinstance(node, Not) and any(wants_text(child) for child in branches(node))


def text_children(node: And) -> list[Node]:
    return [child for child in node.children if not is_filter(child) and asks(child)]


def narrowed(node: And, looked_at: list[Seen]) -> list[Seen]:
    filters = [child for child in node.children if is_filter(child)]
    return [seen for seen in looked_at if all(passes(child, seen) for child in filters)]


def titles(looked_at: list[Seen]) -> list[Seen]:
    return [seen for seen in looked_at if seen.passage.kind is Kind.TITLE]


def tags_asked(node: Node, seen: Seen) -> Iterator[Node]:
    """The conditions on tags in filters that a passage satisfies, as it does what they are in."""
    if is_about_tags(node):
        yield node
    elif not isinstance(node, Not):
        for child in branches(node):
            if passes(child, seen):
                yield from tags_asked(child, seen)


def passes(node: Node, seen: Seen) -> bool:
    if isinstance(node, And):
        return all(passes(child, seen) for child in node.children)
    if isinstance(node, Or):
        return any(passes(child, seen) for child in node.children)
    if isinstance(node, Not):
        return not passes(node.child, seen)
    if isinstance(node, Boost | Constant):
        return passes(node.child, seen)
    if is_about_tags(node):
        return passes_tag(node, seen.passage)
    if isinstance(node, NumberRange):
        length = sum(len(words(passage.text)) for passage in seen.article.passages)
        return (node.first or 0) <= length <= (length if node.last is None else node.last)
    if isinstance(node, DateRange):
        days = days_of(seen.article.published)
        if days is None:
            return False
        first, last = node.first or date.min, node.last or date.max
        return days[0] <= last and first <= days[1]
    if isinstance(node, Has):
        return _is_known(node.field, seen)
    return isinstance(node, Everything) or (isinstance(node, Filter) and _has_value(node, seen))


def _is_known(field: str, seen: Seen) -> bool:
    article, passage = seen.article, seen.passage
    if field == "title":
        return any(each.kind is Kind.TITLE for each in article.passages)
    if field in ("kind", "id", "path"):
        return True
    return bool(
        {
            "author": any(words(author) for author in article.authors),
            "lang": article.language not in ("", "und"),
            "published": article.published,
            "section": any(words(heading) for heading in passage.section),
            "source": article.source,
            "tag": passage.tags,
            "url": article.url,
        }[field]
    )


def _fits_value(node: Filter, seen: Seen) -> bool:
    """Whether a value, or a word of one, fits a pattern."""
    article, passage = seen.article, seen.passage
    if node.field in ("author", "section"):
        texts = article.authors if node.field == "author" else passage.section
        there = {folded for text in texts for _, _, folded in words(text)}
        parts = [part for part in re.split(r"[^\w*?]+", node.value) if part]
        return all(any(fits(fold_pattern(part), word) for word in there) for part in parts)
    folders = [
        path[: place + 1]
        for path in article.paths
        for place, letter in enumerate(path)
        if letter == "/"
    ]
    values = {
        "path": [*article.paths, *folders],
        "source": [article.source],
        "url": [article.url],
        "id": [article.id],
    }[node.field]
    pattern = fold_value(node.value)
    if node.field in ("url", "path"):
        # No letter is looked for there by a `?`: put something in its place that it is not.
        pattern = pattern.replace("?", "\0")
        values = [value.replace("?", "\0") for value in values]
    return any(value and fits(pattern, fold_value(value)) for value in values)


def _has_value(node: Filter, seen: Seen) -> bool:
    if node.is_pattern:
        return _fits_value(node, seen)
    article, passage = seen.article, seen.passage
    value = fold_value(node.value)
    if node.field in ("author", "section"):
        texts = article.authors if node.field == "author" else passage.section
        wanted = {folded for _, _, folded in words(node.value)}
        # Of authors it is one who has them all, of headings each may have some.
        found = [{folded for _, _, folded in words(text)} for text in texts]
        if node.field == "section":
            found = [set().union(*found)]
        return bool(wanted) and any(wanted <= there for there in found)
    if node.field == "path":
        is_folder = value.endswith("/")
        root = "/" if value.startswith("/") else ""
        value = root + "/".join(part for part in value.split("/") if part not in ("", "."))
        if not value:
            return True
        folder = value.rstrip("/") + "/"
        paths = [fold_value(path) for path in article.paths]
        return any((path == value and not is_folder) or path.startswith(folder) for path in paths)
    if node.field == "source":
        return bool(article.source) and fold_value(article.source) == value.removeprefix("www.")
    found = {
        "kind": passage.kind.value,
        "lang": article.language,
        "url": article.url,
        "id": article.id,
    }[node.field]
    return found != "" and fold_value(found) == value


def days_of(published: str) -> tuple[date, date] | None:
    """The first and the last day that a date of an article can mean."""
    parts = [int(part) for part in published[:10].split("-") if part]
    if not parts:
        return None
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    lasts = [31, 29 if parts[0] % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return date(*parts, 1), date(*parts, lasts[parts[1] - 1])

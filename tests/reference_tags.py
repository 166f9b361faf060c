"""Which words tags cover, and which tags a condition means, in plain words."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from pinakes.corpus import Passage, Tag
from pinakes.indexer import fold_value, words
from pinakes.search.query import DateRange, Filter, Node, Quantity


def covered(passage: Passage, tag: Tag) -> list[int]:
    """The words of a passage that a tag touches."""
    return [
        number
        for number, (start, end, _) in enumerate(words(passage.text))
        if passage.start + start < tag.end and tag.start < passage.start + end
    ]


def is_whole(passage: Passage, tag: Tag) -> bool:
    """Whether a tag is on all of its passage."""
    return (tag.start, tag.end) == (passage.start, passage.end)


def fits_tag(node: Node, tag: Tag) -> bool:
    """Whether a tag satisfies a condition."""
    tag_type, value = fold_value(tag.type), fold_value(f"{tag.type}:{tag.value}")
    value = value[len(tag_type) + 1 :]
    if isinstance(node, Filter):
        asked = fold_value(node.value)
        compare = _fits if node.is_pattern else str.__eq__
        if ":" not in asked:
            return compare(asked, tag_type) or compare(asked, value)
        asked_type, _, asked_value = asked.partition(":")
        if asked_type in ("person", "said") and not node.is_pattern and words(asked_value):
            named, there = ({word for _, _, word in words(text)} for text in (asked_value, value))
            return asked_type == tag_type and named <= there
        if asked_type == tag_type == "law" and not node.is_pattern and asked_value:
            # An article of a law is of the law, a paragraph of an article of the article.
            divided = r"[,(]|(?<=\d) " if asked_value[-1].isdigit() else "[,(]"
            return re.match(rf"{re.escape(asked_value)}(?:{divided}|$)", value) is not None
        return compare(asked_type, tag_type) and compare(asked_value, value)
    if isinstance(node, DateRange):
        days = _days(value) if tag_type == "mentions" else None
        low, high = node.first or date.min, node.last or date.max
        return days is not None and days[0] <= high and low <= days[1]
    assert isinstance(node, Quantity)
    found = re.fullmatch(r"([-0-9.]+?)(?:\.\.([-0-9.]+))?(?: (.+))?", value)
    if tag_type != "number" or found is None:
        return False
    first, last = float(found[1]), float(found[2] or found[1])
    if node.unit and fold_value(node.unit) != (found[3] or ""):
        return False
    if node.excludes_end:
        return last > float(node.first) if node.first is not None else first < float(node.last or 0)
    return (node.first is None or last >= float(node.first)) and (
        node.last is None or first <= float(node.last)
    )


def _days(value: str) -> tuple[date, date] | None:
    begins, _, ends = value.partition("..")
    days = []
    for text in (begins, ends or begins):
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
            return None
        year, month, day = [*map(int, text.split("-")), 0, 0][:3]
        last_month = month or 12
        days.append(
            (
                date(year, month or 1, day or 1),
                date(year, last_month, day or monthrange(year, last_month)[1]),
            )
        )
    return days[0][0], days[1][1]


def _fits(pattern: str, value: str) -> bool:
    if not pattern:
        return not value
    if pattern[0] == "*":
        return _fits(pattern[1:], value) or (bool(value) and _fits(pattern, value[1:]))
    return bool(value) and pattern[0] in ("?", value[0]) and _fits(pattern[1:], value[1:])


def passes_tag(node: Node, passage: Passage) -> bool:
    """Whether a passage has a tag that satisfies a condition."""
    return any(fits_tag(node, tag) for tag in passage.tags)

"""Print a tree in the language it was read from."""

from __future__ import annotations

from pinakes.search.query.ast import (
    And,
    DateRange,
    Everything,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Within,
    Word,
)
from pinakes.search.query.lexer import is_plain_value
from pinakes.search.query.quotes import quote


def print_node(node: Node) -> str:
    """Return a query that parses to a tree equal to `node`, with every AND written.

    Raises:
        ValueError: A text holds every kind of quotation mark; no parsed tree does.

    """
    if isinstance(node, And):
        return " AND ".join(_enclose(child) for child in node.children)
    if isinstance(node, Or):
        return " OR ".join(_enclose(child) for child in node.children)
    if isinstance(node, Not):
        return f"NOT {_enclose(node.child)}"
    if isinstance(node, Within):
        return f"{node.field}:{_print_inside(node.child)}"
    if isinstance(node, Filter):
        return f"{node.field}:{_print_value(node)}"
    if isinstance(node, DateRange):
        return f"date:{_print_days(node)}"
    if isinstance(node, Everything):
        return "*"
    return _quote(node.text) if isinstance(node, Phrase) else node.text


def _enclose(node: Node) -> str:
    text = print_node(node)
    return f"({text})" if isinstance(node, And | Or) else text


def _print_inside(node: Node) -> str:
    text = print_node(node)
    # `title:::x` and `title://x` are words, not a field with its value.
    is_plain = isinstance(node, Word | Phrase) and not text.startswith((":", "//"))
    return text if is_plain else f"({text})"


def _print_days(node: DateRange) -> str:
    if node.first == node.last and node.first is not None:
        return node.first.isoformat()
    ends = ("" if day is None else day.isoformat() for day in (node.first, node.last))
    return "..".join(ends)


def _print_value(node: Filter) -> str:
    if is_plain_value(node.field, node.value):
        return node.value
    if node.field == "tag":
        # tag:person:"Jane Doe": the type stays outside, where that can be.
        for place, letter in enumerate(node.value):
            quoted = quote(node.value[place + 1 :])
            if letter == ":" and quoted and is_plain_value(node.field, node.value[:place]):
                return f"{node.value[: place + 1]}{quoted}"
    return _quote(node.value)


def _quote(text: str) -> str:
    quoted = quote(text)
    if quoted is None:
        raise ValueError(f"no quotation mark is left to write this between: {text}")
    return quoted

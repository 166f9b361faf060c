"""A query with a clause more, or one less: what a click on a facet asks for."""

from __future__ import annotations

import re
from typing import NamedTuple

from pinakes.search.query import And, DateRange, Filter, Has, Node, Or, Query, parse, print_node
from pinakes.search.query.conditions import NumberRange, Quantity
from pinakes.search.query.fields import FIELDS, TAGS

_CONDITIONS = (Filter, DateRange, Has, NumberRange, Quantity)
_DANGLING = re.compile(r"(^\s*AND\s)|(\sAND\s*$)|(\sAND(?=\s+AND\s))")


class Chip(NamedTuple):
    """A condition of a query that can be taken away.

    Attributes:
        text: As it was typed.
        without: The query without it.
    """

    text: str
    without: str


def add_clause(query: Query, clause: str) -> str:
    """Return the text of a query that has to satisfy a clause too."""
    text = query.text.strip()
    if not text or text == "*":
        return clause
    if query.diagnostics and query.interpreted:
        # An open quote would take the clause in.
        text = query.interpreted
    return f"({text}) {clause}" if isinstance(query.root, Or) else f"{text} {clause}"


def filter_clause(field: str, value: str) -> str:
    """Return a condition on a field or on tags as it is written in a query."""
    return print_node(Filter(field=field, value=value, start=0, end=0))


def tag_clause(type_: str, value: str) -> str:
    """Return a condition on tags of one type as a reader would write it.

    >>> tag_clause("place", "The Hague"), tag_clause("title", "x")
    ('place:"The Hague"', 'tag:title:x')
    """
    written = filter_clause("tag", f"{type_}:{value}")
    is_field = type_ in TAGS or type_ not in FIELDS
    return written.removeprefix("tag:") if is_field else written


def list_chips(query: Query) -> tuple[Chip, ...]:
    """Return the conditions that the whole query has to satisfy, each with the query without it."""
    if query.errors or query.root is None:
        return ()
    found: list[Chip] = []
    for child in _conjuncts(query.root):
        text = query.text[child.start : child.end]
        if isinstance(child, _CONDITIONS) and text:
            found.append(Chip(text, _without(query, child)))
    return tuple(found)


def _conjuncts(root: Node) -> tuple[Node, ...]:
    return root.children if isinstance(root, And) else (root,)


def _without(query: Query, condition: Node) -> str:
    left = f"{query.text[: condition.start]} {query.text[condition.end :]}"
    left = " ".join(_DANGLING.sub(" ", left).split())
    rest = [child for child in _conjuncts(query.root or condition) if child is not condition]
    if not rest:
        return ""
    root = And(children=tuple(rest), start=0, end=0) if len(rest) > 1 else rest[0]
    # Whatever stood around it, what is left has to mean the rest of the query.
    return left if parse(left).root == root else print_node(root)

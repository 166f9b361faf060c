"""Nodes of a query's tree, short enough to be read within a claim."""

from __future__ import annotations

from typing import Any

from pinakes.search.query import (
    And,
    Boost,
    Constant,
    Fuzzy,
    Near,
    Node,
    NumberRange,
    Or,
    Phrase,
    Regex,
    Wildcard,
    Word,
)

_SPAN: dict[str, Any] = {"start": 0, "end": 1}


def word(text: str) -> Word:
    return Word(text=text, **_SPAN)


def phrase(text: str) -> Phrase:
    return Phrase(text=text, **_SPAN)


def wildcard(text: str) -> Wildcard:
    return Wildcard(text=text, **_SPAN)


def fuzzy(text: str, edits: int = 1) -> Fuzzy:
    return Fuzzy(text=text, edits=edits, **_SPAN)


def regex(text: str) -> Regex:
    return Regex(text=text, **_SPAN)


def near(words_between: int, *children: Node | str) -> Near:
    return Near(children=_nodes(children), words_between=words_between, is_ordered=False, **_SPAN)


def adj(words_between: int, *children: Node | str) -> Near:
    return Near(children=_nodes(children), words_between=words_between, is_ordered=True, **_SPAN)


def all_of(*children: Node | str) -> And:
    return And(children=_nodes(children), **_SPAN)


def any_of(*children: Node | str) -> Or:
    return Or(children=_nodes(children), **_SPAN)


def boost(child: Node | str, factor: float) -> Boost:
    return Boost(child=_nodes((child,))[0], factor=factor, **_SPAN)


def constant(child: Node | str, score: float) -> Constant:
    return Constant(child=_nodes((child,))[0], score=score, **_SPAN)


def words_from(first: int | None, last: int | None = None) -> NumberRange:
    return NumberRange(field="words", first=first, last=last, **_SPAN)


def _nodes(children: tuple[Node | str, ...]) -> tuple[Node, ...]:
    return tuple(word(child) if isinstance(child, str) else child for child in children)

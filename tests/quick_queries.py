"""Random query trees and options drawn fast, of the same nodes as those of `random_archives`."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from pinakes.search.options import By, Scope, SearchOptions, Sort
from pinakes.search.query import (
    And,
    Boost,
    Constant,
    DateRange,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Near,
    Node,
    Not,
    NumberRange,
    Or,
    Phrase,
    Quantity,
    Regex,
    Together,
    Wildcard,
    Within,
    Word,
)
from tests.quick_archives import MANY_WORDS, Shape, draw_word
from tests.random_tables import (
    ASKED,
    BETWEEN,
    DATE_RANGES,
    FACTORS,
    FILTER_VALUES,
    KNOWABLE,
    LENGTHS,
    MISSPELT,
    PATTERNS,
    QUANTITIES,
    VALUE_PATTERNS,
    WILDCARDS,
)

DrawLeaf: TypeAlias = Callable[[random.Random], Node]


def draw_question(luck: random.Random, shape: Shape) -> tuple[Node, SearchOptions]:
    """Return a query and its options, half of them such that bounds may find the first hits."""
    options = draw_options(luck)
    if luck.random() < 0.5:
        return _draw_flat(luck, partial(_draw_plain, shape=shape)), options
    leaf = partial(_draw_leaf, shape=shape)
    return draw_tree(luck, leaf, luck.choice((1, 1, 2, 2, 3, 4, 5, 7))), options


def draw_options(luck: random.Random) -> SearchOptions:
    scope, by = luck.choice(tuple(Scope)), luck.choice(tuple(By))
    if luck.random() < 0.5:
        by = By(scope.value)
    return SearchOptions(
        scope=scope,
        by=by,
        sort=luck.choice((Sort.SCORE, Sort.SCORE, Sort.SCORE, Sort.DATE, Sort.NEWEST)),
        limit=luck.choice((50, 50, 10, 3, 1, 0)),
        offset=luck.choice((0, 0, 0, 1, 4, 20)),
        totals=luck.random() < 0.8,
    )


def draw_tree(luck: random.Random, leaf: DrawLeaf, size: int) -> Node:
    """Return a tree of `size` leaves."""
    dice = luck.random()
    if dice < 0.1:
        return Not(child=draw_tree(luck, leaf, size), **_span(luck))
    if dice < 0.17:
        return _weigh(luck, draw_tree(luck, leaf, size))
    if size == 1:
        return leaf(luck)
    children = tuple(draw_tree(luck, leaf, part) for part in _divide(luck, size))
    return luck.choice((And, And, And, Or, Or))(children=children, **_span(luck))


def _divide(luck: random.Random, size: int) -> list[int]:
    """Divide `size` into two or three parts, none of them 0."""
    first = luck.randint(1, size - 1)
    rest = size - first
    if rest > 1 and luck.random() < 0.4:
        second = luck.randint(1, rest - 1)
        return [first, second, rest - second]
    return [first, rest]


def _draw_flat(luck: random.Random, leaf: DrawLeaf) -> Node:
    children = tuple(leaf(luck) for _ in range(luck.choice((1, 1, 2, 2, 3, 5))))
    if luck.random() < 0.2:
        boosted = Boost(child=children[0], factor=luck.choice(FACTORS), **_span(luck))
        children = (boosted, *children[1:])
    if len(children) == 1:
        return children[0]
    return luck.choice((And, Or, Or))(children=children, **_span(luck))


def _weigh(luck: random.Random, child: Node) -> Node:
    if luck.random() < 0.5:
        return Boost(child=child, factor=luck.choice(FACTORS), **_span(luck))
    return Constant(child=child, score=luck.choice(FACTORS), **_span(luck))


def _draw_leaf(luck: random.Random, shape: Shape) -> Node:
    dice = luck.random()
    if dice < 0.2:
        return _draw_filter(luck)
    if dice < 0.26:
        text = partial(_draw_text, shape=shape)
        child = draw_tree(luck, text, luck.randint(1, 3))
        return Within(field="title", child=child, **_span(luck))
    return _draw_text(luck, shape)


def _draw_text(luck: random.Random, shape: Shape) -> Node:
    # In bulky archives the reference, which tries every choice, takes too long over NEAR.
    if luck.random() < 0.18 and not shape.is_bulky:
        return _draw_near(luck, shape, depth=1)
    if luck.random() < 0.08:
        children = tuple(_draw_part(luck, shape, depth=0) for _ in range(luck.choice((2, 2, 3))))
        return Together(children=children, unit=luck.choice(("passage", "sentence")), **_span(luck))
    return _draw_plain(luck, shape)


def _draw_near(luck: random.Random, shape: Shape, depth: int) -> Node:
    children = tuple(_draw_part(luck, shape, depth) for _ in range(luck.choice((2, 2, 3))))
    return Near(
        children=children,
        words_between=luck.choice(BETWEEN),
        is_ordered=luck.random() < 0.5,
        **_span(luck),
    )


def _draw_part(luck: random.Random, shape: Shape, depth: int) -> Node:
    dice = luck.random()
    if dice < 0.12:
        plain = (draw_tag(luck),) if luck.random() < 0.2 else ()
        children = (*plain, *(_draw_plain(luck, shape) for _ in range(luck.choice((2, 3)))))
        return Or(children=children, **_span(luck))
    if dice < 0.24 and depth:
        return _draw_near(luck, shape, depth - 1)
    if dice < 0.44:
        return draw_tag(luck)
    return _draw_plain(luck, shape)


def draw_tag(luck: random.Random) -> Node:
    """Return a condition on tags."""
    dice = luck.random()
    if dice < 0.15:
        first_day, last_day = luck.choice(DATE_RANGES)
        return DateRange(field="mentions", first=first_day, last=last_day, **_span(luck))
    if dice < 0.3:
        return Quantity(**luck.choice(QUANTITIES), **_span(luck))
    values = VALUE_PATTERNS if dice < 0.65 else FILTER_VALUES
    value = luck.choice(values["tag"])
    return Filter(field="tag", value=value, is_pattern=dice < 0.65, **_span(luck))


def _draw_plain(luck: random.Random, shape: Shape) -> Node:
    dice = luck.random()
    if dice < 0.65:
        return Word(text=_draw_asked(luck, shape), **_span(luck))
    if dice < 0.84:
        words = [draw_word(luck, shape) for _ in range(luck.randint(1, 3))]
        return Phrase(text=" ".join(words), **_span(luck))
    if dice < 0.93:
        return Wildcard(text=luck.choice(WILDCARDS), **_span(luck))
    if dice < 0.965:
        return Fuzzy(text=luck.choice(MISSPELT), edits=luck.choice((1, 2)), **_span(luck))
    return Regex(text=luck.choice(PATTERNS), **_span(luck))


def _draw_asked(luck: random.Random, shape: Shape) -> str:
    if not shape.is_bulky:
        return luck.choice(ASKED)
    return luck.choice(MANY_WORDS) if luck.random() < 0.4 else draw_word(luck, shape)


def _draw_filter(luck: random.Random) -> Node:
    dice = luck.random()
    if dice < 0.1:
        return Everything(**_span(luck))
    if dice < 0.2:
        first, last = luck.choice(LENGTHS)
        return NumberRange(field="words", first=first, last=last, **_span(luck))
    if dice < 0.35:
        first_day, last_day = luck.choice(DATE_RANGES)
        return DateRange(field="published", first=first_day, last=last_day, **_span(luck))
    if dice < 0.45:
        return Has(field=luck.choice(KNOWABLE), **_span(luck))
    if dice < 0.6:
        return draw_tag(luck)
    if dice < 0.7:
        field = luck.choice(tuple(VALUE_PATTERNS))
        value = luck.choice(VALUE_PATTERNS[field])
        return Filter(field=field, value=value, is_pattern=True, **_span(luck))
    field = luck.choice(tuple(FILTER_VALUES))
    return Filter(field=field, value=luck.choice(FILTER_VALUES[field]), **_span(luck))


def _span(luck: random.Random) -> dict[str, Any]:
    return {"start": luck.randint(0, 9), "end": luck.randint(10, 19)}

"""Print a tree in the language it was read from."""

from __future__ import annotations

from pinakes.search.query.ast import (
    And,
    Boost,
    Constant,
    Fuzzy,
    Literal,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Regex,
    TextLeaf,
    Together,
    Wildcard,
    Within,
    Word,
)
from pinakes.search.query.conditions import (
    Among,
    DateRange,
    Everything,
    Filter,
    Has,
    NumberRange,
    Quantity,
    Saved,
)
from pinakes.search.query.fields import is_day
from pinakes.search.query.lexer import is_operator, is_plain_value, is_proximity
from pinakes.search.query.operators import split_score
from pinakes.search.query.quotes import quote

_COMPOSED = (And, Or, Near, Together)


def print_node(node: Node) -> str:
    """Return a query that parses to a tree equal to `node`, with every AND written.

    Raises:
        ValueError: A text holds every kind of quotation mark; no parsed tree does.

    """
    match node:
        case Or() | Near() if name := _print_name(node):
            return name
        case And() | Or():
            return f" {_joint(node)} ".join(map(_enclose, node.children))
        case Near() | Together():
            return f" {_joint(node)} ".join(map(_enclose_operand, node.children))
        case Not():
            return f"NOT {_enclose(node.child)}"
        case Within():
            return f"{node.field}:{_print_inside(node.child)}"
        case Boost():
            return f"{_print_scored(node.child)}^{_print_number(node.factor)}"
        case Constant():
            return f"{_print_scored(node.child)}^={_print_number(node.score)}"
        case Has():
            return f"has:{'date' if node.field == 'published' else node.field}"
        case Filter():
            return f"{node.field}:{_print_value(node)}"
        case DateRange():
            name = "date" if node.field == "published" else node.field
            return f"{name}:{_print_days(node)}"
        case Quantity():
            return f"number:{_print_quantity(node)}"
        case NumberRange():
            return f"{node.field}:{_print_numbers(node)}"
        case Everything() | Among():
            # No query writes a condition on certain articles, which restricts what it stands in.
            return "*"
        case Saved():
            is_plain = is_plain_value("saved", node.name) and not is_day(node.name)
            return f"saved:{node.name if is_plain else _quote(node.name)}"
        case _:
            return _print_leaf(node)


def _print_name(node: Or | Near) -> str:
    """Return what looks for a name however it is written, where a tree is just that."""
    first = node.children[0]
    # Only what looks for a name has a phrase beside patterns; else nothing need be loaded.
    while isinstance(first, Or):
        first = first.children[0]
    if not isinstance(first, Phrase):
        return ""
    from pinakes.search.query.name_variants import name_of

    name = name_of(node)
    return f"name:{name if is_plain_value('name', name) else _quote(name)}" if name else ""


def _print_leaf(node: TextLeaf) -> str:
    match node:
        case Phrase():
            return _quote(node.text)
        case Literal():
            return f"={_quote(node.text)}"
        case Fuzzy():
            return f"{node.text}~{node.edits}"
        case Regex():
            return f"/{node.text}/"
        case Word() | Wildcard():
            return node.text


def _joint(node: And | Or | Near | Together) -> str:
    if isinstance(node, Together):
        return "PARA" if node.unit == "passage" else "SENT"
    if isinstance(node, Near):
        return f"{'ADJ' if node.is_ordered else 'NEAR'}/{node.words_between}"
    return "AND" if isinstance(node, And) else "OR"


def _enclose(node: Node) -> str:
    text = print_node(node)
    is_name = isinstance(node, Or | Near) and _print_name(node)
    return f"({text})" if isinstance(node, _COMPOSED) and not is_name else text


def _enclose_operand(node: Node) -> str:
    text = _enclose(node)
    # A word that looks like an operator is none in parentheses.
    return f"({text})" if is_proximity(text) else text


def _print_scored(node: Node) -> str:
    text = print_node(node)
    # Of `12:30^2` and its like, a number at the end says nothing.
    can_follow = isinstance(node, Phrase | Literal) or split_score(f"{text}^2")[1] is not None
    # What looks like an operator has no score: `SENT^2` is a word.
    can_follow = can_follow and not is_operator(text)
    is_plain = isinstance(node, TextLeaf | Everything) and can_follow
    return text if is_plain else f"({text})"


def _print_inside(node: Node) -> str:
    text = print_node(node)
    # `title:::x` and `title://x` are words, not a field with its value.
    leaf = node.child if isinstance(node, Boost | Constant) else node
    is_plain = isinstance(leaf, TextLeaf) and not text.startswith((":", "//", "("))
    return text if is_plain else f"({text})"


def _print_days(node: DateRange) -> str:
    if node.first == node.last and node.first is not None:
        return node.first.isoformat()
    ends = ("" if day is None else day.isoformat() for day in (node.first, node.last))
    return "..".join(ends)


def _print_numbers(node: NumberRange) -> str:
    if node.first == node.last:
        return str(node.first)
    return "..".join("" if end is None else str(end) for end in (node.first, node.last))


def _print_quantity(node: Quantity) -> str:
    first, last = ("" if end is None else f"{end:f}" for end in (node.first, node.last))
    if node.excludes_end:
        text = f">{first}" if first else f"<{last}"
    else:
        text = first if node.first == node.last else f"{first}..{last}"
    return _quote(f"{text} {node.unit}") if node.unit else text


def _print_number(number: float) -> str:
    """Return a number without an exponent, which no factor has in the language."""
    from decimal import Decimal

    return f"{Decimal(str(number)).normalize():f}"


def _print_value(node: Filter) -> str:
    if node.is_pattern:
        # In parentheses a value may begin with any sign.
        is_plain = not node.value.startswith((":", "//", "="))
        return node.value if is_plain else f"({node.value})"
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

"""What stands between two operands to ask for them near one another: NEAR/5, ADJ, `w/5`, PARA."""

from __future__ import annotations

import re
from typing import NamedTuple

from pinakes.search.query import messages
from pinakes.search.query.ast import (
    MAX_UNORDERED,
    Boost,
    Constant,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Regex,
    Together,
    Wildcard,
    Word,
)
from pinakes.search.query.conditions import is_about_tags
from pinakes.search.query.diagnostics import Findings
from pinakes.search.query.lexer import Token
from pinakes.search.query.walk import children

DEFAULT_DISTANCE = 10
"""Of NEAR and ADJ without a number, in words between."""
MAX_DISTANCE = 1_000_000
"""More is read as this: no passage is as long."""

MAX_NESTING = 8
"""How many Near and Together may stand in one another."""

_BETWEEN_SPACES = re.compile(r"\S+")
_DISTANCE = re.compile(r"[0-9]+")
_LEAVES = (Word, Phrase, Wildcard, Fuzzy, Regex)


class Joint(NamedTuple):
    """What an operator of proximity asks for.

    Attributes:
        unit: `passage` for PARA, `sentence` for SENT; empty where words are counted.
        words_between: How many other words there may be.
        is_ordered: Whether the operands come in this order.
    """

    unit: str
    words_between: int = 0
    is_ordered: bool = False


def read_joint(text: str) -> Joint:
    """Return what `NEAR/5`, `w/5`, `/5`, `ADJ`, `SENT` or `PARA` asks for."""
    if text in ("PARA", "SENT"):
        return Joint("passage" if text == "PARA" else "sentence")
    found = _DISTANCE.search(text)
    return Joint("", read_distance(found[0] if found else ""), text.startswith("ADJ"))


def read_distance(digits: str) -> int:
    """Return a number of words; the usual one for no digits."""
    # A number of a thousand digits takes long to read, and means no more than one of seven.
    digits = digits.lstrip("0")[:8] if digits.strip("0") else digits[:1]
    return min(int(digits), MAX_DISTANCE) if digits else DEFAULT_DISTANCE


def join(
    operands: tuple[Node, Node], joint: Joint, token: Token, findings: Findings, *, is_chain: bool
) -> Node | None:
    """Return two operands near one another; None if they cannot be, which is noted.

    Args:
        operands: What stands before the operator, and after it.
        joint: The operator.
        token: Where it stands.
        findings: Where it is noted what is wrong.
        is_chain: Whether the first operand was itself put together by an operator of proximity,
            without parentheses: of the same one, both go into one node.
    """
    before, after = (_plain(operand, token, findings) for operand in operands)
    if isinstance(before, Not):
        # `-a NEAR/5 b` leaves out what stands near.
        joined = join((before.child, after), joint, token, findings, is_chain=is_chain)
        return None if joined is None else Not(child=joined, start=before.start, end=after.end)
    is_chain = is_chain and _is_same(before, joint)
    for operand in (after,) if is_chain else (before, after):
        if not _can_stand_near(operand):
            messages.refuse_operand(findings, token, (operand.start, operand.end))
            return None
    firsts = children(before) if is_chain else (before,)
    near = (*firsts, after)
    is_unordered = not joint.unit and not joint.is_ordered
    if is_unordered and len(near) > MAX_UNORDERED:
        messages.refuse_too_many(findings, token, MAX_UNORDERED)
        return None
    return _make(near, joint, (before.start, after.end))


def nesting(node: Node) -> int:
    """Return how many Near and Together stand in one another, at the most."""
    deepest = max(map(nesting, children(node)), default=0)
    return deepest + isinstance(node, Near | Together)


def spread(phrase: Phrase, inside: str, words_between: int, end: int) -> Node | None:
    """Return the words of `"a b"~5` near one another; None if there are too many of them.

    A phrase of one word stays what it is.

    Args:
        phrase: The phrase.
        inside: What stands between its quotes, as typed.
        words_between: How many other words there may be.
        end: One past the last code point of the whole.
    """
    begin = phrase.start + 1
    words = [
        Phrase(text=found[0], start=begin + found.start(), end=begin + found.end())
        for found in _BETWEEN_SPACES.finditer(inside)
        # Signs alone are no operand.
        if any(map(str.isalnum, found[0]))
    ]
    if len(words) < 2:
        return phrase
    if len(words) > MAX_UNORDERED:
        return None
    return Near(
        children=tuple(words),
        words_between=words_between,
        is_ordered=False,
        start=phrase.start,
        end=end,
    )


def _make(near: tuple[Node, ...], joint: Joint, span: tuple[int, int]) -> Near | Together:
    start, end = span
    if joint.unit:
        return Together(children=near, unit=joint.unit, start=start, end=end)
    return Near(
        children=near,
        words_between=joint.words_between,
        is_ordered=joint.is_ordered,
        start=start,
        end=end,
    )


def _is_same(node: Node, joint: Joint) -> bool:
    if isinstance(node, Near):
        asked = Joint("", node.words_between, node.is_ordered)
        return asked == joint
    return isinstance(node, Together) and node.unit == joint.unit


def _plain(node: Node, token: Token, findings: Findings) -> Node:
    """Return an operand without its boost, which says nothing there."""
    while isinstance(node, Boost | Constant):
        messages.note_lost_score(findings, token, (node.start, node.end))
        node = node.child
    return node


def _can_stand_near(node: Node) -> bool:
    if isinstance(node, Or):
        return all(_can_stand_near(child) for child in node.children)
    return isinstance(node, (*_LEAVES, Near)) or is_about_tags(node)

"""Read a query: any text whatever, without recursion, in time linear in its length."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from pinakes.search.query import messages, operators, proximity
from pinakes.search.query.ast import (
    MAX_UNORDERED,
    And,
    Node,
    Not,
    Or,
    Phrase,
    Within,
    Word,
)
from pinakes.search.query.conditions import Has
from pinakes.search.query.diagnostics import Findings
from pinakes.search.query.fields import FIELDS, ZONES, read_unknown_field
from pinakes.search.query.groups import Group
from pinakes.search.query.leaves import LeafReader
from pinakes.search.query.lexer import Lexer, Token, TokenKind
from pinakes.search.query.query import Query
from pinakes.search.query.token_texts import is_searchable

# Parentheses and negations in one another. A tree is at most twice as deep (an OR of ANDs a
# parenthesis), so that those who walk it may use recursion.
MAX_DEPTH = 100

_VALUES = frozenset({TokenKind.VALUE, TokenKind.PHRASE, TokenKind.LITERAL, TokenKind.OPEN})
_OPERANDS = _VALUES | {TokenKind.WORD, TokenKind.FIELD, TokenKind.MINUS, TokenKind.NOT}
_LOWER_CASE = re.compile(r"and|or|not|(?:near|adj)/[0-9]+")


def parse(
    text: str,
    *,
    strict: bool = False,
    today: date | None = None,
    types: Collection[str] = (),
) -> Query:
    """Read any text as a query; what is wrong with it is among the diagnostics.

    Args:
        text: What was typed.
        strict: Make errors of warnings.
        today: The day that relative dates count back from; by default, today here.
        types: The types of an archive's tags, lower case: each is a field, unless it has the name
            of another one.

    """
    findings = Findings(is_strict=strict)
    types = frozenset(types) - FIELDS
    tokens = list(Lexer(text, findings, types).read())
    leaves = LeafReader(text, findings, today or date.today(), types)  # noqa: DTZ011 - the asker's day
    root = _Parser(tokens, leaves, findings).read()
    if root is None and not findings.is_fatal:
        messages.note_empty_query(findings, len(text))
    if root is not None and _is_negative(root):
        messages.note_only_negations(findings, (root.start, root.end))
    return Query(
        text=text,
        root=None if findings.is_fatal else root,
        diagnostics=findings.sort(),
    )


class _Parser:
    """One pass over the tokens of a query, with a stack of open parentheses."""

    def __init__(self, tokens: list[Token], leaves: LeafReader, findings: Findings) -> None:
        self._tokens = tokens
        self._leaves = leaves
        self._findings = findings
        self._at = 0
        self._groups = [Group(findings=findings)]

    def read(self) -> Node | None:
        """Return the tree; None if nothing is left to look for, or it is too deep."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            self._read_token(token)
            if self._depth > MAX_DEPTH:
                messages.note_too_deep(self._findings, token, MAX_DEPTH)
                return None
        while len(self._groups) > 1:
            messages.note_open_parenthesis(self._findings, self._groups[-1].opened)
            self._close(self._tokens[-1].end)
        return self._groups[0].finish()

    @property
    def _group(self) -> Group:
        return self._groups[-1]

    @property
    def _depth(self) -> int:
        return self._group.depth + len(self._group.negations)

    def _read_token(self, token: Token) -> None:
        match token.kind:
            case TokenKind.AND | TokenKind.OR:
                self._group.combine(token)
            case TokenKind.NOT | TokenKind.MINUS:
                self._group.negations.append(token)
            case TokenKind.OPEN:
                self._open(token, field=self._group.field)
            case TokenKind.CLOSE:
                self._read_close(token)
            case TokenKind.LONE_HYPHEN:
                messages.note_lone_hyphen(self._findings, token)
            case TokenKind.SUFFIX:
                messages.note_lone_operator(self._findings, token)
            case TokenKind.FIELD:
                self._read_field(token)
            case _ if self._group.field in ZONES or not self._group.field:
                self._read_text(token)
            case _:
                self._add_filter(self._group.field, token, token.start)

    def _read_text(self, token: Token) -> None:
        following = self._peek()
        if token.kind is TokenKind.PROXIMITY and self._stands_between(following):
            self._group.bring_near(token)
            return
        if token.kind is TokenKind.PROXIMITY and token.text.startswith(("NEAR/", "ADJ/")):
            messages.note_lone_operator(self._findings, token)
            return
        if token.kind is TokenKind.WORD and self._is_label(token, following):
            self._read_label(token)
            return
        if token.kind is TokenKind.WORD and _LOWER_CASE.fullmatch(token.text):
            is_before_operand = following is not None and following.kind in _OPERANDS
            if is_before_operand and (self._group.is_complete or token.text == "not"):
                messages.note_lower_case(self._findings, token)
        node = self._leaves.read_text(token, zone=self._group.zone)
        node, end = self._read_suffix(node, (token.start, token.end))
        self._group.add(node, token.start, end)

    def _stands_between(self, following: Token | None) -> bool:
        """Tell whether NEAR, `w/5` and their like stand between two operands.

        Elsewhere they are words, unless nobody would write them as such (`NEAR/5`).
        """
        return self._group.is_complete and following is not None and following.kind in _OPERANDS

    def _is_label(self, token: Token, following: Token | None) -> bool:
        """Tell whether a quote or parenthesis directly follows `word:`, which is no field.

        Without a letter or digit it is nothing to look for, and left out.
        """
        if following is None or following.start != token.end or not token.text.endswith(":"):
            return False
        is_value = following.kind in (TokenKind.PHRASE, TokenKind.OPEN)
        name = read_unknown_field(token.text)
        return is_value and bool(name) and name == token.text[:-1] and is_searchable(name)

    def _read_suffix(self, node: Node | None, span: tuple[int, int]) -> tuple[Node | None, int]:
        """Return what the `~5`, `^2` or `~5^2` right behind `span` makes of a node, and its end."""
        start, end = span
        token = self._peek()
        if token is None or token.kind is not TokenKind.SUFFIX or token.start != end:
            return node, end
        self._at += 1
        distance, caret, number = token.text.partition("^")
        if distance and node is not None:
            node = self._spread(node, distance, token)
        if caret and not operators.is_score(number):
            messages.note_lone_operator(self._findings, token)
        elif caret:
            node = self._leaves.score(node, operators.read_score(number), (start, token.end))
        return node, token.end

    def _spread(self, node: Node, distance: str, token: Token) -> Node | None:
        """Return a phrase with `~5` behind it as its words near one another."""
        if not isinstance(node, Phrase):
            messages.refuse_group_distance(self._findings, token)
            return None
        inside = self._leaves.between_quotes(node)
        words_between = proximity.read_distance(distance[1:])
        spread = proximity.spread(node, inside, words_between, token.end)
        if spread is None:
            messages.refuse_too_many(self._findings, token, MAX_UNORDERED)
        return spread

    def _read_label(self, token: Token) -> None:
        following = self._tokens[self._at]
        self._at += 1
        messages.note_unknown_field(
            self._findings, token.text[:-1], token.start, self._leaves.types
        )
        if following.kind is TokenKind.PHRASE:
            phrase = self._leaves.read_labelled(token, following)
            node, end = self._read_suffix(phrase, (phrase.start, phrase.end))
            self._group.add(node, phrase.start, end)
            return
        self._open(following, field=self._group.field)
        self._group.start = token.start
        self._group.label = Word(text=token.text, start=token.start, end=token.end)

    def _read_field(self, token: Token) -> None:
        value = self._peek()
        if value is None or value.start != token.end or value.kind not in _VALUES:
            self._leaves.note_empty_field(token, value)
            self._group.add(None, token.start, token.end)
            return
        self._at += 1
        if self._group.zone:
            messages.refuse_nested(self._findings, token, self._group.zone)
        if value.kind is TokenKind.OPEN:
            self._open(value, field=token.text)
            self._group.start = token.start
        elif token.text in ZONES and value.text == "*":
            self._group.add(
                Has(field=token.text, start=token.start, end=value.end), token.start, value.end
            )
        elif token.text in ZONES:
            child = self._leaves.read_text(value, zone=token.text)
            child, end = self._read_suffix(child, (value.start, value.end))
            node = _place(token.text, child, (token.start, end))
            self._group.add(node, token.start, end)
        else:
            self._add_filter(token.text, value, token.start)

    def _add_filter(self, field: str, token: Token, start: int) -> None:
        node = self._leaves.read_filter(field, token, start)
        suffix = self._peek()
        end = token.end
        if suffix and suffix.kind is TokenKind.SUFFIX and suffix.start == end:
            self._at += 1
            messages.note_lost_filter_score(self._findings, suffix)
            end = suffix.end
        self._group.add(node, start, end)

    def _open(self, token: Token, *, field: str) -> None:
        group = Group(findings=self._findings, start=token.start, opened=token.start)
        group.field = field
        group.zone = field if field in ZONES else self._group.zone
        group.depth = self._depth + 1
        self._groups.append(group)

    def _read_close(self, token: Token) -> None:
        if len(self._groups) == 1:
            messages.note_stray_parenthesis(self._findings, token)
            return
        if self._tokens[self._at - 2].kind is TokenKind.OPEN:
            messages.note_nothing_between(self._findings, (self._group.opened, token.end))
        self._close(token.end)

    def _close(self, end: int) -> None:
        group = self._groups.pop()
        node = group.finish()
        if group.zone and not self._group.zone:
            node = _place(group.zone, node, (group.start, end))
        node, end = self._read_suffix(node, (group.start, end))
        self._group.add(node, group.start, end)

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None


def _place(zone: str, child: Node | None, span: tuple[int, int]) -> Node | None:
    """Return `child`, looked for in `zone` only."""
    if child is None:
        return None
    return Within(field=zone, child=child, start=span[0], end=span[1])


def _is_negative(node: Node) -> bool:
    if isinstance(node, And | Or):
        return all(_is_negative(child) for child in node.children)
    return isinstance(node, Not) and not _is_negative(node.child)

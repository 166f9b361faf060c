"""Operands between two parentheses, put together by AND, OR and NOT."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import NamedTuple

from pinakes.search.query import messages, proximity
from pinakes.search.query.ast import (
    MAX_JOINED,
    And,
    Node,
    Not,
    Or,
    Word,
)
from pinakes.search.query.diagnostics import Code, Findings
from pinakes.search.query.lexer import Token, TokenKind


class _Operand(NamedTuple):
    """A node and the code points it covers, its parentheses included.

    `joints` are the operators of proximity, without parentheses, that put it together.
    """

    node: Node
    start: int
    end: int
    joints: int = 0


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Group:
    """What has been read of a pair of parentheses, or of the whole query.

    Attributes:
        findings: Where an operator that lacks an operand is noted.
        start: The first code point, that of its field if it has one.
        opened: Its opening parenthesis.
        field: The field whose values it holds; empty for text.
        zone: The zone that its text is looked for in; empty for all.
        label: The word before it that looks like a field but is none.
        depth: How many parentheses and negations stand around it.
        negations: `-` and NOT that wait for their operand.
    """

    findings: Findings
    start: int = 0
    opened: int = 0
    field: str = ""
    zone: str = ""
    label: Word | None = None
    depth: int = 0
    negations: list[Token] = attribute(default_factory=list)
    _alternatives: list[_Operand] = attribute(default_factory=list)
    _operands: list[_Operand] = attribute(default_factory=list)
    _operator: Token | None = None
    _joint: Token | None = None
    _is_empty: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether it could end here: something was read, and no operator waits."""
        return not (self._is_empty or self.negations or self._operator or self._joint)

    def add(self, node: Node | None, start: int, end: int) -> None:
        """Take an operand; None stands for one that cannot be looked for and was reported."""
        negations, self.negations = self.negations, []
        joint, self._joint = self._joint, None
        self._operator = None
        self._is_empty = False
        if node is None:
            # What is left out leaves its neighbours next to one another.
            self._joint = joint
            return
        if joint is not None and self._operands:
            self._join_near(joint, _Operand(node, start, end), negations)
            return
        for negation in reversed(negations):
            start = negation.start
            node = Not(child=node, start=start, end=end)
        self._operands.append(_Operand(node, start, end))

    def bring_near(self, joint: Token) -> None:
        """Take a NEAR, ADJ, SENT or PARA, which stands between two operands."""
        self._joint = joint

    def _join_near(self, joint: Token, after: _Operand, negations: list[Token]) -> None:
        before = self._operands.pop()
        if negations:
            messages.refuse_operand(self.findings, joint, (negations[0].start, after.end))
            return
        if before.joints == MAX_JOINED:
            messages.refuse_too_many(self.findings, joint, MAX_JOINED)
            return
        joined = proximity.join(
            (before.node, after.node),
            proximity.read_joint(joint.text),
            joint,
            self.findings,
            is_chain=before.joints > 0,
        )
        if joined is not None and proximity.nesting(joined) > proximity.MAX_NESTING:
            messages.note_too_deep(self.findings, joint, proximity.MAX_NESTING)
        elif joined is not None:
            joints = before.joints + 1
            self._operands.append(_Operand(joined, before.start, after.end, joints))

    def combine(self, operator: Token) -> None:
        """Take an AND or OR."""
        self._drop_joint()
        self._drop_negations()
        if self._operator or self._is_empty:
            self._note_empty(self._operator or operator)
        if operator.kind is TokenKind.OR:
            self._finish_alternative()
        # With nothing before it, it has been noted and waits for nothing.
        self._operator = None if self._is_empty else operator

    def finish(self) -> Node | None:
        """Return the tree of it all; None if nothing can be looked for."""
        self._drop_joint()
        self._drop_negations()
        if self._operator:
            self._note_empty(self._operator)
        self._finish_alternative()
        joined = _join(Or, self._alternatives)
        if self.label is None:
            return joined.node if joined else None
        label = _Operand(self.label, self.label.start, self.label.end)
        labelled = _join(And, [label, joined] if joined else [label])
        return labelled.node if labelled else None

    def _finish_alternative(self) -> None:
        joined = _join(And, self._operands)
        self._operands = []
        if joined:
            self._alternatives.append(joined)

    def _drop_joint(self) -> None:
        if self._joint:
            self._note_empty(self._joint)
            self._joint = None

    def _drop_negations(self) -> None:
        if self.negations:
            self._note_empty(self.negations[-1])
            self.negations = []

    def _note_empty(self, operator: Token) -> None:
        message = f"`{operator.text}` has nothing to go with: ignored."
        self.findings.add(Code.EMPTY_CLAUSE, message, (operator.start, operator.end))


def _join(node: type[And | Or], operands: list[_Operand]) -> _Operand | None:
    """Return the only operand as it is, several under one node, none as None."""
    if len(operands) < 2:
        return operands[0] if operands else None
    start, end = operands[0].start, operands[-1].end
    children = tuple(operand.node for operand in operands)
    return _Operand(node(children=children, start=start, end=end), start, end)

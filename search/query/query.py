"""A query as it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pinakes.search.query.ast import Node
from pinakes.search.query.diagnostics import Diagnostic, Severity
from pinakes.search.query.printer import print_node

SYNTAX = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as it was understood.

    Attributes:
        text: As it was typed.
        root: None if and only if there is an error among the diagnostics: nothing is evaluated
            that may mean something else than was asked.
        diagnostics: In order of their place in `text`.
        syntax: Version of the language it was read in.
        is_widened: Whether it looks for words that do not stand in `text`.
        saved: The trees that `expand` put in the places of saved searches, by their names.
    """

    text: str
    root: Node | None
    diagnostics: tuple[Diagnostic, ...] = ()
    syntax: int = SYNTAX
    is_widened: bool = field(default=False, compare=False)
    saved: Mapping[str, Node] = field(default_factory=dict, compare=False)

    @property
    def interpreted(self) -> str:
        """What was understood, in the same language; parsing it gives an equal `root`.

        Relative dates are printed as days. Empty if there is no `root`.
        """
        return "" if self.root is None else print_node(self.root)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop the answer."""
        return self._of(Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The findings that the reader of the answer should see."""
        return self._of(Severity.WARNING)

    def _of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        return tuple(found for found in self.diagnostics if found.severity is severity)

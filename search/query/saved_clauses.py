"""What `saved:name` stands for: the tree of the saved search of that name, in its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pinakes.search.query import messages
from pinakes.search.query.ast import (
    And,
    Boost,
    Constant,
    Near,
    Node,
    Not,
    Or,
    Together,
    Within,
)
from pinakes.search.query.conditions import Saved
from pinakes.search.query.diagnostics import Code, Findings, Severity
from pinakes.search.query.parser import MAX_DEPTH, parse
from pinakes.search.query.query import SYNTAX, Query
from pinakes.search.query.walk import children, holds_saved, walk

if TYPE_CHECKING:
    from pinakes.corpus import SavedSearch

MAX_NODES = 10_000
"""Nodes of a saved search at the most, with those of all that it names."""
MAX_NESTED = 50
"""Saved searches in one another at the most."""
# As deep as a query without saved searches can be: those who walk a tree may use recursion.
_MAX_TREE_DEPTH = 2 * MAX_DEPTH


def expand(
    query: Query,
    searches: Iterable[SavedSearch],
    *,
    strict: bool = False,
    types: Collection[str] = (),
) -> Query:
    """Return a query with each saved search in the place of its clause, as if in parentheses.

    All nodes of it stand, as to `start` and `end`, where the clause does. What is found in a saved
    search is found at its clause; one that is not there, or asks for itself, is an error.

    Args:
        query: What `parse` returned.
        searches: Those of the archive; looked at only if the query asks for one.
        strict: Make errors of warnings.
        types: Of the archive's tags, each of which is a field.
    """
    if query.root is None or not holds_saved(query.root):
        return query
    reader = _Reader({search.name: search for search in searches}, strict, types)
    findings = Findings(is_strict=strict)
    for clause in walk(query.root):
        if isinstance(clause, Saved):
            for problem in reader.read(clause.name).problems:
                suggestion = "" if problem.inside else problem.suggestion
                span = (clause.start, clause.end)
                findings.add(problem.code, problem.message, span, suggestion)
    trees = reader.trees
    root = None if findings.is_fatal else substitute(query.root, trees)
    told = sorted((*query.diagnostics, *findings.sort()), key=lambda each: (each.start, each.end))
    return replace(query, root=root, diagnostics=tuple(told), saved=trees)


def substitute(node: Node, trees: Mapping[str, Node]) -> Node:
    """Return a tree with those of saved searches, by their names, in place of their clauses."""
    if isinstance(node, Saved):
        tree = trees.get(node.name)
        return node if tree is None else _placed(tree, node.start, node.end)
    below = children(node)
    put = tuple(substitute(child, trees) for child in below)
    return node if all(map(_is_same, below, put)) else _with_children(node, put)


def _is_same(one: Node, other: Node) -> bool:
    return one is other


def _with_children(node: Node, below: tuple[Node, ...]) -> Node:
    if isinstance(node, Not | Within | Boost | Constant):
        return node._replace(child=below[0])
    if isinstance(node, And | Or | Near | Together):
        return node._replace(children=below)
    return node


def _placed(node: Node, start: int, end: int) -> Node:
    """Return a tree all of which stands at one place of the query's text."""
    below = tuple(_placed(child, start, end) for child in children(node))
    return _with_children(node, below)._replace(start=start, end=end)


@dataclass(frozen=True, slots=True)
class _Problem:
    """A finding about a saved search; `inside` another one, or in its text."""

    code: Code
    message: str
    suggestion: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a saved search stands for, if it can be told, and what is wrong with it."""

    tree: Node | None
    problems: tuple[_Problem, ...] = ()


@dataclass(slots=True)
class _Reader:
    """Reads saved searches, each once."""

    searches: Mapping[str, SavedSearch]
    is_strict: bool
    types: Collection[str]
    known: dict[str, _Meant] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)

    @property
    def trees(self) -> dict[str, Node]:
        """What those that were read stand for, by their names."""
        return {name: meant.tree for name, meant in self.known.items() if meant.tree is not None}

    def read(self, name: str) -> _Meant:
        """Return what the saved search `name` stands for."""
        if name in self.known:
            return self.known[name]
        if name in self.opened:
            way = [*self.opened[self.opened.index(name) :], name]
            return _Meant(None, (_Problem(Code.SAVED_CYCLE, messages.tell_cycle(way)),))
        if len(self.opened) == MAX_NESTED:
            message = messages.tell_nested_saved(MAX_NESTED)
            return _Meant(None, (_Problem(Code.TOO_DEEP, message),))
        search = self.searches.get(name)
        self.opened.append(name)
        meant = self._read_search(search) if search else self._miss(name)
        self.opened.pop()
        self.known[name] = meant
        return meant

    def _miss(self, name: str) -> _Meant:
        message, suggestion = messages.tell_unknown_saved(name, self.searches)
        return _Meant(None, (_Problem(Code.UNKNOWN_SAVED, message, suggestion),))

    def _read_search(self, search: SavedSearch) -> _Meant:
        if search.syntax > SYNTAX:
            message = messages.tell_newer_saved(search.name, search.syntax, SYNTAX)
            return _Meant(None, (_Problem(Code.UNKNOWN_SAVED, message),))
        query = parse(search.query, strict=self.is_strict, types=self.types)
        problems = [
            _Problem(found.code, messages.tell_inside(search.name, found.message), "", True)
            for found in query.diagnostics
            if found.severity is not Severity.INFO
        ]
        named = dict.fromkeys(
            node.name
            for node in (walk(query.root) if query.root else ())
            if isinstance(node, Saved)
        )
        for name in named:
            problems += [replace(each, inside=True) for each in self.read(name).problems]
        tree = None
        if query.root is not None and all(name in self.trees for name in named):
            tree = substitute(query.root, self.trees)
            if _is_too_large(tree):
                message = messages.tell_too_large_saved(search.name, MAX_NODES)
                return _Meant(None, (_Problem(Code.TOO_DEEP, message),))
        return _Meant(tree, tuple(dict.fromkeys(problems)))


def _is_too_large(node: Node) -> bool:
    waiting, count = [(node, 1)], 0
    while waiting:
        current, depth = waiting.pop()
        count += 1
        if count > MAX_NODES or depth > _MAX_TREE_DEPTH:
            return True
        waiting.extend((child, depth + 1) for child in children(current))
    return False

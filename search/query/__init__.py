"""Queries: text in; a tree whose nodes know their place, and findings about it, out.

`parse` accepts any text whatever. `docs/query-language.md` has the language.
"""

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
    children,
    walk,
)
from pinakes.search.query.diagnostics import Code, Diagnostic, QueryError, Severity
from pinakes.search.query.parser import parse
from pinakes.search.query.printer import print_node
from pinakes.search.query.query import Query

__all__ = [
    "And",
    "Code",
    "DateRange",
    "Diagnostic",
    "Everything",
    "Filter",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Query",
    "QueryError",
    "Severity",
    "Within",
    "Word",
    "children",
    "parse",
    "print_node",
    "walk",
]

"""Queries: text in; a tree whose nodes know their place, and findings about it, out.

`parse` accepts any text whatever. `docs/query-language.md` has the language.
"""

from pinakes.search.query.ast import (
    MAX_UNORDERED,
    And,
    Boost,
    Constant,
    DateRange,
    Everything,
    Filter,
    Fuzzy,
    Near,
    Node,
    Not,
    NumberRange,
    Or,
    Phrase,
    Regex,
    TextLeaf,
    Wildcard,
    Within,
    Word,
    children,
    walk,
)
from pinakes.search.query.diagnostics import Code, Diagnostic, QueryError, Severity
from pinakes.search.query.parser import parse
from pinakes.search.query.printer import print_node
from pinakes.search.query.query import Query
from pinakes.search.query.regex import PatternError, read_regex

__all__ = [
    "MAX_UNORDERED",
    "And",
    "Boost",
    "Code",
    "Constant",
    "DateRange",
    "Diagnostic",
    "Everything",
    "Filter",
    "Fuzzy",
    "Near",
    "Node",
    "Not",
    "NumberRange",
    "Or",
    "PatternError",
    "Phrase",
    "Query",
    "QueryError",
    "Regex",
    "Severity",
    "TextLeaf",
    "Wildcard",
    "Within",
    "Word",
    "children",
    "parse",
    "print_node",
    "read_regex",
    "walk",
]

"""Queries: text in; a tree whose nodes know their place, and findings about it, out.

`parse` accepts any text whatever. `docs/query-language.md` has the language.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pinakes.search.query.ast import (
    MAX_UNORDERED,
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
    DateRange,
    Everything,
    Filter,
    Has,
    NumberRange,
    Quantity,
    Saved,
    TagCondition,
    is_about_copies,
    is_about_tags,
)
from pinakes.search.query.diagnostics import Code, Diagnostic, QueryError, Severity
from pinakes.search.query.parser import parse
from pinakes.search.query.printer import print_node
from pinakes.search.query.query import Query
from pinakes.search.query.walk import children, holds_saved, walk

if TYPE_CHECKING:
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
    "Has",
    "Literal",
    "Near",
    "Node",
    "Not",
    "NumberRange",
    "Or",
    "PatternError",
    "Phrase",
    "Quantity",
    "Query",
    "QueryError",
    "Regex",
    "Saved",
    "Severity",
    "TagCondition",
    "TextLeaf",
    "Together",
    "Wildcard",
    "Within",
    "Word",
    "children",
    "holds_saved",
    "is_about_copies",
    "is_about_tags",
    "parse",
    "print_node",
    "read_regex",
    "walk",
]

# Few queries hold a regular expression.
_HOMES = {"PatternError": "regex", "read_regex": "regex"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

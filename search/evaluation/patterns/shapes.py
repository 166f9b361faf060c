"""What the patterns of a query look like, word by word."""

from __future__ import annotations

from pinakes.indexer import words
from pinakes.search.evaluation.patterns.expansion import Shape
from pinakes.search.evaluation.patterns.pattern_folding import fold_pattern
from pinakes.search.evaluation.patterns.wildcards import wildcard_shapes
from pinakes.search.query import Fuzzy, Regex, Wildcard, read_regex
from pinakes.search.query.regex import ANY_LETTER, ANY_LETTERS, Row


def read_shapes(node: Wildcard | Fuzzy | Regex) -> list[Shape]:
    """Return the shape of each word that a pattern stands for; several stand for their phrase.

    Raises:
        PatternError: A regular expression is none; those of parsed queries are.
    """
    match node:
        case Regex():
            return [fold_pattern(read_regex(node.text))]
        case Wildcard():
            return list(wildcard_shapes(node.text))
        case Fuzzy():
            return [(folded, node.edits) for _, _, folded in words(node.text)]


def fits_every_word(shape: Shape) -> bool:
    """Whether a pattern that stands for a word is any letters, or any with one at least."""
    return (
        isinstance(shape, Row)
        and ANY_LETTERS in shape.parts
        and set(shape.parts) <= {ANY_LETTER, ANY_LETTERS}
        and shape.parts.count(ANY_LETTER) <= 1
    )

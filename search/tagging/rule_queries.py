"""Queries as rules: whether a passage satisfies one by itself, told from its text.

What an index is needed for, and what says something of the whole article, is no part of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pinakes.corpus import PassageText
from pinakes.indexer import stem, words
from pinakes.search.evaluation.clauses import TargetReader
from pinakes.search.evaluation.patterns.expansion import Misspelling
from pinakes.search.evaluation.texts.occurrences import ReadText, find_occurrences
from pinakes.search.evaluation.texts.targets import AnyWord
from pinakes.search.query import (
    And,
    Boost,
    Constant,
    Everything,
    Filter,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    TextLeaf,
    Together,
    Within,
    Word,
    children,
    parse,
    walk,
)
from pinakes.search.query.regex import Pattern
from pinakes.search.tagging.passage_words import PassageWords
from pinakes.search.tagging.text_automaton import TextAutomaton

_FIELDS = ("kind", "lang", "section")


class RuleQueryError(ValueError):
    """A query cannot be a rule; the message says why."""


def read_rule_query(text: str) -> Node:
    """Return the tree of a query that a passage can satisfy by itself.

    Raises:
        RuleQueryError: It cannot be answered, or asks for more than the text of a passage.
    """
    understood = parse(text)
    if understood.root is None:
        raise RuleQueryError("; ".join(found.message for found in understood.errors))
    for node in walk(understood.root):
        if isinstance(node, Fuzzy):
            raise RuleQueryError("word~ needs the words of an archive; write them out, or use *")
        if not _is_told_by_text(node):
            part = text[node.start : node.end]
            raise RuleQueryError(
                f"{part}: no part of a rule; of fields there are title:, kind:, lang:, section:"
            )
    return understood.root


def _is_told_by_text(node: Node) -> bool:
    if isinstance(node, Filter):
        return node.field in _FIELDS and not node.is_pattern
    joins = And | Or | Not | Boost | Constant | Within | Near | Together
    return isinstance(node, TextLeaf | joins | Everything)


def _needed_words(node: Node) -> Iterator[str]:
    """Yield folded words without whose stems nothing satisfies a tree."""
    match node:
        case And() | Near() | Together():
            for child in node.children:
                yield from _needed_words(child)
        case Boost() | Constant() | Within():
            yield from _needed_words(node.child)
        case Word():
            parts = words(node.text)
            if len(parts) == 1:
                yield parts[0][2]


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """The words of a passage, as what a pattern may stand for."""

    words: tuple[str, ...]
    automata: dict[Pattern, TextAutomaton]

    def expand(self, shape: Pattern | Misspelling) -> tuple[AnyWord, int]:
        if isinstance(shape, tuple):
            raise TypeError("a misspelling is no part of a rule")
        if shape not in self.automata:
            self.automata[shape] = TextAutomaton(shape)
        automaton = self.automata[shape]
        fitting = [
            word for word in self.words if next(automaton.find(word), None) == (0, len(word))
        ]
        return AnyWord(tuple(fitting)), len(fitting)


class RuleQuery:
    """A query that passages are compared with."""

    def __init__(self, text: str) -> None:
        """Read a query; raises `RuleQueryError` as `read_rule_query`."""
        self.text = text
        self._root = read_rule_query(text)
        self._needed = list(_needed_words(self._root))
        self._automata: dict[Pattern, TextAutomaton] = {}

    def find(self, passage: PassageText, read: PassageWords) -> tuple[int, int] | None:
        """Return from where to where stands what satisfies it; None if nothing does.

        Where it is satisfied without any word, that is all of the passage.
        """
        text = read.text
        if any(stem(word, text.language) not in read.stems for word in self._needed):
            return None
        dictionary = _Dictionary(tuple(sorted(read.words)), self._automata)
        reader = TargetReader(languages=(text.language,), lexicon=dictionary)
        spans = _evaluate(self._root, passage, text, reader)
        if spans is None:
            return None
        if not spans:
            return 0, len(passage.text)
        return min(start for start, _ in spans), max(end for _, end in spans)


Spans = list[tuple[int, int]]


def _evaluate(
    node: Node, passage: PassageText, text: ReadText, reader: TargetReader
) -> Spans | None:
    """Return where in a passage stands what satisfies a tree; None if nothing does."""
    match node:
        case Everything():
            return []
        case Filter():
            return [] if _holds(node, passage) else None
        case Not():
            return [] if _evaluate(node.child, passage, text, reader) is None else None
        case Boost() | Constant():
            return _evaluate(node.child, passage, text, reader)
        case Within():
            is_title = passage.kind == "title"
            return _evaluate(node.child, passage, text, reader) if is_title else None
        case And() | Or():
            parts = [_evaluate(child, passage, text, reader) for child in children(node)]
            found = [part for part in parts if part is not None]
            wanted = len(parts) if isinstance(node, And) else 1
            return [span for part in found for span in part] if len(found) >= wanted else None
    target = reader.read(node)
    if target is None:
        return None
    spans: Spans = []
    for one in find_occurrences(target, text):
        spans += map(text.span_of, one.marked)
        spans += one.characters
    return spans or None


def _holds(node: Filter, passage: PassageText) -> bool:
    if node.field == "kind":
        return passage.kind == node.value
    if node.field == "lang":
        return passage.language == node.value
    wanted = set(ReadText(node.value, "").words)
    return wanted <= set(ReadText(" ".join(passage.section), "").words)

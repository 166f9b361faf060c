"""Queries as rules: whether a passage satisfies one by itself, told from its text.

What an index is needed for, and what says something of the whole article, is no part of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pinakes.corpus import PassageText
from pinakes.indexer import words
from pinakes.search.evaluation.clauses import TargetReader
from pinakes.search.evaluation.patterns.expansion import Misspelling, Shape
from pinakes.search.evaluation.patterns.shapes import read_shapes
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
    Phrase,
    Regex,
    TextLeaf,
    Together,
    Wildcard,
    Within,
    Word,
    children,
    parse,
    walk,
)
from pinakes.search.query.regex import Pattern
from pinakes.search.tagging.needs import (
    AllOf,
    AnyOf,
    Anything,
    HasFitting,
    HasStem,
    HasWords,
    Need,
)
from pinakes.search.tagging.passage_words import PassageWords
from pinakes.search.tagging.rule_spans import compile_leaf, span_of_runs
from pinakes.search.tagging.rule_words import KnownWords
from pinakes.search.tagging.text_automaton import TextAutomaton

# Words that are remembered, a pattern.
_MOST_COMPARED = 1 << 16
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


class _Fitting(dict[str, bool]):
    """Whether words fit a pattern, each compared with it once."""

    def __init__(self, shape: Pattern) -> None:
        self._automaton = TextAutomaton(shape)

    def __missing__(self, word: str) -> bool:
        if len(self) >= _MOST_COMPARED:
            self.clear()
        self[word] = next(self._automaton.find(word), None) == (0, len(word))
        return self[word]


class _Patterns(dict[Pattern, _Fitting]):
    """The patterns of a query, with what is known of words."""

    def __missing__(self, shape: Pattern) -> _Fitting:
        self[shape] = _Fitting(shape)
        return self[shape]


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """The words of a passage, as what a pattern may stand for."""

    words: tuple[str, ...]
    patterns: _Patterns

    def expand(self, shape: Pattern | Misspelling) -> tuple[AnyWord, int]:
        if isinstance(shape, tuple):
            raise TypeError("a misspelling is no part of a rule")
        fits = self.patterns[shape]
        fitting = [word for word in self.words if fits[word]]
        return AnyWord(tuple(fitting)), len(fitting)


def _need_of(node: Node, patterns: _Patterns) -> Need:
    """Return what a text must have to satisfy a tree; `Anything` if words tell nothing."""
    match node:
        case Or():
            needs = tuple(_need_of(child, patterns) for child in children(node))
            return Anything() if any(isinstance(need, Anything) for need in needs) else AnyOf(needs)
        case And() | Near() | Together():
            needs = tuple(_need_of(child, patterns) for child in children(node))
            told = tuple(need for need in needs if not isinstance(need, Anything))
            return AllOf(told) if told else Anything()
        case Boost() | Constant() | Within():
            return _need_of(node.child, patterns)
        case Word() | Phrase():
            parts = [folded for _, _, folded in words(node.text)]
            if isinstance(node, Word) and len(parts) == 1:
                return HasStem(parts[0])
            return HasWords(frozenset(parts))
        case Wildcard() | Regex():
            return AllOf(tuple(_need_of_shape(one, patterns) for one in read_shapes(node)))
    return Anything()


def _need_of_shape(shape: Shape, patterns: _Patterns) -> Need:
    if isinstance(shape, str):
        return HasWords(frozenset({shape}))
    if isinstance(shape, tuple):
        raise TypeError("a misspelling is no part of a rule")
    return HasFitting(shape, patterns[shape].__getitem__)


def _leaves(node: Node) -> Iterator[Node]:
    """Yield what passages are compared with, each for itself."""
    match node:
        case Everything() | Filter():
            return
        case And() | Or() | Not() | Boost() | Constant() | Within():
            for child in children(node):
                yield from _leaves(child)
        case _:
            yield node


Spans = list[tuple[int, int]]


class RuleQuery:
    """A query that passages are compared with.

    Attributes:
        text: As it was written.
        need: What a passage must have to satisfy it.
    """

    def __init__(self, text: str, known: KnownWords | None = None) -> None:
        """Read a query; raises `RuleQueryError` as `read_rule_query`.

        If all words are `known`, passages must be in the language of their article, and that one of
        `known.languages`.
        """
        self.text = text
        self._root = read_rule_query(text)
        self._patterns = _Patterns()
        # By the identity of nodes, which live as long as this.
        self._leaves = {
            id(node): compile_leaf(node, self._patterns, known) for node in _leaves(self._root)
        }
        self.need = _need_of(self._root, self._patterns)

    def find(self, passage: PassageText, read: PassageWords) -> tuple[int, int] | None:
        """Return from where to where stands what satisfies it; None if nothing does.

        Where it is satisfied without any word, that is all of the passage.
        """
        spans = self._evaluate(self._root, passage, read)
        if spans is None:
            return None
        if not spans:
            return 0, len(passage.text)
        return min(start for start, _ in spans), max(end for _, end in spans)

    def _evaluate(self, node: Node, passage: PassageText, read: PassageWords) -> Spans | None:
        """Return where in a passage stands what satisfies a tree; None if nothing does."""
        match node:
            case Everything():
                return []
            case Filter():
                return [] if _holds(node, passage) else None
            case Not():
                return [] if self._evaluate(node.child, passage, read) is None else None
            case Boost() | Constant():
                return self._evaluate(node.child, passage, read)
            case Within():
                is_title = passage.kind == "title"
                return self._evaluate(node.child, passage, read) if is_title else None
            case And():
                return self._evaluate_all(node, passage, read)
            case Or():
                parts = [self._evaluate(child, passage, read) for child in children(node)]
                found = [part for part in parts if part is not None]
                return [span for part in found for span in part] if found else None
        return self._find_leaf(node, read)

    def _evaluate_all(self, node: And, passage: PassageText, read: PassageWords) -> Spans | None:
        spans: Spans = []
        for child in children(node):
            part = self._evaluate(child, passage, read)
            if part is None:
                return None
            spans += part
        return spans

    def _find_leaf(self, node: Node, read: PassageWords) -> Spans | None:
        find = self._leaves[id(node)]
        if find is None:
            return find_marked(node, read, self._patterns)
        runs = find(read.text)
        return [span_of_runs(runs, read.text)] if runs else None


def find_marked(node: Node, read: PassageWords, patterns: _Patterns) -> Spans | None:
    """Return where a leaf stands in a passage, as an answer marks it; None if it does not."""
    text = read.text
    dictionary = _Dictionary(tuple(sorted(read.vocabulary.words)), patterns)
    target = TargetReader(languages=(text.language,), lexicon=dictionary).read(node)
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

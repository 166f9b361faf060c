"""A query as the evaluator works it: what is looked for, and in which passages.

The tree of a query says `mine kind:quote -collapse`; its plan says: all of (there is a quote; a
quote holds `mine`; no quote holds `collapse`). Filters joined by AND move into what they restrict,
at every depth, so that no later step has to know where a filter stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pinakes.indexer import Segment
from pinakes.search.evaluation.clauses import Clause, TargetReader, name_clause, no_texts
from pinakes.search.evaluation.texts.targets import Texts
from pinakes.search.query import (
    And,
    Boost,
    Constant,
    DateRange,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Literal,
    Near,
    Node,
    Not,
    NumberRange,
    Or,
    Phrase,
    Quantity,
    Regex,
    Together,
    Wildcard,
    Within,
    Word,
)
from pinakes.search.query.conditions import Among

if TYPE_CHECKING:
    from pinakes.search.evaluation.clauses import Expands
    from pinakes.search.evaluation.patterns.expansion import Cut


_TEXTS = (Word, Phrase, Near, Together, Literal, Wildcard, Fuzzy, Regex)


class Look(NamedTuple):
    """The passages in which something is looked for.

    Attributes:
        filters: Trees of filters alone; a passage has to satisfy every one.
        title_only: It has to be a title besides.
    """

    filters: tuple[Node, ...] = ()
    title_only: bool = False


class Find(NamedTuple):
    """Satisfied where one of the looked-at passages holds the clause."""

    clause: int
    look: Look


class Exists(NamedTuple):
    """Satisfied where there is a passage to look at."""

    look: Look


class AllOf(NamedTuple):
    """Satisfied where every part is."""

    parts: tuple[PlanNode, ...]


class AnyOf(NamedTuple):
    """Satisfied where at least one part is."""

    parts: tuple[PlanNode, ...]


class NoneOf(NamedTuple):
    """Satisfied where the part is not."""

    part: PlanNode


PlanNode: TypeAlias = Find | Exists | AllOf | AnyOf | NoneOf


class FlatQuery(NamedTuple):
    """Clauses of which one is enough, or which all have to be satisfied."""

    clauses: tuple[Clause, ...]
    is_any: bool


class Plan(NamedTuple):
    """A query made ready for one snapshot.

    Attributes:
        root: None if nothing is asked for.
        clauses: By number.
        ignored: Spans of the query's text in which there is nothing to look for.
        constants: By number, what a unit scores in which a clause of that constant counts.
        cuts: Patterns that stand for more words than are looked for.
        flat: The same as clauses joined by OR or by AND, if it is no more than that.
    """

    root: PlanNode | None
    clauses: tuple[Clause, ...]
    ignored: tuple[tuple[int, int], ...]
    constants: tuple[float, ...] = ()
    cuts: tuple[Cut, ...] = ()
    flat: FlatQuery | None = None

    @property
    def asks_for_text(self) -> bool:
        """Whether a text can be a reason for an article to be found."""
        return self.root is not None and _finds(self.root)


def make_plan(
    root: Node | None,
    *,
    languages: Iterable[str],
    segments: Sequence[Segment] = (),
    texts: Texts = no_texts,
    lexicon: Expands | None = None,
) -> Plan:
    """Return the plan of a query's tree.

    Args:
        root: What `parse` returned.
        languages: Those of the archive's living articles.
        segments: The archive's: their words are those that a pattern can stand for.
        texts: Its articles, for sentences and what is looked for as it is written.
        lexicon: Knows its words, if segments do not.

    Raises:
        PatternError: A regular expression is none; those of parsed queries are.
    """
    reader = TargetReader(
        languages=tuple(sorted(languages)), segments=segments, lexicon=lexicon, texts=texts
    )
    planner = _Planner(reader=reader)
    planned = None if root is None else planner.plan(root, Look())
    return Plan(
        root=planned,
        clauses=tuple(planner.clauses),
        ignored=tuple(reader.ignored),
        constants=tuple(planner.constants),
        cuts=tuple(reader.cuts),
        flat=_flatten(planned, planner.clauses),
    )


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class _Planner:
    reader: TargetReader
    clauses: list[Clause] = field(default_factory=list)
    constants: list[float] = field(default_factory=list)
    boost: float = 1.0
    constant: int | None = None

    def plan(self, node: Node, look: Look) -> PlanNode | None:
        """Return the plan of `node`, None if there is nothing in it to look for."""
        # Most nodes are words and phrases.
        if isinstance(node, _TEXTS):
            return self._find(node, look)
        if _is_filter(node):
            return Exists(look=_narrowed(look, [node]))
        match node:
            case And():
                return self._all_of(node, look)
            case Or():
                parts = [self.plan(child, look) for child in node.children]
                return _joined(AnyOf, parts)
            case Not():
                part = self.plan(node.child, look)
                return None if part is None else NoneOf(part=part)
            case Within():
                return self.plan(node.child, Look(filters=look.filters, title_only=True))
            case Boost() | Constant():
                return self._weigh(node, look)
        raise TypeError(f"no plan for {type(node).__name__}")

    def _find(self, node: Node, look: Look) -> PlanNode | None:
        target = self.reader.read(node)
        if target is None:
            return None
        clause = Clause(
            number=len(self.clauses),
            start=node.start,
            end=node.end,
            target=target,
            title_only=look.title_only,
            boost=self.boost,
            constant=self.constant,
            kept_as=name_clause(target, title_only=look.title_only),
        )
        self.clauses.append(clause)
        return Find(clause=clause.number, look=look)

    def _weigh(self, node: Boost | Constant, look: Look) -> PlanNode | None:
        """Return the plan of what is weighed; of scores in one another, the outer one holds."""
        outside = self.boost, self.constant
        if self.constant is None and isinstance(node, Boost):
            self.boost *= node.factor
        elif self.constant is None and isinstance(node, Constant):
            self.constant = len(self.constants)
            self.constants.append(self.boost * node.score)
        planned = self.plan(node.child, look)
        self.boost, self.constant = outside
        return planned

    def _all_of(self, node: And, look: Look) -> PlanNode | None:
        filters = [child for child in node.children if _is_filter(child)]
        narrowed = _narrowed(look, filters)
        parts = [self.plan(child, narrowed) for child in node.children if not _is_filter(child)]
        # What is looked for implies a passage to look at; what is looked for in vain does not.
        return _joined(AllOf, [Exists(look=narrowed), *parts] if filters else parts)


def _is_filter(node: Node) -> bool:
    """Whether a single passage can tell, without a look at its words."""
    match node:
        case Filter() | Has() | DateRange() | NumberRange() | Quantity() | Among() | Everything():
            return True
        case And() | Or():
            return all(_is_filter(child) for child in node.children)
        case Not() | Boost() | Constant():
            return _is_filter(node.child)
    return False


def _narrowed(look: Look, filters: list[Node]) -> Look:
    return Look(filters=(*look.filters, *filters), title_only=look.title_only)


def _joined(kind: type[AllOf] | type[AnyOf], parts: list[PlanNode | None]) -> PlanNode | None:
    kept = tuple(part for part in parts if part is not None)
    return kept[0] if len(kept) == 1 else kind(parts=kept) if kept else None


def _flatten(root: PlanNode | None, clauses: Sequence[Clause]) -> FlatQuery | None:
    parts = root.parts if isinstance(root, AllOf | AnyOf) else (root,)
    finds = [part for part in parts if isinstance(part, Find) and not part.look.filters]
    if len(finds) < len(parts):
        return None
    found = tuple(clauses[find.clause] for find in finds)
    return FlatQuery(found, is_any=not isinstance(root, AllOf))


def _finds(node: PlanNode) -> bool:
    match node:
        case Find():
            return True
        case AllOf() | AnyOf():
            return any(_finds(part) for part in node.parts)
    return False

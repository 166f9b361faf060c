"""Why a query finds nothing, and why it does not find an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pinakes.corpus import Article
from pinakes.search.evaluation import Ranking, asks_for_something, is_filter
from pinakes.search.options import By, Scope, SearchOptions, Sort
from pinakes.search.query import (
    And,
    Code,
    Diagnostic,
    Filter,
    Node,
    Not,
    Or,
    Query,
    Severity,
    print_node,
)


class Ask(Protocol):
    """Evaluates a query's tree on the state of the archive that answers; see `asking.Asker`."""

    def __call__(self, root: Node, options: SearchOptions) -> Ranking:
        """Return the ranking of a tree."""

    def ahead(self, roots: Iterable[Node], options: SearchOptions) -> None:
        """Get ready to be asked for several trees."""


MAX_STEPS = 40
"""Parts of a query that are counted one by one, at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStep:
    """A part of a query whose parts all have to be satisfied, and how many articles it leaves.

    Attributes:
        clause: The part, in the query language.
        start: First code point of it in the query's text.
        end: One past the last.
        alone: How many articles satisfy it by itself.
        together: How many satisfy it and all parts before it.
    """

    clause: str
    start: int
    end: int
    alone: int
    together: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCheck:
    """A part of a query, and whether an article satisfies it.

    Attributes:
        clause: The part, in the query language.
        start: First code point of it in the query's text.
        end: One past the last.
        holds: Whether the article satisfies it, by itself.
        passages: Numbers of the passages that prove it, ascending.
        reason: If it does not hold, or not together with the rest: why.
        parts: What it is made of, each with its own check.
    """

    clause: str
    start: int
    end: int
    holds: bool
    passages: tuple[int, ...] = ()
    reason: str = ""
    parts: tuple[ClauseCheck, ...] = ()

    def failing(self) -> Iterator[ClauseCheck]:
        """Yield the smallest parts for which the article is not found, in order."""
        below = [part for part in self.parts if part.reason]
        for part in below:
            yield from part.failing()
        if self.reason and not below:
            yield self


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Whether an article satisfies a query, and for which part of it it does not.

    Attributes:
        query: The text as it was asked.
        interpreted: What was understood.
        article: The article.
        holds: Whether it satisfies the query.
        check: The whole query, part by part.
    """

    query: str
    interpreted: str
    article: Article
    holds: bool
    check: ClauseCheck

    @property
    def failing(self) -> tuple[ClauseCheck, ...]:
        """The smallest parts for which the article is not found; none if it is."""
        return tuple(self.check.failing())


def make_funnel(root: Node, ask: Ask, options: SearchOptions) -> tuple[FunnelStep, ...]:
    """Return how many articles are left after each part of a query, up to where none is."""
    parts = _asking(root.children if isinstance(root, And) else (root,))
    parts = parts[:MAX_STEPS]
    counting = _counting(options)
    joined = [_joined(parts[:count]) for count in range(1, len(parts) + 1)]
    ask.ahead((*parts, *joined[1:]), counting)
    steps: list[FunnelStep] = []
    for number, part in enumerate(parts, start=1):
        alone = ask(part, counting).articles or 0
        together = alone
        if number > 1:
            together = ask(joined[number - 1], counting).articles or 0
        steps.append(
            FunnelStep(
                clause=print_node(part),
                start=part.start,
                end=part.end,
                alone=alone,
                together=together,
            )
        )
        if not together:
            break
    return tuple(steps)


def tell_funnel(steps: Sequence[FunnelStep]) -> tuple[Diagnostic, ...]:
    """Return a finding that tells a funnel in one line, about its last part."""
    if not steps:
        return ()
    told = ", AND ".join(f"`{step.clause}` {step.together:,}" for step in steps)
    message = f"nothing satisfies all of it; articles left after each part: {told}"
    if len(steps) == 1:
        message = f"no article satisfies `{steps[0].clause}`"
    last = steps[-1]
    if last.alone:
        message += f" (by itself {last.alone:,})"
    return (
        Diagnostic(
            code=Code.NOTHING_FOUND,
            severity=Severity.INFO,
            message=message,
            start=last.start,
            end=last.end,
        ),
    )


def check_article(query: Query, article: Article, ask: Ask, options: SearchOptions) -> WhyNot:
    """Return whether an article satisfies a query, part by part.

    Raises:
        ValueError: The query has no tree.
    """
    if query.root is None:
        raise ValueError("a query with errors has no parts")
    checker = _Checker(ask, article, _counting(options))
    check = checker.check(query.root, ())
    return WhyNot(
        query=query.text,
        interpreted=query.interpreted,
        article=article,
        holds=not check.reason,
        check=check,
    )


def _asking(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return those of `nodes` in which there is something to look for: others are left out."""
    return tuple(filter(asks_for_something, nodes))


def _counting(options: SearchOptions) -> SearchOptions:
    return SearchOptions(
        limit=0, scope=options.scope, by=By.ARTICLE, sort=Sort.NEWEST, collapse=False
    )


def _joined(parts: Sequence[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    return And(children=tuple(parts), start=parts[0].start, end=parts[-1].end)


class _Checker:
    """Asks about one article: every question carries its id as one more filter."""

    def __init__(self, ask: Ask, article: Article, options: SearchOptions) -> None:
        self._ask = ask
        self._id = Filter(field="id", value=article.id, start=0, end=0)
        self._options = replace(options, limit=1)
        self._has_passages = bool(article.passages)

    def check(self, node: Node, filters: tuple[Node, ...]) -> ClauseCheck:
        """Check a part of the query; `filters` are those that narrow what is looked at for it."""
        alone = self._passages(node)
        within = self._passages(_joined((*filters, node))) if filters and alone else alone
        parts: tuple[ClauseCheck, ...] = ()
        reason = ""
        if within is None:
            reason = self._reason(node, alone is not None, filters)
            parts = self._parts(node, filters, has_failed=True)
            if not any(part.reason for part in parts) and isinstance(node, And):
                reason = self._apart()
        elif isinstance(node, And):
            parts = self._parts(node, filters, has_failed=False)
        return ClauseCheck(
            clause=print_node(node),
            start=node.start,
            end=node.end,
            holds=alone is not None,
            passages=(within if within is not None else alone) or (),
            reason=reason,
            parts=parts,
        )

    def _parts(
        self, node: Node, filters: tuple[Node, ...], *, has_failed: bool
    ) -> tuple[ClauseCheck, ...]:
        if isinstance(node, And):
            children = _asking(node.children)
            own = tuple(child for child in children if is_filter(child))
            return tuple(
                self.check(child, filters if child in own else (*filters, *own))
                for child in children
            )
        if isinstance(node, Or) and has_failed:
            return tuple(self.check(child, filters) for child in _asking(node.children))
        return ()

    def _passages(self, node: Node) -> tuple[int, ...] | None:
        """Return which passages of the article prove a tree; None if it does not satisfy it."""
        hits = self._ask(_joined((node, self._id)), self._options).hits
        if not hits or not asks_for_something(node):
            return None
        return tuple(sorted(passage.number for passage in hits[0].passages))

    def _reason(self, node: Node, is_elsewhere: bool, filters: tuple[Node, ...]) -> str:
        if not self._has_passages:
            return "the article has no text"
        if not asks_for_something(node):
            return "there is nothing in it to look for"
        if is_elsewhere:
            where = " ".join(map(print_node, filters))
            return f"holds in the article, but not in passages with `{where}`"
        if isinstance(node, Not):
            found = self._passages(_joined((*filters, node.child))) or ()
            where = ", ".join(f"#{number}" for number in found[:5])
            return f"what is left out stands there: {where}" if where else "what is left out is so"
        if isinstance(node, Or):
            return "none of its parts holds"
        if isinstance(node, And):
            return "not all of its parts hold"
        if is_filter(node):
            return "no passage of the article is such"
        return "stands nowhere in the article"

    def _apart(self) -> str:
        if self._options.scope is Scope.PASSAGE:
            return "its parts hold in different passages, not in one"
        return "its parts hold, but not together"

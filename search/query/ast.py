"""The tree that a query is read into.

Every node carries `start` and `end`, half-open, in code points of the query's text. They are left
out of comparison: two nodes are equal if they mean the same, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as it was typed, to be looked for in its stemmed form.

    Attributes:
        text: Holds no white space and at least one letter or digit. May have several parts
            (`covid-19`, `AT&T`, `C++`): analysis says which, and they stand for their phrase.
    """

    text: str
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words between quotes: in this order, next to one another, unstemmed.

    Attributes:
        text: What stands between the quotes, white space collapsed; at least one letter or digit.
        start: The opening quote.
        end: One past the closing quote.
    """

    text: str
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)

    @property
    def words(self) -> tuple[str, ...]:
        """What white space separates in `text`; each may still have several parts."""
        return tuple(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A condition on where text is looked for.

    Attributes:
        field: `tag`, `kind`, `section`, `source`, `author`, `url`, `path`, `lang` or `id`, never
            a synonym.
        value: As typed, white space collapsed; not empty. `kind` holds a value of `Kind`, `lang` a
            code in lower case. `tag` holds a whole type (`law`, from `tag:law` and `tag:law:*`)
            or `type:value` (`person:Jane Doe`, from `tag:person:"Jane Doe"`), its type up to the
            first colon.
    """

    field: str
    value: str
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """A condition on the day an article was published.

    Attributes:
        field: `published`.
        first: First day that satisfies it; None for any day up to `last`.
        last: Last day that satisfies it, included; None for any day from `first`. At least one of
            the two is given, and `first <= last`.
    """

    field: str
    first: date | None
    last: date | None
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """`*`: all there is."""

    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Text to be looked for in one zone of an article only.

    Attributes:
        field: `title`.
        child: Holds words, phrases, And, Or and Not; no filters, no other zone.
    """

    field: str
    child: Node
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of `children`, at least two.

    A child that is itself an And was in parentheses: its filters restrict its own text only.
    """

    children: tuple[Node, ...]
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Any of `children`, at least two."""

    children: tuple[Node, ...]
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """What does not satisfy `child`."""

    child: Node
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


Node: TypeAlias = Word | Phrase | Filter | DateRange | Everything | Within | And | Or | Not


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes right below `node`, in order."""
    if isinstance(node, And | Or):
        return node.children
    if isinstance(node, Not | Within):
        return (node.child,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and all below it, each before its children, from left to right."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))

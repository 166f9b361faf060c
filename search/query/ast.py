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
class Wildcard:
    """Words that fit a pattern of letters: `min*`, `*ster`, `m?ne`; unstemmed.

    Attributes:
        text: Without white space; `*` stands for any letters or none, `?` for one letter. May have
            several parts (`covid-1*`), which stand for their phrase. `*` alone is `Everything`.
    """

    text: str
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuzzy:
    """Words spelt like `text`, unstemmed.

    Attributes:
        text: As in `Word`. Of several parts, each may be misspelt.
        edits: How many letters may be missing, added, other, or swapped with the next: 1 or 2.
    """

    text: str
    edits: int
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regex:
    """Words that a regular expression fits as a whole, unstemmed.

    Attributes:
        text: What stands between the slashes: `read_regex` accepts it.
        start: The opening slash.
        end: One past the closing slash.
    """

    text: str
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Things that stand near one another in one passage.

    Attributes:
        children: At least two; at most `MAX_UNORDERED` if they may come in any order. Words,
            phrases, wildcards, fuzzy words, regular expressions, Near itself, and Or of these.
            `"a b"~5` is the Near of the phrases `"a"` and `"b"`: unstemmed.
        words_between: How many other words there may be among them, 0 or more.
        is_ordered: Whether they have to come in the order of `children`: ADJ, not NEAR.
    """

    children: tuple[Node, ...]
    words_between: int
    is_ordered: bool
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


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
class NumberRange:
    """A condition on a number that is known of an article.

    Attributes:
        field: `words`: how many words the article has, title and headings included.
        first: The least that satisfies it; None for any up to `last`.
        last: The most that satisfies it, included; None for any from `first`. At least one of the
            two is given, and `0 <= first <= last`.
    """

    field: str
    first: int | None
    last: int | None
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
        child: Holds no filters and no other zone.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Boost:
    """`child`, what it scores multiplied by `factor`; boosts in one another multiply.

    Attributes:
        child: What is satisfied by the same as without the boost.
        factor: 0 or more, finite.
    """

    child: Node
    factor: float
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """`child`, scoring `score` wherever something in it counts, however often and whatever.

    Attributes:
        child: What is satisfied by the same as without. Boosts and constants in it have no effect.
        score: 0 or more, finite.
    """

    child: Node
    score: float
    start: int = attribute(compare=False)
    end: int = attribute(compare=False)


MAX_UNORDERED = 6
"""How many children a Near in any order has at the most: work doubles with each."""

TextLeaf: TypeAlias = Word | Phrase | Wildcard | Fuzzy | Regex
Node: TypeAlias = (
    TextLeaf
    | Near
    | Filter
    | DateRange
    | NumberRange
    | Everything
    | Within
    | And
    | Or
    | Not
    | Boost
    | Constant
)


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes right below `node`, in order."""
    if isinstance(node, And | Or | Near):
        return node.children
    if isinstance(node, Not | Within | Boost | Constant):
        return (node.child,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and all below it, each before its children, from left to right."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))

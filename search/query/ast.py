"""The tree that a query is read into.

Every node carries `start` and `end`, half-open, in code points of the query's text. They are left
out of comparison: two nodes are equal if they mean the same, wherever they stand.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from pinakes.search.query.conditions import Condition
from pinakes.search.query.meaning import compared_by_meaning


@compared_by_meaning
class Word(NamedTuple):
    """A word as it was typed, to be looked for in its stemmed form.

    Attributes:
        text: Holds no white space and at least one letter or digit. May have several parts
            (`covid-19`, `AT&T`, `C++`): analysis says which, and they stand for their phrase.
    """

    start: int
    end: int
    text: str


@compared_by_meaning
class Phrase(NamedTuple):
    """Words between quotes: in this order, next to one another, unstemmed.

    Attributes:
        text: What stands between the quotes, white space collapsed; at least one letter or digit.
        start: The opening quote.
        end: One past the closing quote.
    """

    start: int
    end: int
    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """What white space separates in `text`; each may still have several parts."""
        return tuple(self.text.split())


@compared_by_meaning
class Literal(NamedTuple):
    """Words as they are written: case, accents and signs too.

    Attributes:
        text: What stands between the quotes, white space collapsed; at least one letter or digit.
        start: The `=` before the quote.
        end: One past the closing quote.
    """

    start: int
    end: int
    text: str


@compared_by_meaning
class Wildcard(NamedTuple):
    """Words that fit a pattern of letters: `min*`, `*ster`, `m?ne`; unstemmed.

    Attributes:
        text: Without white space; `*` stands for any letters or none, `?` for one letter. May have
            several parts (`covid-1*`), which stand for their phrase. `*` alone is `Everything`.
    """

    start: int
    end: int
    text: str


@compared_by_meaning
class Fuzzy(NamedTuple):
    """Words spelt like `text`, unstemmed.

    Attributes:
        text: As in `Word`. Of several parts, each may be misspelt.
        edits: How many letters may be missing, added, other, or swapped with the next: 1 or 2.
    """

    start: int
    end: int
    text: str
    edits: int


@compared_by_meaning
class Regex(NamedTuple):
    """Words that a regular expression fits as a whole, unstemmed.

    Attributes:
        text: What stands between the slashes: `read_regex` accepts it.
        start: The opening slash.
        end: One past the closing slash.
    """

    start: int
    end: int
    text: str


@compared_by_meaning
class Near(NamedTuple):
    """Things that stand near one another in one passage.

    Attributes:
        children: At least two; at most `MAX_UNORDERED` if they may come in any order. Words,
            phrases, wildcards, fuzzy words, regular expressions, conditions on tags, Near itself,
            and Or of these.
            `"a b"~5` is the Near of the phrases `"a"` and `"b"`: unstemmed.
        words_between: How many other words there may be among them, 0 or more.
        is_ordered: Whether they have to come in the order of `children`: ADJ, not NEAR.
    """

    start: int
    end: int
    children: tuple[Node, ...]
    words_between: int
    is_ordered: bool


@compared_by_meaning
class Together(NamedTuple):
    """Things that stand in one passage, or in one sentence of it, however far apart.

    Attributes:
        children: At least two; what `Near` may hold.
        unit: `passage` or `sentence`.
    """

    start: int
    end: int
    children: tuple[Node, ...]
    unit: str


@compared_by_meaning
class Within(NamedTuple):
    """Text to be looked for in one zone of an article only.

    Attributes:
        field: `title`.
        child: Holds no filters and no other zone.
    """

    start: int
    end: int
    field: str
    child: Node


@compared_by_meaning
class And(NamedTuple):
    """All of `children`, at least two.

    A child that is itself an And was in parentheses: its filters restrict its own text only.
    """

    start: int
    end: int
    children: tuple[Node, ...]


@compared_by_meaning
class Or(NamedTuple):
    """Any of `children`, at least two."""

    start: int
    end: int
    children: tuple[Node, ...]


@compared_by_meaning
class Not(NamedTuple):
    """What does not satisfy `child`."""

    start: int
    end: int
    child: Node


@compared_by_meaning
class Boost(NamedTuple):
    """`child`, what it scores multiplied by `factor`; boosts in one another multiply.

    Attributes:
        child: What is satisfied by the same as without the boost.
        factor: 0 or more, finite.
    """

    start: int
    end: int
    child: Node
    factor: float


@compared_by_meaning
class Constant(NamedTuple):
    """`child`, scoring `score` wherever something in it counts, however often and whatever.

    Attributes:
        child: What is satisfied by the same as without. Boosts and constants in it have no effect.
        score: 0 or more, finite.
    """

    start: int
    end: int
    child: Node
    score: float


MAX_UNORDERED = 6
"""How many children a Near in any order has at the most: work doubles with each."""
MAX_JOINED = 20
"""How many children any other Near, and a Together, has at the most."""

TextLeaf: TypeAlias = Word | Phrase | Literal | Wildcard | Fuzzy | Regex
Node: TypeAlias = (
    TextLeaf | Near | Together | Condition | Within | And | Or | Not | Boost | Constant
)

"""The leaves of a query's tree that restrict where text is looked for.

As all nodes they carry `start` and `end`, which are left out of comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeGuard

from pinakes.search.query.meaning import compared_by_meaning

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@compared_by_meaning
class Filter(NamedTuple):
    """A condition on where text is looked for.

    Attributes:
        field: `tag`, `kind`, `section`, `source`, `author`, `url`, `path`, `lang` or `id`, never
            a synonym.
        value: As typed, white space collapsed; not empty. `kind` holds a value of `Kind`, `lang` a
            code in lower case. `tag` holds a type, or a value of any type (`law`), or `type:value`
            (`person:Jane Doe`, from `person:"Jane Doe"`), its type up to the first colon.
        is_pattern: Whether `*` in `value` stands for any letters or none and, but in addresses and
            paths, `?` for one; then there is no white space in it. Of `tag`, what stands before
            the first colon and what stands behind it are a pattern each.
    """

    start: int
    end: int
    field: str
    value: str
    is_pattern: bool = False


@compared_by_meaning
class DateRange(NamedTuple):
    """A condition on the day an article was published, or on dates that a passage mentions.

    Attributes:
        field: `published`, or `mentions` for tags of that type.
        first: First day that satisfies it; None for any day up to `last`.
        last: Last day that satisfies it, included; None for any day from `first`. At least one of
            the two is given, and `first <= last`.
    """

    start: int
    end: int
    field: str
    first: date | None
    last: date | None


@compared_by_meaning
class NumberRange(NamedTuple):
    """A condition on a number that is known of an article.

    Attributes:
        field: `words`: how many words the article has, title and headings included.
        first: The least that satisfies it; None for any up to `last`.
        last: The most that satisfies it, included; None for any from `first`. At least one of the
            two is given, and `0 <= first <= last`.
    """

    start: int
    end: int
    field: str
    first: int | None
    last: int | None


@compared_by_meaning
class Quantity(NamedTuple):
    """A condition on the quantities that are written in a passage: its tags of the type `number`.

    One that is itself a range satisfies it if the two have a number in common.

    Attributes:
        first: The least that satisfies it; None for any up to `last`.
        last: The most that satisfies it; None for any from `first`. At least one of the two is
            given, and `first <= last`.
        excludes_end: Whether the end itself does not satisfy it; then there is only one.
        unit: What it is of, as typed, white space collapsed; empty for any.
    """

    start: int
    end: int
    first: Decimal | None
    last: Decimal | None
    excludes_end: bool = False
    unit: str = ""


@compared_by_meaning
class Among(NamedTuple):
    """A condition on the article, which no query writes: that it is one of some.

    What `is:` and `cluster:` ask for becomes one when it is known which articles there are.

    Attributes:
        keys: The store's numbers of them, ascending, as little-endian i8.
    """

    start: int
    end: int
    keys: bytes


@compared_by_meaning
class Everything(NamedTuple):
    """`*`: all there is."""

    start: int
    end: int


@compared_by_meaning
class Has(NamedTuple):
    """A condition that there is a value for a field.

    Attributes:
        field: A field of `Filter`, `title` or `published`.
    """

    start: int
    end: int
    field: str


@compared_by_meaning
class Saved(NamedTuple):
    """What a saved search asks for, as if its query stood here in parentheses.

    Nothing is evaluated that holds one: `expand` puts the query's tree in its place.

    Attributes:
        name: As the archive keeps it, in NFC; not empty, white space collapsed.
    """

    start: int
    end: int
    name: str


Condition: TypeAlias = (
    Filter | DateRange | NumberRange | Quantity | Among | Everything | Has | Saved
)

TagCondition: TypeAlias = Filter | DateRange | Quantity
"""One that `is_about_tags`."""


def is_about_copies(node: object) -> TypeGuard[Filter]:
    """Tell whether a node is a condition on what copies or versions an article has."""
    return isinstance(node, Filter) and node.field in ("is", "cluster")


def is_about_tags(node: object) -> TypeGuard[TagCondition]:
    """Tell whether a node is a condition on tags: these stand at words, near other things."""
    if isinstance(node, Filter):
        return node.field == "tag"
    return isinstance(node, Quantity) or (isinstance(node, DateRange) and node.field == "mentions")

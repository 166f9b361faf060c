"""How often each value of a field occurs in what satisfies a query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation.matches import Matches
from pinakes.search.evaluation.texts.held import Ordinals
from pinakes.search.facet_columns import columns_of, is_of_passages

Spell = Callable[[str, str], str]
"""Of a field and a folded value of it, the value as it is written in the archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a field, and how many of the matches have it.

    Attributes:
        value: As it is written where it first occurs in the archive.
        count: Articles; of `kind` and tags, passages.
    """

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The values of a field that what satisfies a query has.

    Attributes:
        field: `source`, `author`, `year`, `language`, `kind`, or `tag:` and a type.
        values: The most frequent ones, the first by their folded form among equals.
        further: How many more values there are.
    """

    field: str
    values: tuple[FacetValue, ...]
    further: int


def count_facets(
    matches: Matches,
    snapshot: Snapshot,
    fields: Sequence[str],
    *,
    values: int,
    spell: Spell,
) -> tuple[Facet, ...]:
    """Return how often the values of some fields occur in what satisfies a query, exactly.

    Of `kind` and tags, the passages that prove the query are counted; of all else, the articles. A
    match with several values counts for each, one without a value for none. Values that differ in
    case and accents only are one.

    Args:
        matches: What satisfies the query.
        snapshot: The state of the index that they are of.
        fields: As `SearchOptions.facets` holds them.
        values: How many values of each field are told, at the most.
        spell: How folded values are written.
    """
    return tuple(_count(matches, snapshot, field, values, spell) for field in fields)


def _count(matches: Matches, snapshot: Snapshot, field: str, values: int, spell: Spell) -> Facet:
    column = columns_of(snapshot).get(field)
    counts = column.count(matches.passages if is_of_passages(field) else matches.articles)
    rows = _most_frequent(counts, values).tolist()
    return Facet(
        field=field,
        values=tuple(
            FacetValue(value=spell(field, column.values[row]), count=int(counts[row]))
            for row in rows
            if counts[row]
        ),
        further=max(0, int(np.count_nonzero(counts)) - values),
    )


def _most_frequent(counts: Ordinals, count: int) -> Ordinals:
    """Return the places of the `count` highest of `counts`, in order, the first among equals."""
    # No two are alike, and by these the higher count comes first, then the lower place.
    keys = np.arange(len(counts)) - counts * len(counts)
    if count >= len(keys):
        return keys.argsort()
    first = keys.argpartition(count)[:count]
    ordered: Ordinals = first[keys[first].argsort()]
    return ordered

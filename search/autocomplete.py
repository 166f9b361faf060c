"""How what is being typed may go on: words, fields and values of the archive."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import numpy as np

from pinakes.corpus import Store
from pinakes.indexer import Snapshot, fold, fold_value
from pinakes.search.evaluation.tags.tag_types import types_in, types_of
from pinakes.search.evaluation.texts.held import Ordinals
from pinakes.search.facet_columns import Column, columns_of, is_of_passages
from pinakes.search.query import Filter, Has, Saved, print_node
from pinakes.search.query.fields import FIELDS, KNOWABLE, TAGS
from pinakes.search.spelling import Speller
from pinakes.search.vocabulary import vocabulary_of

_LAST = re.compile(r"(?P<before>(?:.*[\s(])?-?)(?P<typed>[^\s(]*)\Z", re.DOTALL)
# A value may have spaces behind a quotation mark that is still open.
_QUOTED = re.compile(
    r"(?P<before>(?:.*[\s(])?-?)"
    r"(?P<typed>[^\s(:\"“«]+:(?:[^\s(:\"“«]+:)?[\"“«][^\"”»]*)\Z",
    re.DOTALL,
)
_FACET_OF = {
    "source": "source", "site": "source", "author": "author", "lang": "language", "kind": "kind",
    "date": "year", "published": "year",
}  # fmt: skip
_FIELD_OF = {"site": "source", "published": "date"}


class Completes(StrEnum):
    """What a completion is."""

    WORD = "word"
    FIELD = "field"
    VALUE = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A way in which a query may go on.

    Attributes:
        text: The whole query, completed.
        kind: What was completed.
        count: Of a word, the passages that a search for it finds; of a value, the articles that
            have it, of `kind:` and `tag:` passages; of a field, a saved search, and what `has:`
            asks for, 0.
    """

    text: str
    kind: Completes
    count: int


def complete(text: str, snapshot: Snapshot, store: Store, *, limit: int) -> tuple[Completion, ...]:
    """Return how the last word of a query may go on, fields first, then by frequency.

    Words come folded; values as the archive writes them, in quotes where they need some.

    Args:
        text: What was typed so far.
        snapshot: The state of the index that answers.
        store: It has the texts of `snapshot`.
        limit: Completions at the most.
    """
    found = _QUOTED.match(text) or _LAST.match(text)
    before, typed = (found["before"], found["typed"]) if found else ("", text)
    name, colon, value = typed.partition(":")
    if typed.startswith("#"):
        name, colon, value = "tag", ":", typed[1:]
    if colon:
        listed = _listed(name.lower(), value, store)
        values = listed or _values(name.lower(), value, snapshot, Speller(snapshot, store), limit)
        return tuple(
            Completion(text=before + written, kind=Completes.VALUE, count=count)
            for written, count in islice(values, limit)
        )
    fields = [
        f"{field}:"
        for field in sorted(FIELDS | types_of(snapshot))
        if typed and field.startswith(typed.lower())
    ]
    found_words = (
        vocabulary_of(snapshot).with_prefix(fold(typed), most=limit) if fold(typed) else []
    )
    completions = [
        *(Completion(text=before + field, kind=Completes.FIELD, count=0) for field in fields),
        *(
            Completion(text=before + word, kind=Completes.WORD, count=count)
            for word, count in found_words
        ),
    ]
    return tuple(completions[:limit])


def _listed(name: str, typed: str, store: Store) -> list[tuple[str, int]]:
    """Return values that are not counted, in order: what `has:` asks for, saved searches."""
    prefix = typed.lstrip('"“«').casefold()
    known: Iterable[Saved | Has] = ()
    if name == "has":
        known = (Has(field=field, start=0, end=0) for field in sorted(KNOWABLE))
    elif name == "saved":
        known = (Saved(name=search.name, start=0, end=0) for search in store.saved)
    return [
        (print_node(each), 0)
        for each in known
        if (each.field if isinstance(each, Has) else each.name).casefold().startswith(prefix)
    ]


def _values(
    name: str, typed: str, snapshot: Snapshot, speller: Speller, limit: int
) -> Iterator[tuple[str, int]]:
    """Yield values of a field as they are written in a query, the most frequent first."""
    prefix = fold_value(typed.lstrip('"“«'))
    if name == "tag" and ":" not in prefix:
        types = count_types(snapshot, prefix)
        for type_, count in sorted(types, key=lambda pair: (-pair[1], pair[0]))[:limit]:
            yield _written("tag", type_), count
        return
    is_type = name in TAGS or (name not in FIELDS and name in types_of(snapshot))
    if name == "tag" or is_type:
        type_, _, prefix = (name, "", prefix) if is_type else prefix.partition(":")
        facet, field, head = f"tag:{type_}", "tag", f"{type_}:"
        prefix = prefix.lstrip('"“« ')
    elif name in _FACET_OF:
        facet, field, head = _FACET_OF[name], _FIELD_OF.get(name, name), ""
    else:
        return
    for value, count in _count_values(snapshot, facet, prefix, limit):
        written = _written(field, f"{head}{speller.spell(facet, value)}")
        yield written.removeprefix("tag:") if is_type else written, count


def _written(field: str, value: str) -> str:
    return print_node(Filter(field=field, value=value, start=0, end=0))


def _count_values(
    snapshot: Snapshot, facet: str, prefix: str, limit: int
) -> Iterable[tuple[str, int]]:
    if snapshot.remote is not None:
        from pinakes.search.cluster.values import count_values

        return count_values(snapshot.remote, facet, prefix, limit)
    column = columns_of(snapshot).get(facet)
    return _most_frequent(column, prefix, _living(snapshot, facet), limit)


def _most_frequent(
    column: Column, prefix: str, units: Ordinals, limit: int
) -> Iterable[tuple[str, int]]:
    first = bisect_left(column.values, prefix)
    counts = column.count(units)
    found = [
        (value, int(counts[place]))
        for place, value in enumerate(column.values[first:], start=first)
        if value.startswith(prefix) and counts[place]
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


def _living(snapshot: Snapshot, facet: str) -> Ordinals:
    """Return the living passages of a snapshot, in the row of all segments, or the articles."""
    flags = [np.zeros(0, np.bool_)]
    for segment in snapshot.segments:
        living, count = segment.live, segment.article_count
        if is_of_passages(facet):
            living, count = segment.live_passages, segment.passage_count
        flags.append(np.ones(count, np.bool_) if living is None else living)
    return np.flatnonzero(np.concatenate(flags))


def count_types(snapshot: Snapshot, prefix: str) -> Iterable[tuple[str, int]]:
    """Return the types of tags that begin so, with the passages that have such tags."""
    if snapshot.remote is not None:
        from pinakes.search.cluster import values

        return values.count_types(snapshot.remote, prefix)
    counts: dict[str, int] = {}
    for segment in snapshot.segments:
        field, living = segment.field("tag"), segment.live_passages
        for type_, number in types_in(segment).items():
            if type_.startswith(prefix):
                passages = field.postings(number).passages
                count = len(passages) if living is None else int(living[passages].sum())
                counts[type_] = counts.get(type_, 0) + count
    return [pair for pair in counts.items() if pair[1]]

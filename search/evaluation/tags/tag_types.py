"""The types of tags that an index holds."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from pinakes.indexer import InvertedField, Segment, Snapshot

FIELD = "tag"
_types: WeakKeyDictionary[InvertedField, dict[str, int]] = WeakKeyDictionary()


def types_in(segment: Segment) -> dict[str, int]:
    """Return the types of a segment's tags, folded, each with the number of its term."""
    field = segment.field(FIELD)
    known = _types.get(field)
    if known is None:
        known = _types[field] = _read_types(field)
    return known


def _read_types(field: InvertedField) -> dict[str, int]:
    types: dict[str, int] = {}
    number = 0
    while number < field.term_count:
        type_, colon, _ = field.term(number).partition(":")
        if not colon:
            types[type_] = number
        # The values of a type follow one another.
        number = max(number + 1, field.prefix_range(f"{type_}:")[1]) if colon else number + 1
    return types


def types_of(snapshot: Snapshot) -> frozenset[str]:
    """Return the types of all tags of a snapshot, of deleted articles too."""
    if snapshot.remote is not None:
        from pinakes.search.cluster.dictionaries import tag_types

        return tag_types(snapshot.remote)
    return frozenset(type_ for segment in snapshot.segments for type_ in types_in(segment))

"""What is said where a query asks for tags that the archive does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pinakes.corpus import Store
from pinakes.indexer import Segment, Snapshot, fold_value
from pinakes.search.evaluation.patterns.dictionary import dictionary_of
from pinakes.search.evaluation.tags.tag_conditions import tag_numbers
from pinakes.search.evaluation.tags.tag_types import FIELD, types_of
from pinakes.search.query import (
    Code,
    DateRange,
    Diagnostic,
    Filter,
    Query,
    Severity,
    TagCondition,
    is_about_tags,
    print_node,
    walk,
)
from pinakes.search.query.fields import find_nearest
from pinakes.search.spelling import Speller

_MOST_TYPES = 20


def find_unknown_tags(
    query: Query, facets: Sequence[str], snapshot: Snapshot, store: Store
) -> tuple[Diagnostic, ...]:
    """Return a finding for each condition on tags that no tag can satisfy, and for such facets.

    Args:
        query: What was asked.
        facets: As `SearchOptions.facets` holds them.
        snapshot: The state of the index that answers.
        store: It has the texts of `snapshot`.
    """
    asked = [node for node in walk(query.root) if is_about_tags(node)] if query.root else []
    types = [facet.removeprefix("tag:") for facet in facets if facet.startswith("tag:")]
    if not asked and not types:
        return ()
    finder = _Finder(query, snapshot, store)
    return (
        *(found for node in asked for found in finder.look_for(node)),
        *(found for type_ in types for found in finder.look_for_type(type_, (0, len(query.text)))),
    )


class _Finder:
    """Looks for the tags of one query."""

    def __init__(self, query: Query, snapshot: Snapshot, store: Store) -> None:
        self._text = query.text
        self._snapshot = snapshot
        self._store = store
        self._types = types_of(snapshot)

    def look_for(self, node: TagCondition) -> Iterator[Diagnostic]:
        span = node.start, node.end
        if not isinstance(node, Filter):
            name = "mentions" if isinstance(node, DateRange) else "number"
            yield from self.look_for_type(name, span)
            return
        if self._is_known(node):
            return
        type_, colon, value = fold_value(node.value).partition(":")
        is_type = bool(colon) and not (node.is_pattern and ("*" in type_ or "?" in type_))
        unknown = list(self.look_for_type(type_, span)) if is_type else []
        if unknown:
            yield from unknown
        elif node.is_pattern:
            yield _warn(f"No tag of the archive fits `{node.value}`.", span)
        else:
            types = [type_] if colon else sorted(self._types)
            yield self._tell_nearest(node, types, value if colon else type_)

    def _is_known(self, node: TagCondition) -> bool:
        if self._snapshot.remote is not None:
            from pinakes.search.cluster.dictionaries import find_tags

            return bool(find_tags(self._snapshot.remote, node))
        return any(len(tag_numbers(segment, node)) for segment in self._snapshot.segments)

    def _segments(self, type_: str) -> Sequence[Segment]:
        """Return what has a dictionary of the values of a type."""
        if self._snapshot.remote is not None:
            from pinakes.search.cluster.dictionaries import values_of

            return values_of(self._snapshot.remote, type_)
        return self._snapshot.segments

    def look_for_type(self, type_: str, span: tuple[int, int]) -> Iterator[Diagnostic]:
        """Yield a finding if no tag is of a type."""
        if fold_value(type_) in self._types:
            return
        known = sorted(self._types)
        nearest = find_nearest(fold_value(type_), known)
        listed = ", ".join(known[:_MOST_TYPES]) + (", …" if len(known) > _MOST_TYPES else "")
        there = f"; there are {listed}." if known else "; it has no tags at all."
        if nearest:
            there = f"; did you mean `{nearest}`? There are {listed}."
        yield _warn(f"No tag of the archive is of the type `{type_}`{there}", span)

    def _tell_nearest(self, node: Filter, types: Sequence[str], value: str) -> Diagnostic:
        found = [pair for type_ in types if (pair := self._find_nearest(type_, value)) is not None]
        span = node.start, node.end
        what = f"No tag of the archive is `{node.value}`"
        if not found:
            return _warn(f"{what}.", span)
        _, _, type_, folded = min(found)
        spelled = Speller(self._snapshot, self._store).spell(f"tag:{type_}", folded)
        nearest = print_node(
            Filter(field="tag", value=f"{type_}:{spelled}", start=0, end=0)
        ).removeprefix("tag:")
        typed = self._text[node.start : node.end]
        # In parentheses stands only the value, and its field before them.
        suggestion = ""
        if ":" in typed or typed.startswith("#"):
            is_written_out = typed.lower().startswith(("tag:", "#"))
            suggestion = f"tag:{nearest}" if is_written_out else nearest
        return _warn(f"{what}; the nearest is `{nearest}`.", span, suggestion)

    def _find_nearest(self, type_: str, value: str) -> tuple[int, int, str, str] | None:
        """Return how far the nearest value of a type is, how rare, and what it is."""
        from pinakes.search.evaluation.patterns.fuzzy import similar_words

        limit = min(2, len(value) // 3)
        segments = self._segments(type_)
        for edits in range(1, limit + 1):
            rated = [
                (edits, *self._rate(segment, number, type_))
                for segment in segments
                for number in similar_words(
                    dictionary_of(segment.field(FIELD)), f"{type_}:{value}", edits=edits
                ).tolist()
                if segment.field(FIELD).term(number).startswith(f"{type_}:")
            ]
            if rated:
                return min(rated)
        holding = [
            (3, *self._rate(segment, number, type_))
            for segment in segments
            for number in _containing(segment, type_, value)
        ]
        return min(holding, default=None)

    @staticmethod
    def _rate(segment: Segment, number: int, type_: str) -> tuple[int, str, str]:
        field = segment.field(FIELD)
        return -field.posting_count(number), type_, field.term(number).removeprefix(f"{type_}:")


def _containing(segment: Segment, type_: str, value: str) -> list[int]:
    """Return the numbers of the values of a type that hold another value."""
    field = segment.field(FIELD)
    first, end = field.prefix_range(f"{type_}:")
    if first == end or len(value) < 3:
        return []
    numbers: list[int] = dictionary_of(field).containing(value, first, end).tolist()
    return numbers


def _warn(message: str, span: tuple[int, int], suggestion: str = "") -> Diagnostic:
    return Diagnostic(
        code=Code.UNKNOWN_TAG,
        severity=Severity.WARNING,
        message=message,
        start=span[0],
        end=span[1],
        suggestion=suggestion,
    )

"""Which words and tags of an archive on a cluster fit what a query asks for.

The cluster names those that may fit; the code that reads a segment's dictionary decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pinakes.indexer import fold_value, words
from pinakes.indexer.opensearch import PASSAGES, Clause, ClusterView
from pinakes.search.cluster.passing import build_dictionary
from pinakes.search.evaluation.patterns import expansion
from pinakes.search.evaluation.tags.tag_conditions import DIVIDED, NAMES, tag_numbers
from pinakes.search.evaluation.texts.targets import AnyWord
from pinakes.search.query import DateRange, Filter, TagCondition
from pinakes.search.query.regex import Pattern, Row

if TYPE_CHECKING:
    from pinakes.indexer import Segment
    from pinakes.search.evaluation.patterns.expansion import Misspelling


class ClusterLexicon:
    """The words of an archive on a cluster, for what patterns stand for."""

    def __init__(self, view: ClusterView) -> None:
        """Ask a state of the archive."""
        self._view = view
        self._expanded: dict[Pattern | Misspelling, tuple[AnyWord, int]] = {}

    def expand(self, shape: Pattern | Misspelling) -> tuple[AnyWord, int]:
        """Return the words that a pattern stands for, and how many there are in all."""
        if shape not in self._expanded:
            self._expanded[shape] = self._expand(shape)
        return self._expanded[shape]

    def _expand(self, shape: Pattern | Misspelling) -> tuple[AnyWord, int]:
        likely = list(self._view.terms("word", *_likely(shape)))
        if not likely:
            return AnyWord(()), 0
        fitting = expansion.fitting_words([build_dictionary(likely)], shape)
        found = len(fitting)
        if found > expansion.MAX_WORDS:
            counts = count_passages(self._view, "word", fitting)
            living = sorted(counts, key=lambda word: (-counts[word], word))
            fitting, found = living[: expansion.MAX_WORDS], len(living)
        return AnyWord(tuple(sorted(fitting))), found


def count_passages(view: ClusterView, field: str, terms: Iterable[str]) -> dict[str, int]:
    """Return how many living passages have each term that one has at all."""
    some = list(dict.fromkeys(terms))
    found = view.count_in_passages(
        {str(n): {"term": {f"{PASSAGES}.{field}": term}} for n, term in enumerate(some)}
    )
    counts = ((term, found[str(n)]["doc_count"]) for n, term in enumerate(some))
    return {term: count for term, count in counts if count}


def find_tags(view: ClusterView, asked: TagCondition) -> list[str]:
    """Return the terms of `tag` that satisfy a condition: a passage with one of them does."""
    likely: set[str] = set()
    for query in _likely_tags(asked):
        likely.update(view.terms("tag", query))
    if not likely:
        return []
    segment = build_dictionary(tags=sorted(likely))
    # A type stands in a dictionary as soon as one of its tags does, asked for or not.
    field = segment.field("tag")
    found = (field.term(number) for number in tag_numbers(segment, asked).tolist())
    return [term for term in found if term in likely]


def tag_types(view: ClusterView) -> frozenset[str]:
    """Return the types of all tags, of deleted articles too."""
    query: Clause = {"bool": {"must_not": [{"wildcard": {"term": {"value": "*:*"}}}]}}
    return frozenset(view.terms("tag", query))


def values_of(view: ClusterView, type_: str) -> list[Segment]:
    """Return a segment whose dictionary holds the tags of a type; none if there are none."""
    found = list(view.terms("tag", _beginning(f"{type_}:")))
    return [build_dictionary(tags=found)] if found else []


def _likely(shape: Pattern | Misspelling) -> Sequence[Clause]:
    """Return what finds all words that a pattern may fit, and maybe others."""
    if isinstance(shape, tuple):
        word, edits = shape
        return [
            {
                "fuzzy": {
                    "term": {
                        "value": word,
                        "fuzziness": edits,
                        "transpositions": True,
                        "rewrite": "constant_score",
                    }
                }
            }
        ]
    parts = shape.parts if isinstance(shape, Row) else (shape,)
    head, *rest = expansion.literals_of(parts)
    likely: list[Clause] = [{"prefix": {"term": {"value": head}}}] if head else []
    longest = max(rest, key=len, default="")
    if longest:
        likely.append(_holding(longest))
    return likely


def _holding(text: str) -> Clause:
    return {"wildcard": {"term": {"value": f"*{escape(text)}*"}}}


def escape(text: str) -> str:
    """Return a text as a wildcard of the cluster that stands for itself."""
    return "".join(f"\\{sign}" if sign in "*?\\" else sign for sign in text)


def _likely_tags(asked: TagCondition) -> list[Clause]:
    if not isinstance(asked, Filter):
        name = "mentions" if isinstance(asked, DateRange) else "number"
        return [_beginning(f"{name}:")]
    value = fold_value(asked.value)
    type_, colon, name = value.partition(":")
    if asked.is_pattern:
        return _likely_by_pattern(type_, colon, name)
    if type_ in NAMES and (wanted := [folded for _, _, folded in words(name)]):
        return [_both(_beginning(f"{type_}:"), _holding(max(wanted, key=len)))]
    exact: Clause = {"term": {"term": value}}
    if not colon:
        return [exact, {"wildcard": {"term": {"value": f"*:{escape(value)}"}}}]
    if type_ == DIVIDED and name:
        return [exact, _beginning(value)]
    if type_ == "place":
        from pinakes.search.evaluation.tags.place_names import canonical_places

        return [exact, {"terms": {"term": [f"{type_}:{each}" for each in canonical_places(name)]}}]
    return [exact]


def _likely_by_pattern(type_: str, colon: str, value: str) -> list[Clause]:
    """Return the same of a condition in which `*` and `?` stand for letters."""
    whole = {"wildcard": {"term": {"value": type_.replace("\\", "\\\\")}}}
    behind = value.replace("\\", "\\\\") if colon else type_.replace("\\", "\\\\")
    before = type_.replace("\\", "\\\\") if colon else "*"
    return [whole, {"wildcard": {"term": {"value": f"{before}:{behind}"}}}]


def _beginning(text: str) -> Clause:
    return {"prefix": {"term": {"value": text}}}


def _both(*clauses: Clause) -> dict[str, Any]:
    return {"bool": {"filter": list(clauses)}}

"""What is looked for in texts, as queries of passages in the language of the cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pinakes.indexer.opensearch import Clause, ClusterView
from pinakes.search.cluster.dictionaries import find_tags
from pinakes.search.cluster.filters import NOTHING, all_of, any_of, on, terms
from pinakes.search.evaluation.texts.targets import (
    AnyPart,
    AnyWord,
    AsWritten,
    InSentence,
    Nearby,
    Row,
    Stems,
    Tagged,
    Target,
    Together,
)

_MOST_NEAR = 200
_MOST_WORDS = 200
_DIVIDED = "_score / params.count"
MAX_SPAN_WORDS = 500
"""The cluster takes up to 1,024 words in one query; in a row of patterns so many are looked for."""


class Found(NamedTuple):
    """A query as far as the cluster can put it.

    Attributes:
        likely: Satisfied by all that is to be found, and maybe by more.
        certain: Satisfied by nothing that is not to be found; equal to `likely` if that is exact.
    """

    likely: Clause
    certain: Clause

    @classmethod
    def exactly(cls, clause: Clause) -> Found:
        """Return a query that the cluster can put as it is meant."""
        return cls(clause, clause)

    @classmethod
    def at_most(cls, clause: Clause) -> Found:
        """Return one of which it cannot tell for certain what satisfies it."""
        return cls(clause, NOTHING)

    @property
    def is_exact(self) -> bool:
        """Whether what it finds needs no second look."""
        return self.likely == self.certain


def find_target(view: ClusterView, target: Target) -> Found:
    """Return what is satisfied by the passages that hold a target."""
    match target:
        case Stems():
            return Found.exactly(terms("stem", [":".join(pair) for pair in target.by_language]))
        case AnyWord():
            return Found.exactly(terms("word", list(target.words)))
        case Row():
            return _find_row(target)
        case Tagged():
            # One on no word, or on the whole passage, is near nothing.
            return Found.at_most(terms("tag", find_tags(view, target.asked)))
        case AnyPart():
            parts = [find_target(view, part) for part in target.parts]
            return _join_any(parts)
        case Together():
            return join_all([find_target(view, part) for part in target.parts])
        case Nearby() if all(map(_has_fixed_width, target.parts)):
            return Found.at_most(_find_nearby(target))
        case Nearby() | InSentence():
            likely = [find_target(view, part).likely for part in target.parts]
            return Found.at_most(all_of(*likely))
        case AsWritten():
            return Found.at_most(find_target(view, target.words).likely)


def join_all(parts: list[Found]) -> Found:
    """Return what satisfies all parts."""
    return Found(
        all_of(*(part.likely for part in parts)), all_of(*(part.certain for part in parts))
    )


def _join_any(parts: list[Found]) -> Found:
    return Found(
        any_of(*(part.likely for part in parts)), any_of(*(part.certain for part in parts))
    )


def _find_row(target: Row) -> Found:
    named = [place for _, place in target.named]
    if not all(place.words for place in named):
        return Found.exactly(NOTHING)
    if (text := _phrase(target)) is not None:
        return Found.exactly({"match_phrase": {on("word"): {"query": text}}})
    are_many = sum(len(place.words) for place in named) > MAX_SPAN_WORDS
    if are_many or len(named) < len(target.places):
        return Found.at_most(all_of(*(terms("word", list(place.words)) for place in named)))
    places = [_span(place) for place in named]
    return Found.exactly({"span_near": {"clauses": places, "slop": 0, "in_order": True}})


def _phrase(row: Row) -> str | None:
    """Return the words of a row that has a single one at each place; else None."""
    named = [place.words for _, place in row.named]
    if len(named) < len(row.places) or any(len(words) != 1 for words in named):
        return None
    return " ".join(word for (word,) in named)


def _span(place: AnyWord) -> Clause:
    spans = [{"span_term": {on("word"): word}} for word in place.words]
    return spans[0] if len(spans) == 1 else {"span_or": {"clauses": spans}}


def _has_fixed_width(part: Target) -> bool:
    """Return whether each occurrence has as many words, and the cluster knows where they stand."""
    match part:
        case Stems():
            return True
        case AnyWord():
            return 0 < len(part.words) <= _MOST_NEAR
        case Row():
            return _phrase(part) is not None
    return False


def _find_nearby(target: Nearby) -> Clause:
    """Return what is satisfied by passages that hold a stretch of a target, and maybe by others.

    Of what the cluster looks for, the shortest intervals that hold all parts, each stretch holds
    one, with no more words between: its parts are as long, and may even share words.
    """
    rule = {
        "ordered": target.is_ordered,
        "max_gaps": target.words_between,
        "intervals": [_interval(part) for part in target.parts],
    }
    return {"intervals": {on("stem"): {"all_of": rule}}}


def _interval(part: Target) -> Clause:
    match part:
        case Stems():
            return _any_interval("stem", [":".join(pair) for pair in part.by_language])
        case AnyWord():
            return _any_interval("word", part.words)
        case Row():
            rule = {"query": _phrase(part), "max_gaps": 0, "ordered": True, "use_field": on("word")}
            return {"match": rule}
    raise TypeError(f"{type(part).__name__} stands nowhere on the cluster")


def _any_interval(field: str, terms_of: Sequence[str]) -> Clause:
    found = [{"match": {"query": term, "use_field": on(field)}} for term in terms_of]
    return found[0] if len(found) == 1 else {"any_of": {"intervals": found}}


def is_counted(target: Target) -> bool:
    """Return whether the cluster can tell how often a passage holds a target."""
    match target:
        case Stems():
            return len(target.by_language) <= _MOST_WORDS
        case AnyWord():
            return len(target.words) <= _MOST_WORDS
        case Row():
            return _phrase(target) is not None
    return False


def count_target(target: Target) -> Clause:
    """Return what scores how often a passage holds a target that is counted."""
    match target:
        case Stems():
            return _any_term("stem", [":".join(pair) for pair in target.by_language])
        case AnyWord():
            return _any_term("word", target.words)
        case Row():
            phrase = {"match_phrase": {on("word"): {"query": _phrase(target)}}}
            # The cluster adds up what it scores for each of the words.
            return scripted(phrase, _DIVIDED, {"count": len(target.places)})
    raise TypeError(f"{type(target).__name__} is not counted there")


def _any_term(field: str, values: Sequence[str]) -> Clause:
    found = [{"term": {on(field): value}} for value in dict.fromkeys(values)]
    if not found:
        return {"match_none": {}}
    return {"bool": {"should": found, "minimum_should_match": 1}}


def scripted(query: Clause, source: str, params: dict[str, Any]) -> Clause:
    """Return a query that scores what a script makes of the score of another one."""
    script = {"source": source, "params": params}
    return {"script_score": {"query": query, "script": script}}

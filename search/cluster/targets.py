"""What is looked for in texts, as queries of passages in the language of the cluster."""

from __future__ import annotations

from typing import NamedTuple

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
    if not all(place.words for place in target.places):
        return Found.exactly(NOTHING)
    if all(len(place.words) == 1 for place in target.places):
        text = " ".join(place.words[0] for place in target.places)
        return Found.exactly({"match_phrase": {on("word"): {"query": text}}})
    if sum(len(place.words) for place in target.places) > MAX_SPAN_WORDS:
        return Found.at_most(all_of(*(terms("word", list(p.words)) for p in target.places)))
    places = [_span(place) for place in target.places]
    return Found.exactly({"span_near": {"clauses": places, "slop": 0, "in_order": True}})


def _span(place: AnyWord) -> Clause:
    spans = [{"span_term": {on("word"): word}} for word in place.words]
    return spans[0] if len(spans) == 1 else {"span_or": {"clauses": spans}}

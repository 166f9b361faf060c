"""Which passages of a segment hold a clause, and how often: unions, phrases, on whole arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from pinakes.corpus import Kind
from pinakes.indexer import KINDS, Positions, Segment
from pinakes.search.evaluation.clauses import Clause

Ordinals: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Array: TypeAlias = npt.NDArray[Any]

TITLE = KINDS.index(Kind.TITLE)
_POSITION_BITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The passages that hold something.

    Attributes:
        passages: Ordinals in the segment, ascending, each once.
        counts: How often each holds it, 1 or more.
    """

    passages: Ordinals
    counts: Ordinals

    def where(self, keep: Flags) -> Held:
        """Return those whose flag is set; a flag for each."""
        return Held(passages=self.passages[keep], counts=self.counts[keep])


def find_clause(segment: Segment, clause: Clause) -> Held:
    """Return the passages of `segment` that hold `clause`, deleted articles included."""
    if len(clause.words) > 1:
        held = _find_phrase(segment, clause.words)
    else:
        held = (
            _find_term(segment, "word", clause.words[0])
            if clause.words
            else _find_stems(segment, clause.stems)
        )
    if clause.title_only:
        held = held.where(segment.passage_kind[held.passages] == TITLE)
    return held


def _find_term(segment: Segment, field: str, term: str) -> Held:
    postings = segment.postings(field, term)
    if postings is None:
        return _held_nowhere()
    return Held(
        passages=postings.passages.astype(np.int64), counts=postings.counts.astype(np.int64)
    )


def _find_stems(segment: Segment, stems: Mapping[str, str]) -> Held:
    """Return the passages that hold the stem of their article's language."""
    languages: dict[str, list[str]] = {}
    for language, stem in stems.items():
        languages.setdefault(stem, []).append(language)
    found = [(_find_term(segment, "stem", stem), of) for stem, of in languages.items()]
    if len(found) <= 1:
        return found[0][0] if found else _held_nowhere()
    parts = [held.where(_are_of(segment, held.passages, of)) for held, of in found]
    # A passage is of one language, so it is in one part only.
    passages = np.concatenate([part.passages for part in parts])
    order = np.argsort(passages)
    return Held(
        passages=passages[order], counts=np.concatenate([part.counts for part in parts])[order]
    )


def _are_of(segment: Segment, passages: Ordinals, languages: Sequence[str]) -> Flags:
    """Return for each of `passages` whether its article is of one of `languages`."""
    wanted = np.zeros(max(1, segment.term_count("lang")), dtype=np.bool_)
    for language in languages:
        if (number := segment.term_number("lang", language)) is not None:
            wanted[number] = True
    flags: Flags = wanted[segment.passage_language[passages]]
    return flags


def _find_phrase(segment: Segment, phrase: tuple[str, ...]) -> Held:
    """Return the passages in which the words of `phrase` follow each other.

    A word at position `p` puts the phrase's start at `p` less the word's place in it; the starts
    on which all words agree are occurrences. The rarest word goes first, so that common ones are
    only probed.
    """
    lists = [segment.positions(word) for word in phrase]
    found = [positions for positions in lists if positions is not None]
    if len(found) < len(phrase):
        return _held_nowhere()
    rarest, *others = sorted(range(len(phrase)), key=lambda place: len(found[place].words))
    shared = found[rarest].passages
    for place in others:
        shared = shared[are_in(shared, found[place].passages)]
    starts = _position_keys(found[rarest], shared) - rarest
    for place in others:
        starts = starts[are_in(starts, _position_keys(found[place], shared) - place)]
    passages = starts >> _POSITION_BITS
    firsts = run_starts(passages)
    return Held(passages=passages[firsts], counts=sum_runs(np.ones_like(passages), firsts))


def _position_keys(positions: Positions, passages: Array) -> Ordinals:
    """Return `passage << 32 | position` of each occurrence in `passages`, ascending.

    `passages` are some of those that the word stands in, ascending.
    """
    rows = np.searchsorted(positions.passages, passages)
    counts = positions.counts[rows].astype(np.int64)
    ends = np.cumsum(counts)
    places = np.arange(ends[-1] if len(ends) else 0)
    places += np.repeat(positions.starts[rows].astype(np.int64) - (ends - counts), counts)
    return np.repeat(passages.astype(np.int64) << _POSITION_BITS, counts) + positions.words[places]


def are_in(values: Array, pool: Array) -> Flags:
    """Return for each of `values` whether `pool`, ascending, has it."""
    if not len(pool):
        return np.zeros(len(values), dtype=np.bool_)
    places = np.searchsorted(pool, values)
    places[places == len(pool)] = 0
    flags: Flags = pool[places] == values
    return flags


def run_starts(values: Array) -> Ordinals:
    """Return where each run of equal `values` begins."""
    if not len(values):
        return np.empty(0, dtype=np.int64)
    changes = np.flatnonzero(values[1:] != values[:-1]) + 1
    return np.concatenate([np.zeros(1, dtype=np.int64), changes])


def sum_runs(counts: Ordinals, firsts: Ordinals) -> Ordinals:
    """Return the sum of each run of `counts`; `firsts` says where they begin."""
    sums: Ordinals = np.add.reduceat(counts, firsts) if len(firsts) else counts[:0]
    return sums


def _held_nowhere() -> Held:
    nothing = np.empty(0, dtype=np.int64)
    return Held(passages=nothing, counts=nothing)

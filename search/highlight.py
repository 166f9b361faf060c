"""Where in a passage the clauses of a query stand: the proof that a reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pinakes.corpus import Kind, Passage
from pinakes.indexer import stem, words
from pinakes.search.evaluation import Clause
from pinakes.search.evaluation.texts.held import Ordinals
from pinakes.search.evaluation.texts.proximity import find_stretches
from pinakes.search.evaluation.texts.proximity_proof import find_members
from pinakes.search.evaluation.texts.targets import AnyPart, AnyWord, Nearby, Row, Stems, Target

Span = tuple[int, int]
"""First and one past the last; of words, first and last."""


@dataclass(frozen=True, slots=True)
class _Text:
    words: list[str]
    language: str


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """Where a target stands, in words, both ends included, and which runs of words are marked."""

    first: int
    last: int
    marked: frozenset[Span]


def match_spans(passage: Passage, clauses: Iterable[Clause], *, language: str) -> tuple[Span, ...]:
    """Return where `clauses` stand in `passage`: in order, not overlapping, offsets of the article.

    A word is marked where it stands; a phrase from the start of its first word to the end of its
    last; of what stands near one another, each part that can be of the shortest stretch around
    it. Spans that overlap become one. Pass the clauses that count in this passage
    (`RankedPassage.clauses`): what a query merely mentions is no proof.

    Args:
        passage: The passage as the article has it.
        clauses: What to look for.
        language: The article's, by which its words were stemmed.
    """
    found = words(passage.text)
    text = _Text([word for _, _, word in found], language)
    runs: set[Span] = set()
    for clause in clauses:
        if not clause.title_only or passage.kind is Kind.TITLE:
            runs.update(*(occurrence.marked for occurrence in _occurrences(clause.target, text)))
    return tuple(
        (passage.start + start, passage.start + end)
        for start, end in _united((found[first][0], found[last][1]) for first, last in runs)
    )


def _occurrences(target: Target, text: _Text) -> list[_Occurrence]:
    match target:
        case Stems():
            wanted = dict(target.by_language).get(text.language)
            return [
                _marked(position, position)
                for position, word in enumerate(text.words)
                if stem(word, text.language) == wanted
            ]
        case AnyWord() | Row():
            places = target.places if isinstance(target, Row) else (target,)
            return [_marked(*run) for run in _runs([set(p.words) for p in places], text)]
        case AnyPart():
            return _merged(one for part in target.parts for one in _occurrences(part, text))
        case Nearby():
            return _merged(_near([_occurrences(part, text) for part in target.parts], target))


def _marked(first: int, last: int) -> _Occurrence:
    return _Occurrence(first, last, frozenset({(first, last)}))


def _runs(places: list[set[str]], text: _Text) -> Iterator[Span]:
    last = len(places) - 1
    for position in range(len(text.words) - last):
        run = text.words[position : position + last + 1]
        if all(word in place for word, place in zip(run, places, strict=True)):
            yield position, position + last


def _merged(occurrences: Iterable[_Occurrence]) -> list[_Occurrence]:
    """Return occurrences of which no two are of the same words."""
    marked: dict[Span, frozenset[Span]] = {}
    for one in occurrences:
        at = one.first, one.last
        marked[at] = marked.get(at, frozenset()) | one.marked
    return [_Occurrence(*at, runs) for at, runs in sorted(marked.items())]


def _near(parts: list[list[_Occurrence]], target: Nearby) -> Iterator[_Occurrence]:
    firsts, lasts = find_stretches(
        [_by_length(part) for part in parts],
        words_between=target.words_between,
        is_ordered=target.is_ordered,
    )
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        yield _Occurrence(first, last, _mark_stretch(parts, (first, last), target))


def _by_length(part: Iterable[_Occurrence]) -> dict[int, Ordinals]:
    firsts: dict[int, set[int]] = {}
    for one in part:
        firsts.setdefault(one.last - one.first + 1, set()).add(one.first)
    return {length: np.array(sorted(some)) for length, some in firsts.items()}


def _mark_stretch(
    parts: Sequence[Sequence[_Occurrence]], stretch: Span, target: Nearby
) -> frozenset[Span]:
    """Return what is marked of all the choices of occurrences that make up a stretch."""
    marked = [{(one.first, one.last): one.marked for one in part} for part in parts]
    members = find_members(
        [list(runs) for runs in marked],
        stretch,
        words_between=target.words_between,
        is_ordered=target.is_ordered,
    )
    return frozenset(span for number, run in members for span in marked[number][run])


def _united(spans: Iterable[Span]) -> list[Span]:
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united

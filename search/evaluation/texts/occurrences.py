"""Where something stands in one text that is at hand: in an answer, or where lists cannot tell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import contains

import numpy as np

from pinakes.indexer import TextWords, recall_stems
from pinakes.search.evaluation.texts.held import Ordinals
from pinakes.search.evaluation.texts.proximity import find_stretches
from pinakes.search.evaluation.texts.proximity_proof import find_members
from pinakes.search.evaluation.texts.targets import (
    AnyPart,
    AnyWord,
    AsWritten,
    InSentence,
    Nearby,
    Row,
    Stems,
    Target,
    Together,
)

Span = tuple[int, int]
"""Of words: first and last. Of characters: first and one past the last."""


class ReadText:
    """A text, divided into words.

    Attributes:
        text: As it is.
        language: By which its words are stemmed, and its sentences told apart.
        words: In their folded form.
    """

    def __init__(self, text: str, language: str) -> None:
        """Divide `text`."""
        self.text = text
        self.language = language
        self._found = TextWords(text)
        self.words = self._found.folded

    def span_of(self, run: Span) -> Span:
        """Return the characters of a run of words."""
        first, last = run
        start, end = self._found.span(first)
        return (start, end) if first == last else (start, self._found.span(last)[1])

    @cached_property
    def stems(self) -> list[str]:
        """The stem of each word."""
        return recall_stems(self.words, self.language)

    @cached_property
    def sentences(self) -> list[int]:
        """Where its sentences begin."""
        from pinakes.corpus import sentence_spans

        return [start for start, _ in sentence_spans(self.text, language=self.language)]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a target stands.

    Attributes:
        first: The number of its first word.
        last: That of its last, included.
        marked: Which runs of words are marked of it.
        characters: Which characters are, where words do not say it all.
    """

    first: int
    last: int
    marked: frozenset[Span]
    characters: frozenset[Span] = frozenset()


def find_occurrences(target: Target, text: ReadText) -> list[Occurrence]:
    """Return where a target stands in a text."""
    match target:
        case Stems():
            wanted = dict(target.by_language).get(text.language)
            return [
                _marked(position, position)
                for position, found in enumerate(text.stems)
                if found == wanted
            ]
        case AnyWord() | Row():
            places = target.places if isinstance(target, Row) else (target,)
            return [_marked(*run) for run in _runs([set(p.words) for p in places], text)]
        case AnyPart():
            return _merged(one for part in target.parts for one in find_occurrences(part, text))
        case Together():
            return _together([find_occurrences(part, text) for part in target.parts])
        case InSentence():
            return _merged(one for some in _in_sentences(target, text) for one in some)
        case AsWritten():
            return list(_as_written(target, text))
        case Nearby():
            return _merged(_near([find_occurrences(part, text) for part in target.parts], target))


def count_occurrences(target: Target, text: ReadText) -> int:
    """Return how often a target counts in a text: of a sentence, once."""
    if isinstance(target, InSentence):
        return len(_in_sentences(target, text))
    return len(find_occurrences(target, text))


def _marked(first: int, last: int) -> Occurrence:
    return Occurrence(first, last, frozenset({(first, last)}))


def _runs(places: list[set[str]], text: ReadText) -> Iterator[Span]:
    first, *others = places
    last = len(others)
    for position, word in enumerate(text.words):
        if word not in first:
            continue
        run = text.words[position + 1 : position + 1 + last]
        if len(run) == last and all(map(contains, others, run)):
            yield position, position + last


def _merged(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Return occurrences of which no two are of the same words."""
    marked: dict[Span, frozenset[Span]] = {}
    for one in occurrences:
        at = one.first, one.last
        marked[at] = marked.get(at, frozenset()) | one.marked
    return [Occurrence(*at, runs) for at, runs in sorted(marked.items())]


def _near(parts: list[list[Occurrence]], target: Nearby) -> Iterator[Occurrence]:
    firsts, lasts = find_stretches(
        [_by_length(part) for part in parts],
        words_between=target.words_between,
        is_ordered=target.is_ordered,
    )
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        yield Occurrence(first, last, _mark_stretch(parts, (first, last), target))


def _by_length(part: Iterable[Occurrence]) -> dict[int, Ordinals]:
    firsts: dict[int, set[int]] = {}
    for one in part:
        firsts.setdefault(one.last - one.first + 1, set()).add(one.first)
    return {length: np.array(sorted(some)) for length, some in firsts.items()}


def _mark_stretch(
    parts: Sequence[Sequence[Occurrence]], stretch: Span, target: Nearby
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


def _together(parts: list[list[Occurrence]]) -> list[Occurrence]:
    return _merged(one for part in parts for one in part) if all(parts) else []


def _in_sentences(target: InSentence, text: ReadText) -> list[list[Occurrence]]:
    """Return for each sentence that holds every part as a whole what stands in it."""
    parts = [find_occurrences(part, text) for part in target.parts]
    if not all(parts):
        return []
    found = [_by_sentence(part, text) for part in parts]
    shared = sorted(set.intersection(*map(set, found)))
    return [[one for part in found for one in part[number]] for number in shared]


def _by_sentence(part: list[Occurrence], text: ReadText) -> dict[int, list[Occurrence]]:
    found: dict[int, list[Occurrence]] = {}
    for one in part:
        start, end = text.span_of((one.first, one.last))
        number = bisect_right(text.sentences, start)
        if number == bisect_right(text.sentences, end - 1):
            found.setdefault(number, []).append(one)
    return found


def _as_written(target: AsWritten, text: ReadText) -> Iterator[Occurrence]:
    """Yield where a text stands letter by letter; white space of any kind is one space."""
    before, inside, after = target.around
    for one in find_occurrences(target.words, text):
        start, end = text.span_of((one.first, one.last))
        first, last = start - len(before), end + len(after)
        if (
            first >= 0
            and " ".join(text.text[start:end].split()) == inside
            and text.text[first:start] == before
            and text.text[end:last] == after
        ):
            yield replace(one, marked=frozenset(), characters=frozenset({(first, last)}))

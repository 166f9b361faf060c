"""Where something stands in one text that is at hand: in an answer, or where lists cannot tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import contains
from typing import NamedTuple

from pinakes.corpus import Passage
from pinakes.indexer import TextWords, recall_stems
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
    WordsAt,
    words_at,
)

Span = tuple[int, int]
"""Of words: first and last. Of characters: first and one past the last."""


class ReadTag(NamedTuple):
    """A tag in a text.

    Attributes:
        type: As of `Tag`.
        value: As of `Tag`.
        start: Its first character in the text.
        end: One past the last.
        is_whole: Whether it is on all of its passage.
    """

    type: str
    value: str
    start: int
    end: int
    is_whole: bool


class ReadText:
    """A text, divided into words.

    Attributes:
        text: As it is.
        language: By which its words are stemmed, and its sentences told apart.
        words: In their folded form.
    """

    def __init__(self, text: str, language: str, passage: Passage | None = None) -> None:
        """Divide `text`, which is that of `passage`, where its tags matter."""
        self.text = text
        self.language = language
        self._passage = passage
        self._found = TextWords(text)
        self.words = self._found.folded

    def span_of(self, run: Span) -> Span:
        """Return the characters of a run of words."""
        first, last = run
        start, end = self._found.span(first)
        return (start, end) if first == last else (start, self._found.span(last)[1])

    def words_of(self, tag: ReadTag) -> Span | None:
        """Return the run of words that a tag touches; None if it touches none."""
        if tag.is_whole:
            return (0, len(self.words) - 1) if self.words else None
        starts, ends = self._bounds
        first = bisect_right(ends, tag.start)
        last = bisect_left(starts, tag.end) - 1
        return (first, last) if first <= last else None

    @cached_property
    def tags(self) -> list[ReadTag]:
        """The tags of its passage."""
        return [] if self._passage is None else tags_of(self._passage)

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where its words begin, and where they end."""
        spans = [self._found.span(number) for number in range(len(self.words))]
        return [start for start, _ in spans], [end for _, end in spans]

    @cached_property
    def stems(self) -> list[str]:
        """The stem of each word."""
        return recall_stems(self.words, self.language)

    @cached_property
    def sentences(self) -> list[int]:
        """Where its sentences begin."""
        from pinakes.corpus import sentence_spans

        return [start for start, _ in sentence_spans(self.text, language=self.language)]


def read_passage(passage: Passage, language: str) -> ReadText:
    """Return the text of a passage, with its tags."""
    return ReadText(passage.text, language, passage)


def tags_of(passage: Passage) -> list[ReadTag]:
    """Return the tags of a passage, counted from its start."""
    start, end = passage.start, passage.end
    return [
        ReadTag(
            type=tag.type,
            value=tag.value,
            start=tag.start - start,
            end=tag.end - start,
            is_whole=(tag.start, tag.end) == (start, end),
        )
        for tag in passage.tags
    ]


class Occurrence(NamedTuple):
    """Where a target stands.

    Attributes:
        first: The number of its first word.
        last: That of its last, included.
        marked: Which runs of words are marked of it.
        characters: Which characters are, where words do not say it all.
    """

    first: int
    last: int
    marked: frozenset[Span] = frozenset()
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
            return [_marked(*run) for run in _runs(list(map(words_at, places)), text)]
        case Tagged():
            return _merged(_tagged(target, text))
        case AnyPart():
            return _merged(one for part in target.parts for one in find_occurrences(part, text))
        case Together():
            return _together([find_occurrences(part, text) for part in target.parts])
        case InSentence():
            return _merged(one for some in _in_sentences(target, text) for one in some)
        case AsWritten():
            return list(_as_written(target, text))
        case Nearby():
            # Loaded with the arithmetic of distances, which few queries need.
            from pinakes.search.evaluation.texts.nearby import find_nearby

            parts = [find_occurrences(part, text) for part in target.parts]
            return _merged(find_nearby(parts, target))


def count_occurrences(target: Target, text: ReadText) -> int:
    """Return how often a target counts in a text: of a sentence, once."""
    if isinstance(target, InSentence):
        return len(_in_sentences(target, text))
    return len(find_occurrences(target, text))


def _tagged(target: Tagged, text: ReadText) -> Iterator[Occurrence]:
    """Yield where tags stand; one on the whole passage stands everywhere, and is not marked."""
    from pinakes.search.evaluation.tags.tag_conditions import satisfies

    for tag in text.tags:
        if satisfies(target.asked, tag.type, tag.value):
            run = text.words_of(tag)
            if run is not None:
                marked = frozenset[Span]() if tag.is_whole else frozenset({(tag.start, tag.end)})
                yield Occurrence(*run, frozenset(), marked)


def _marked(first: int, last: int) -> Occurrence:
    return Occurrence(first, last, frozenset({(first, last)}))


def _runs(places: list[WordsAt], text: ReadText) -> Iterator[Span]:
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
    merged: dict[Span, Occurrence] = {}
    for one in occurrences:
        at = one.first, one.last
        merged[at] = _with_marks(merged[at], one) if at in merged else one
    return [merged[at] for at in sorted(merged)]


def _with_marks(one: Occurrence, other: Occurrence) -> Occurrence:
    """Return an occurrence with what is marked of another one, too."""
    return one._replace(
        marked=one.marked | other.marked, characters=one.characters | other.characters
    )


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
            yield one._replace(marked=frozenset(), characters=frozenset({(first, last)}))

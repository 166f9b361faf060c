"""Where in the passages of an answer the clauses of a query stand: the proof that a reader sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeAlias

from pinakes.corpus import Kind, Passage, check_time
from pinakes.search.evaluation import Clause
from pinakes.search.evaluation.texts.occurrences import (
    ReadTag,
    ReadText,
    find_occurrences,
    read_passage,
)
from pinakes.search.evaluation.texts.single_words import SingleWords
from pinakes.search.evaluation.texts.targets import Target
from pinakes.search.query import TagCondition

Span = tuple[int, int]
"""First and one past the last."""
Part: TypeAlias = Clause | TagCondition
"""Of a query: what is looked for in texts, or a condition on tags."""
_Found: TypeAlias = tuple[int, int, int]
"""First code point in the passage and one past the last; the place of the part."""


def match_spans(
    passage: Passage,
    clauses: Iterable[Clause],
    *,
    language: str,
    tags: Collection[TagCondition] = (),
) -> tuple[Span, ...]:
    """Return what `match_parts` does, without the parts."""
    return tuple(match_parts(passage, clauses, language=language, tags=tags))


def match_parts(
    passage: Passage,
    clauses: Iterable[Clause],
    *,
    language: str,
    tags: Collection[TagCondition] = (),
) -> dict[Span, tuple[Part, ...]]:
    """Return what a `Highlighter` of all of these clauses marks in one passage."""
    given = tuple(clauses)
    return Highlighter(given).mark(passage, range(len(given)), language=language, tags=tags)


class Highlighter:
    """Marks in passages what satisfies a query there.

    A word is marked where it stands; a phrase from the start of its first word to the end of its
    last; of what stands near one another, each part that can be of the shortest stretch around
    it; of what stands together, every part wherever it stands there. A tag is marked as it stands,
    but for one on the whole passage. Spans that overlap become one, of all their parts.
    """

    def __init__(self, clauses: Sequence[Clause]) -> None:
        """Prepare to mark what of `clauses` counts in each passage."""
        self._clauses = clauses
        self._words: dict[tuple[str, bool, tuple[int, ...]], SingleWords | None] = {}
        self._spans: dict[tuple[int, ...], tuple[Span, ...]] = {}

    def mark(
        self,
        passage: Passage,
        numbers: Iterable[int],
        *,
        language: str,
        tags: Collection[TagCondition] = (),
    ) -> dict[Span, tuple[Part, ...]]:
        """Return where clauses and tags stand in `passage`, and which of them stand there.

        Spans come in order, do not overlap, and are offsets of the article; the parts of each come
        in the order of the clauses, then of the tags, at least one. Pass what counts in this
        passage (`RankedPassage.clauses` and `tags`): what a query merely mentions is no proof.

        Args:
            passage: The passage as the article has it.
            numbers: Which of the clauses to mark: their places among those given.
            language: The article's, by which its words were stemmed.
            tags: Of which tags to mark, too.
        """
        parts = (*self._clauses, *tags)
        return {
            span: tuple([parts[place] for place in places])
            for span, places in self._located(passage, numbers, language, parts)
        }

    def mark_spans(
        self,
        passage: Passage,
        numbers: Iterable[int],
        *,
        language: str,
        tags: Collection[TagCondition] = (),
    ) -> dict[Span, tuple[Span, ...]]:
        """Return what `mark` does, but of the parts only where they stand in the query's text."""
        parts = (*self._clauses, *tags)
        # Tags are of a passage: their numbers mean other ones elsewhere.
        known = {} if tags else self._spans
        marked: dict[Span, tuple[Span, ...]] = {}
        for span, places in self._located(passage, numbers, language, parts):
            if places not in known:
                known[places] = spans_of([parts[place] for place in places])
            marked[span] = known[places]
        return marked

    def _located(
        self, passage: Passage, numbers: Iterable[int], language: str, parts: Sequence[Part]
    ) -> Iterator[tuple[Span, tuple[int, ...]]]:
        """Yield each span to mark, with the places of its parts among `parts`."""
        check_time()
        counted = tuple(sorted(numbers))
        has_tags = len(parts) > len(self._clauses)
        words = None if has_tags else self._single_words(passage, counted, language)
        found: Iterable[_Found] = (
            self._find(passage, counted, language, parts)
            if words is None
            else words.find(passage.text)
        )
        return _united(found, passage.start)

    def _single_words(
        self, passage: Passage, numbers: tuple[int, ...], language: str
    ) -> SingleWords | None:
        """Return what finds the clauses, if each is one word."""
        kind = (language, passage.kind is Kind.TITLE, numbers)
        if kind not in self._words:
            looked_for = _looked_for(self._clauses, numbers, passage)
            self._words[kind] = SingleWords.of(looked_for, language)
        return self._words[kind]

    def _find(
        self, passage: Passage, numbers: tuple[int, ...], language: str, parts: Sequence[Part]
    ) -> set[_Found]:
        text = read_passage(passage, language)
        found: set[_Found] = set()
        for place, target in _looked_for(self._clauses, numbers, passage):
            for one in find_occurrences(target, text):
                found.update([(*text.span_of(run), place) for run in one.marked])
                found.update([(*span, place) for span in one.characters])
        for place in range(len(self._clauses), len(parts)):
            found.update([(tag.start, tag.end, place) for tag in _asked(parts[place], text)])
        return found


def _looked_for(
    clauses: Sequence[Clause], numbers: Iterable[int], passage: Passage
) -> list[tuple[int, Target]]:
    """Return what to look for in a passage, by number."""
    is_title = passage.kind is Kind.TITLE
    return [
        (number, clauses[number].target)
        for number in numbers
        if is_title or not clauses[number].title_only
    ]


def _asked(part: Part, text: ReadText) -> Iterator[ReadTag]:
    """Yield the tags that satisfy a condition; one on the whole passage is not marked."""
    if isinstance(part, Clause):
        return
    from pinakes.search.evaluation.tags.tag_conditions import satisfies

    for tag in text.tags:
        if not tag.is_whole and satisfies(part, tag.type, tag.value):
            yield tag


def spans_of(parts: Iterable[Part]) -> tuple[Span, ...]:
    """Return where parts of a query stand in its text, in order."""
    return tuple(sorted([(part.start, part.end) for part in parts]))


def _united(found: Iterable[_Found], base: int) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Yield spans in order, with their places ascending; those that overlap as one, with all.

    Args:
        found: Offsets of a passage.
        base: Where it begins.
    """
    start, end = 0, 0
    places: list[int] = []
    for first, last, place in sorted(found):
        # What is of the same words, or reaches into them, is one.
        if places and first < end:
            end = max(end, last)
            places.append(place)
            continue
        if places:
            yield (base + start, base + end), _each_once(places)
        start, end, places = first, last, [place]
    if places:
        yield (base + start, base + end), _each_once(places)


def _each_once(places: list[int]) -> tuple[int, ...]:
    return tuple(places) if len(places) == 1 else tuple(sorted(set(places)))

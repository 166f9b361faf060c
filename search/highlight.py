"""Where in the passages of an answer the clauses of a query stand: the proof that a reader sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from pinakes.corpus import Kind, Passage, check_time
from pinakes.search.evaluation import Clause
from pinakes.search.evaluation.texts.occurrences import (
    ReadTag,
    ReadText,
    find_occurrences,
    read_passage,
)
from pinakes.search.evaluation.texts.targets import Target
from pinakes.search.evaluation.texts.word_rows import Found, WordRows
from pinakes.search.query import TagCondition

Span = tuple[int, int]
"""First and one past the last."""
Part: TypeAlias = Clause | TagCondition
"""Of a query: what is looked for in texts, or a condition on tags."""
_CHARS_AT_ONCE = 8_000
"""Of texts in which words are looked for at once, before the limit of time is looked at again."""


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
    return Highlighter(given).mark(ToMark(passage, range(len(given)), language, tags))


class ToMark(NamedTuple):
    """A passage in which to mark something.

    Attributes:
        passage: As the article has it.
        numbers: Which of the clauses to mark: their places among those given.
        language: The article's, by which its words were stemmed.
        tags: Of which tags to mark, too.
    """

    passage: Passage
    numbers: Iterable[int]
    language: str
    tags: Collection[TagCondition] = ()


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

    def mark(self, asked: ToMark) -> dict[Span, tuple[Part, ...]]:
        """Return where clauses and tags stand in a passage, and which of them stand there.

        Spans come in order, do not overlap, and are offsets of the article; the parts of each come
        in the order of the clauses, then of the tags, at least one. Pass what counts in this
        passage (`RankedPassage.clauses` and `tags`): what a query merely mentions is no proof.
        """
        parts = (*self._clauses, *asked.tags)
        (found,) = self._find_all([asked])
        return {
            span: tuple([parts[place] for place in places])
            for span, places in _united(found, asked.passage.start)
        }

    def mark_spans(self, asked: Sequence[ToMark]) -> list[dict[Span, tuple[Span, ...]]]:
        """Return of each passage what `mark` does, but of parts where they stand in the query."""
        of_clauses: dict[tuple[int, ...], tuple[Span, ...]] = {}
        marked: list[dict[Span, tuple[Span, ...]]] = []
        for each, found in zip(asked, self._find_all(asked), strict=True):
            parts = (*self._clauses, *each.tags)
            # Tags are of a passage: their numbers mean other ones elsewhere.
            known = {} if each.tags else of_clauses
            spans: dict[Span, tuple[Span, ...]] = {}
            for span, places in _united(found, each.passage.start):
                if places not in known:
                    known[places] = spans_of([parts[place] for place in places])
                spans[span] = known[places]
            marked.append(spans)
        return marked

    def _find_all(self, asked: Sequence[ToMark]) -> list[Collection[Found]]:
        """Return what is found in each passage, of those that are alike at once."""
        alike: dict[tuple[str, bool, tuple[int, ...]], list[int]] = {}
        found: list[Collection[Found]] = [()] * len(asked)
        for at, each in enumerate(asked):
            numbers = tuple(sorted(each.numbers))
            if each.tags:
                found[at] = self._find(each, numbers)
                continue
            kind = (each.language, each.passage.kind is Kind.TITLE, numbers)
            alike.setdefault(kind, []).append(at)
        for (language, _, numbers), places in alike.items():
            looked_for = _looked_for(self._clauses, numbers, asked[places[0]].passage)
            rows = WordRows.of(looked_for, language)
            if rows is None:
                for at in places:
                    found[at] = self._find(asked[at], numbers)
                continue
            for some in _bundled(places, asked):
                check_time()
                texts = [asked[at].passage.text for at in some]
                for at, one in zip(some, rows.find(texts), strict=True):
                    found[at] = one
        return found

    def _find(self, asked: ToMark, numbers: tuple[int, ...]) -> set[Found]:
        check_time()
        text = read_passage(asked.passage, asked.language)
        found: set[Found] = set()
        for place, target in _looked_for(self._clauses, numbers, asked.passage):
            for one in find_occurrences(target, text):
                found.update([(*text.span_of(run), (place,)) for run in one.marked])
                found.update([(*span, (place,)) for span in one.characters])
        for place, condition in enumerate(asked.tags, start=len(self._clauses)):
            found.update([(tag.start, tag.end, (place,)) for tag in _asked(condition, text)])
        return found


def _bundled(places: Iterable[int], asked: Sequence[ToMark]) -> Iterator[list[int]]:
    """Yield some places among `asked` at a time, whose passages are not too long together."""
    bundle: list[int] = []
    chars = 0
    for at in places:
        bundle.append(at)
        chars += len(asked[at].passage.text)
        if chars >= _CHARS_AT_ONCE:
            yield bundle
            bundle, chars = [], 0
    if bundle:
        yield bundle


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


def _asked(condition: TagCondition, text: ReadText) -> Iterator[ReadTag]:
    """Yield the tags that satisfy a condition; one on the whole passage is not marked."""
    from pinakes.search.evaluation.tags.tag_conditions import satisfies

    for tag in text.tags:
        if not tag.is_whole and satisfies(condition, tag.type, tag.value):
            yield tag


def spans_of(parts: Iterable[Part]) -> tuple[Span, ...]:
    """Return where parts of a query stand in its text, in order."""
    return tuple(sorted([(part.start, part.end) for part in parts]))


def _united(found: Iterable[Found], base: int) -> list[tuple[Span, tuple[int, ...]]]:
    """Return spans in order, with their places ascending; those that overlap as one, with all.

    Args:
        found: Offsets of a passage.
        base: Where it begins.
    """
    runs: list[tuple[int, int, list[int]]] = []
    for first, last, numbers in sorted(found):
        # What is of the same words, or reaches into them, is one.
        if runs and first < runs[-1][1]:
            start, end, places = runs[-1]
            places += numbers
            runs[-1] = start, max(end, last), places
        else:
            runs.append((first, last, [*numbers]))
    return [((base + start, base + end), _each_once(places)) for start, end, places in runs]


def _each_once(places: Sequence[int]) -> tuple[int, ...]:
    return tuple(places) if len(places) == 1 else tuple(sorted(set(places)))

"""Where in the passages of an answer the clauses of a query stand: the proof that a reader sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from pinakes.corpus import Kind, Passage, check_time
from pinakes.search.evaluation import Clause
from pinakes.search.evaluation.texts.occurrences import find_occurrences, read_passage
from pinakes.search.query import TagCondition

Span = tuple[int, int]
"""First and one past the last."""
Part: TypeAlias = Clause | TagCondition
"""Of a query: what is looked for in texts, or a condition on tags."""


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
    """Return where clauses and tags stand in `passage`, and which of them stand there.

    Spans come in order, do not overlap, and are offsets of the article; the parts of each come in
    the order in which they were given, clauses first, at least one.

    A word is marked where it stands; a phrase from the start of its first word to the end of its
    last; of what stands near one another, each part that can be of the shortest stretch around
    it; of what stands together, every part wherever it stands there. A tag is marked as it stands,
    but for one on the whole passage. Spans that overlap become one, of all their parts. Pass what
    counts in this passage (`RankedPassage.clauses` and `tags`): what a query merely mentions is no
    proof.

    Args:
        passage: The passage as the article has it.
        clauses: What to look for.
        language: The article's, by which its words were stemmed.
        tags: Of which tags to mark, too.
    """
    check_time()
    text = read_passage(passage, language)
    given: tuple[Part, ...] = (*clauses, *tags)
    found: set[tuple[int, int, int]] = set()
    for place, part in enumerate(given):
        if not isinstance(part, Clause):
            from pinakes.search.evaluation.tags.tag_conditions import satisfies

            found.update(
                (tag.start, tag.end, place)
                for tag in text.tags
                if not tag.is_whole and satisfies(part, tag.type, tag.value)
            )
        elif not part.title_only or passage.kind is Kind.TITLE:
            for one in find_occurrences(part.target, text):
                found.update([(*text.span_of(run), place) for run in one.marked])
                if one.characters:
                    found.update([(*span, place) for span in one.characters])
    base = passage.start
    return {
        (base + start, base + end): tuple([given[place] for place in sorted(places)])
        for start, end, places in _united(found)
    }


def spans_of(parts: Iterable[Part]) -> tuple[Span, ...]:
    """Return where parts of a query stand in its text, in order."""
    return tuple(sorted((part.start, part.end) for part in parts))


def _united(found: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, set[int]]]:
    """Yield spans in order, with their places; those that overlap as one, with all of theirs."""
    start, end, places = 0, 0, set[int]()
    for first, last, place in sorted(found):
        # What is of the same words, or reaches into them, is one.
        if places and first < end:
            end = max(end, last)
            places.add(place)
            continue
        if places:
            yield start, end, places
        start, end, places = first, last, {place}
    if places:
        yield start, end, places

"""Where in the passages of an answer the clauses of a query stand: the proof that a reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pinakes.corpus import Kind, Passage
from pinakes.search.evaluation import Clause
from pinakes.search.evaluation.texts.occurrences import ReadText, find_occurrences

Span = tuple[int, int]
"""First and one past the last."""


def match_spans(passage: Passage, clauses: Iterable[Clause], *, language: str) -> tuple[Span, ...]:
    """Return what `match_clauses` does, without the clauses."""
    return tuple(match_clauses(passage, clauses, language=language))


def match_clauses(
    passage: Passage, clauses: Iterable[Clause], *, language: str
) -> dict[Span, tuple[Clause, ...]]:
    """Return where `clauses` stand in `passage`, and which of them stand there.

    Spans come in order, do not overlap, and are offsets of the article; the clauses of each come in
    the order in which they were given, at least one.

    A word is marked where it stands; a phrase from the start of its first word to the end of its
    last; of what stands near one another, each part that can be of the shortest stretch around
    it; of what stands together, every part wherever it stands there. Spans that overlap become one,
    of all their clauses.
    Pass the clauses that count in this passage (`RankedPassage.clauses`): what a query merely
    mentions is no proof.

    Args:
        passage: The passage as the article has it.
        clauses: What to look for.
        language: The article's, by which its words were stemmed.
    """
    text = ReadText(passage.text, language)
    given = tuple(clauses)
    found: set[tuple[int, int, int]] = set()
    for place, clause in enumerate(given):
        if not clause.title_only or passage.kind is Kind.TITLE:
            for one in find_occurrences(clause.target, text):
                found.update([(*text.span_of(run), place) for run in one.marked])
                if one.characters:
                    found.update([(*span, place) for span in one.characters])
    base = passage.start
    return {
        (base + start, base + end): tuple([given[place] for place in sorted(places)])
        for start, end, places in _united(found)
    }


def spans_of(clauses: Iterable[Clause]) -> tuple[Span, ...]:
    """Return where clauses stand in the query's text."""
    return tuple((clause.start, clause.end) for clause in clauses)


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

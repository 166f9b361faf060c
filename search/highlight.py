"""Where in the passages of an answer the clauses of a query stand: the proof that a reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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
    found: dict[Span, list[int]] = {}
    for place, clause in enumerate(given):
        if not clause.title_only or passage.kind is Kind.TITLE:
            spans: set[Span] = set()
            for one in find_occurrences(clause.target, text):
                spans.update(text.span_of(run) for run in one.marked)
                spans.update(one.characters)
            for span in spans:
                found.setdefault(span, []).append(place)
    return {
        (passage.start + start, passage.start + end): tuple(
            given[place] for place in sorted(places)
        )
        for (start, end), places in _united(found)
    }


def spans_of(clauses: Iterable[Clause]) -> tuple[Span, ...]:
    """Return where clauses stand in the query's text."""
    return tuple((clause.start, clause.end) for clause in clauses)


def _united(found: Mapping[Span, Iterable[int]]) -> Iterator[tuple[Span, set[int]]]:
    """Yield spans in order, with their places; those that overlap as one, with all of theirs."""
    held: tuple[Span, set[int]] | None = None
    for start, end in sorted(found):
        places = found[start, end]
        if held is not None and start < held[0][1]:
            held = (held[0][0], max(end, held[0][1])), held[1].union(places)
            continue
        if held is not None:
            yield held
        held = (start, end), set(places)
    if held is not None:
        yield held

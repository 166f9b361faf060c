"""Where in a passage the clauses of a query stand: the proof that a reader sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pinakes.corpus import Kind, Passage
from pinakes.indexer import stem, words
from pinakes.search.evaluation import Clause

Span = tuple[int, int]


def match_spans(passage: Passage, clauses: Iterable[Clause], *, language: str) -> tuple[Span, ...]:
    """Return where `clauses` stand in `passage`: in order, not overlapping, offsets of the article.

    A word is marked where it stands; a phrase from the start of its first word to the end of its
    last; spans that overlap become one. Pass the clauses that count in this passage
    (`RankedPassage.clauses`): what a query merely mentions is no proof.

    Args:
        passage: The passage as the article has it.
        clauses: What to look for.
        language: The article's, by which its words were stemmed.
    """
    found = words(passage.text)
    folded = [word for _, _, word in found]
    runs: list[Span] = []
    for clause in clauses:
        if clause.title_only and passage.kind is not Kind.TITLE:
            continue
        runs.extend(
            _phrase_runs(folded, clause.words)
            if clause.words
            else _word_runs(folded, clause.stems.get(language), language)
        )
    return tuple(
        (passage.start + start, passage.start + end)
        for start, end in _united((found[first][0], found[last][1]) for first, last in runs)
    )


def _word_runs(folded: list[str], wanted: str | None, language: str) -> Iterator[Span]:
    return (
        (position, position)
        for position, word in enumerate(folded)
        if stem(word, language) == wanted
    )


def _phrase_runs(folded: list[str], phrase: tuple[str, ...]) -> Iterator[Span]:
    last = len(phrase) - 1
    return (
        (position, position + last)
        for position in range(len(folded) - last)
        if folded[position] == phrase[0] and tuple(folded[position : position + last + 1]) == phrase
    )


def _united(spans: Iterable[Span]) -> list[Span]:
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united

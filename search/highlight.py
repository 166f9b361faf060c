"""Where in the passages of an answer the clauses of a query stand: the proof that a reader sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pinakes.corpus import Kind, Passage
from pinakes.search.evaluation import Clause
from pinakes.search.evaluation.texts.occurrences import find_occurrences, read_passage
from pinakes.search.query import TagCondition

Span = tuple[int, int]
"""First and one past the last."""


def match_spans(
    passage: Passage,
    clauses: Iterable[Clause],
    *,
    language: str,
    tags: Collection[TagCondition] = (),
) -> tuple[Span, ...]:
    """Return where `clauses` stand in `passage`: in order, not overlapping, offsets of the article.

    A word is marked where it stands; a phrase from the start of its first word to the end of its
    last; of what stands near one another, each part that can be of the shortest stretch around
    it; of what stands together, every part wherever it stands there. A tag is marked as it stands,
    but for one on the whole passage. Spans that overlap become one. Pass what counts in this
    passage (`RankedPassage.clauses` and `tags`): what a query merely mentions is no proof.

    Args:
        passage: The passage as the article has it.
        clauses: What to look for.
        language: The article's, by which its words were stemmed.
        tags: Of which tags to mark, too.
    """
    text = read_passage(passage, language)
    spans: set[Span] = set()
    for clause in clauses:
        if not clause.title_only or passage.kind is Kind.TITLE:
            for one in find_occurrences(clause.target, text):
                spans.update(text.span_of(run) for run in one.marked)
                spans.update(one.characters)
    if tags:
        from pinakes.search.evaluation.tags.tag_conditions import satisfies

        spans.update(
            (tag.start, tag.end)
            for tag in text.tags
            if not tag.is_whole and any(satisfies(asked, tag.type, tag.value) for asked in tags)
        )
    return tuple((passage.start + start, passage.start + end) for start, end in _united(spans))


def _united(spans: Iterable[Span]) -> list[Span]:
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united

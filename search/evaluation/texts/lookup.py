"""Which passages of a segment hold a clause, and how often."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pinakes.corpus import Article, check_time
from pinakes.indexer import IndexDamagedError, Segment
from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.texts.held import TITLE, Held, held_nowhere, run_starts, sum_runs
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
)
from pinakes.search.evaluation.texts.terms import find_stems, find_words

_READ_AT_ONCE = 200
"""Of so many passages the articles are in memory at a time."""


def find_clause(segment: Segment, clause: Clause) -> Held:
    """Return the passages of `segment` that hold `clause`, deleted articles included."""
    held = find_target(segment, clause.target)
    if clause.title_only:
        held = held.where(segment.passage_kind[held.passages] == TITLE)
    return held


def find_target(segment: Segment, target: Target) -> Held:
    """Return the passages of `segment` that hold `target`, and how often each does."""
    match target:
        case Stems():
            return find_stems(segment, target)
        case AnyWord():
            return find_words(segment, target)
        case Together():
            return _find_together(segment, target)
        case InSentence():
            return find_in_texts(segment, target, Together(target.parts))
        case AsWritten():
            return find_in_texts(segment, target, target.words)
        case Row() | Tagged() | Nearby() | AnyPart():
            from pinakes.search.evaluation.texts.places import find_places

            passages = find_places(segment, target).passages
            firsts = run_starts(passages)
            return Held(passages=passages[firsts], counts=sum_runs(np.ones_like(passages), firsts))


def _find_together(segment: Segment, target: Together) -> Held:
    """Return the passages that hold every part: as often as the rarest of them."""
    first, *others = sorted(
        (find_target(segment, part) for part in target.parts), key=lambda held: len(held.passages)
    )
    passages, counts = first.passages, first.counts
    for other in others:
        rows = other.passages.searchsorted(passages).clip(max=max(0, len(other.passages) - 1))
        if not len(other.passages):
            return held_nowhere()
        is_shared = other.passages[rows] == passages
        passages = passages[is_shared]
        counts = np.minimum(counts[is_shared], other.counts[rows[is_shared]])
    return Held(passages=passages, counts=counts)


def find_in_texts(segment: Segment, target: InSentence | AsWritten, near: Target) -> Held:
    """Return the passages that hold what their texts alone can tell, by reading them.

    Args:
        segment: The segment.
        target: What is looked for.
        near: What the passages that may hold it hold for certain.

    Of articles that are damaged none is held to do so; who gives the texts tells of them.

    Raises:
        IndexDamagedError: The texts of the segment's articles are not there.
    """
    from pinakes.search.evaluation.texts.occurrences import count_occurrences, read_passage

    candidates = find_target(segment, near).passages
    living = segment.live_passages
    if living is not None:
        candidates = candidates[living[candidates]]
    article_of = segment.passage_article[candidates].astype(np.int64)
    keys = segment.article_key[article_of].tolist()
    numbers = (candidates - segment.article_first[article_of]).tolist()
    counts = np.zeros(len(candidates), np.int64)
    texts: Mapping[int, Article | None] = {}
    unread: set[int] = set()
    for row, (key, number) in enumerate(zip(keys, numbers, strict=True)):
        check_time()
        if row % _READ_AT_ONCE == 0:
            texts = target.texts(list(dict.fromkeys(keys[row : row + _READ_AT_ONCE])))
        article = texts.get(key)
        if article is None and key in texts:
            unread.add(key)
            continue
        if article is None or number >= len(article.passages):
            raise IndexDamagedError(segment.path, "it names what the store does not hold")
        text = read_passage(article.passages[number], article.language)
        counts[row] = count_occurrences(target, text)
    if unread:
        from pinakes.search.evaluation.texts.unread import note_unread

        note_unread(segment.path.parent, target, unread)
    rows = counts.nonzero()[0]
    return Held(passages=candidates[rows], counts=counts[rows])

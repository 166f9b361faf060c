"""What the table of contents says of a segment, counted from its columns."""

from __future__ import annotations

import numpy as np

from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.toc import SegmentEntry


def count_segment(segment: Segment, *, deletions: str = "") -> SegmentEntry:
    """Count what is living in a segment; `deletions` names its deletions file."""
    live = segment.live
    spans = np.diff(segment.article_first.astype(np.int64))
    words = segment.article_words
    if live is not None:
        spans, words = spans[live], words[live]
    title, heading, body = words.sum(axis=0, dtype=np.int64).tolist()
    return SegmentEntry(
        name=segment.name,
        articles=segment.article_count,
        passages=segment.passage_count,
        live_articles=len(spans),
        live_passages=int(spans.sum()),
        live_words=(title, heading, body),
        languages=_living_languages(segment),
        deletions=deletions,
    )


def _living_languages(segment: Segment) -> tuple[str, ...]:
    languages = segment.field("lang")
    live = segment.live_passages
    return tuple(
        languages.term(number)
        for number in range(languages.term_count)
        if live is None or live[languages.postings(number).passages].any()
    )

"""Articles in, a segment out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pinakes.corpus import Article, ArticleColumns
from pinakes.indexer.segments.builder import SegmentBuilder
from pinakes.indexer.segments.segment import Segment
from pinakes.indexer.segments.workers import Workers


def build_segment(articles: Iterable[Article | ArticleColumns], path: Path) -> Segment:
    """Write a segment of articles, whose keys ascend, as the file `path`, and open it."""
    with Workers() as workers:
        builder = SegmentBuilder(workers)
        for article in articles:
            builder.add(article)
        builder.write(path)
    return Segment(path)

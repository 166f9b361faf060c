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
        return _build(articles, path, workers, durable=True)


def build_passing_segment(articles: Iterable[Article | ArticleColumns], path: Path) -> Segment:
    """Do as `build_segment`, quickly, of few articles; the file need not survive anything."""
    with Workers(1) as workers:
        return _build(articles, path, workers, durable=False)


def _build(
    articles: Iterable[Article | ArticleColumns], path: Path, workers: Workers, *, durable: bool
) -> Segment:
    builder = SegmentBuilder(workers)
    for article in articles:
        builder.add(article)
    builder.write(path, durable=durable)
    return Segment(path)

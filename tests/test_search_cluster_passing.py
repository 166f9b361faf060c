"""Segments that are made for questions to a cluster, without one."""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import Any

import numpy as np

from pinakes.corpus import ArticleRecord
from pinakes.search.cluster.passing import KeptSegments
from tests.cluster.record_store import record_of
from tests.quick_archives import SMALL, draw_articles


class Overtaken:
    """Stands for a state on a cluster: while it is first asked, another thread asks as well."""

    def __init__(self, kept: KeptSegments) -> None:
        articles = draw_articles(random.Random(1), SMALL)  # noqa: S311
        self._records = {article.key: record_of(article) for article in articles}
        self._kept = kept
        self._is_first = True
        self.all_keys = sorted(self._records)

    @property
    def records(self) -> Overtaken:
        return self

    def with_keys(self, keys: Collection[int], *, words: int) -> list[ArticleRecord]:
        assert words == 0
        if self._is_first:
            self._is_first = False
            self._kept.fetch_keys(self, np.array(self.all_keys[:2]), None)  # type: ignore[arg-type]
        return [self._records[key] for key in sorted(keys)]


def test_an_article_that_two_threads_fetched_is_found_once() -> None:
    kept = KeptSegments()
    view: Any = Overtaken(kept)
    for _ in range(2):
        segments = kept.fetch_keys(view, np.array(view.all_keys), None)
        found: list[int] = []
        for segment in segments:
            living = (
                segment.article_key if segment.live is None else segment.article_key[segment.live]
            )
            found += living.tolist()
        assert sorted(found) == view.all_keys

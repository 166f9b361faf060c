"""Small random archives, opened, with questions to put to them."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pinakes.corpus import Article
from pinakes.indexer import Snapshot
from pinakes.search.options import SearchOptions
from pinakes.search.query import Node
from tests.long_run import memory_folder
from tests.quick_archives import SMALL, TINY, draw_articles, draw_cut, draw_deleted
from tests.quick_queries import draw_question
from tests.random_archives import RandomArchive


@dataclass(frozen=True, kw_only=True)
class Round:
    """An archive, its snapshot, and questions."""

    archive: RandomArchive
    snapshot: Snapshot
    questions: tuple[tuple[Node, SearchOptions], ...]

    def texts(self, _keys: Sequence[int]) -> dict[int, Article]:
        """What evaluation may ask the store for."""
        return {article.key: article for article in self.archive.living}


def draw_rounds(seed: int, *, archives: int, questions: int) -> Iterator[Round]:
    """Yield archives, one after the other, each with so many questions."""
    for number in range(archives):
        luck = random.Random(f"{seed}/{number}")  # noqa: S311
        shape = luck.choice((TINY, TINY, SMALL))
        articles = draw_articles(luck, shape)
        archive = draw_cut(luck, articles, draw_deleted(luck, articles))
        with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
            snapshot = archive.snapshot(Path(folder))
            asked = tuple(draw_question(luck, shape) for _ in range(questions))
            yield Round(archive=archive, snapshot=snapshot, questions=asked)
            del snapshot

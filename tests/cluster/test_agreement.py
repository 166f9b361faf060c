"""An archive on a cluster gives what the definition gives, and what the local engine gives."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from pinakes.corpus import Article, EngineSettings
from pinakes.indexer import Snapshot, snapshot_of_view
from pinakes.indexer.opensearch import ClusterIndex, ClusterView, connect
from pinakes.search.evaluation import evaluate
from tests import long_run
from tests.agreement import differences
from tests.cluster.record_store import RecordStore, record_of
from tests.quick_archives import BULKY, SMALL, TINY, Shape, draw_articles
from tests.quick_queries import draw_question
from tests.reference import Reference


@contextmanager
def on_cluster(urls: list[str], articles: list[Article]) -> Iterator[Snapshot]:
    """Lend a snapshot of articles on a cluster, which are gone from it afterwards."""
    settings = EngineSettings(
        kind="opensearch", urls=tuple(urls), name=f"test-{uuid.uuid4()}", shards=2, replicas=0
    )
    connection = connect(settings, Path("config.toml"))
    with closing(ClusterIndex(connection)) as index:
        store: Any = RecordStore([record_of(article) for article in articles])
        try:
            index.update(store)
            view = ClusterView.open(connection)
            yield snapshot_of_view(view)
            view.close()
        finally:
            index.withdraw("random")


FEW = "search.cluster.narrowing.FEW"


@pytest.mark.parametrize(
    ("shape", "seed", "questions", "few"),
    [
        (TINY, 1, 60, 100),
        (SMALL, 2, 80, 100),
        (SMALL, 3, 80, 0),
        (BULKY, 4, 80, 0),
        (BULKY, 5, 80, 100),
    ],
)
def test_any_query_gives_the_articles_order_passages_spans_and_scores_of_the_reference(
    cluster: Any, shape: Shape, seed: int, questions: int, few: int
) -> None:
    luck = random.Random(seed)  # noqa: S311
    living = draw_articles(luck, shape)
    articles = {article.key: article for article in living}
    max_words = luck.choice((4_096, 3))
    reference = Reference(living, max_words)
    with (
        on_cluster(cluster.urls, living) as snapshot,
        long_run.switched({long_run.MAX_WORDS: max_words, FEW: few}),
    ):
        for number in range(questions):
            root, options = draw_question(luck, shape)
            ranking = evaluate(root, snapshot, options, texts=lambda _: articles)
            found = list(differences(ranking, reference.evaluate(root, options), articles))
            assert found == [], (number, root, options)

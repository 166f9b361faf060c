"""A snapshot in which only some articles live."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer import Snapshot, build_segment, restrict, snapshot_of
from pinakes.indexer.segments.deletions import deletions_of
from pinakes.search.evaluation import evaluate
from pinakes.search.options import SearchOptions
from pinakes.search.query import parse
from tests.small_archive import article


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Snapshot:
    """Articles 1 to 9 in two segments; 2 and 7 are deleted."""
    folder = tmp_path_factory.mktemp("segments")
    segments = []
    for number, keys in enumerate((range(1, 6), range(6, 10))):
        articles = [article(key, f"title: mine {key}", "a shaft") for key in keys]
        segment = build_segment(articles, folder / f"MAIN_{number}.seg")
        live = segment.article_key % 5 != 2
        segments.append(segment.with_deletions(deletions_of(live)))
    return snapshot_of(*segments)


def found(snapshot: Snapshot) -> set[int]:
    root = parse("mine shaft").root
    ranking = evaluate(root, snapshot, SearchOptions(limit=100))
    assert ranking.articles == len(ranking.hits)
    return {hit.key for hit in ranking.hits}


@given(st.sets(st.integers(-2, 12)))
def test_only_living_articles_with_these_keys_live(snapshot, keys):
    restricted = restrict(snapshot, keys)
    living = keys & {1, 3, 4, 5, 6, 8, 9}
    assert found(restricted) == living
    assert (restricted.live_articles, restricted.live_passages) == (len(living), 2 * len(living))
    assert len(restricted.segments) == bool(living & {1, 3, 4, 5}) + bool(living & {6, 8, 9})
    assert restricted.generation == snapshot.generation


def test_the_snapshot_itself_stays_whole(snapshot):
    restrict(snapshot, [1])
    assert found(snapshot) == {1, 3, 4, 5, 6, 8, 9}

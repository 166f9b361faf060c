"""Every example of docs/query-language.md is answered on a cluster as it is in a folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from pinakes.search import Archive, By, Results, Scope, SearchOptions, Sort
from pinakes.search.batch import BatchOptions, answer_batch
from pinakes.search.engines import switch_engine
from tests.answer_table import make_archive
from tests.test_search_query_docs import ARTICLES, NOTE, list_examples

WAYS = {
    "as it is": SearchOptions(facets=("source", "kind", "year", "tag:place"), explain=True),
    "by passages": SearchOptions(scope=Scope.PASSAGE, by=By.PASSAGE, explain=True),
    "by date": SearchOptions(sort=Sort.DATE, scope=Scope.PASSAGE, collapse=False),
    "one a page": SearchOptions(limit=1, half_life_days=300),
    "counted": SearchOptions(limit=0, facets=("source", "kind", "year", "tag:place")),
}
FEW = (0, 100)
"""So many articles are fetched, whatever is asked of them: none but those asked for, or all."""


@pytest.fixture(scope="module")
def twins(
    cluster: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Archive, Archive]]:
    """The same archive, answered from its folder and from the cluster."""
    here = tmp_path_factory.mktemp("language") / "here"
    here.mkdir()
    with make_archive(here, ARTICLES, {"reports/2014/a.md": NOTE}) as archive:
        archive.saved.save("mines", "mine OR quarry")
    there = here.with_name("there")
    shutil.copytree(here, there)
    settings = {"urls": tuple(cluster.urls), "name": f"language-{uuid4().hex[:8]}", "replicas": 0}
    switch_engine(there, "opensearch", settings)
    with ExitStack() as held:
        yield held.enter_context(Archive.open(here)), held.enter_context(Archive.open(there))
    switch_engine(there, "local", {}, is_dropped=True)


def told(archive: Archive, query: str, options: SearchOptions) -> Results:
    return replace(archive.search(query, options=options), took_ms=0.0)


@pytest.mark.parametrize("way", WAYS)
def test_every_example_is_answered_the_same(
    twins: tuple[Archive, Archive], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = twins
    for query in list_examples("What works"):
        expected = told(here, query, WAYS[way])
        for few in FEW:
            monkeypatch.setattr("pinakes.search.cluster.narrowing.FEW", few)
            assert told(there, query, WAYS[way]) == expected, (query, few)


@pytest.mark.parametrize("few", FEW)
def test_cursors_lead_through_all_pages(
    twins: tuple[Archive, Archive], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pinakes.search.cluster.narrowing.FEW", few)
    here, there = twins
    for sort in (Sort.SCORE, Sort.DATE, Sort.NEWEST):
        options = SearchOptions(limit=1, sort=sort)
        pages = 0
        while True:
            page = told(there, "mine OR *", options)
            assert page == told(here, "mine OR *", options)
            pages += 1
            if not page.next:
                break
            options = replace(options, after=page.next)
        assert pages == 4


def test_why_not_tells_the_same_of_every_example(twins: tuple[Archive, Archive]) -> None:
    here, there = twins
    articles = [hit.article.id for hit in here.search("*").hits]
    for query in list_examples("What works"):
        for article in articles:
            assert there.why_not(query, article) == here.why_not(query, article)


def test_a_list_of_queries_and_of_names_is_answered_the_same(
    twins: tuple[Archive, Archive],
) -> None:
    lines = [*list_examples("What works"), "a NEAR/5 kind:quote", "", "Hallen, Viktor", "J. Doe"]
    for are_names in (False, True):
        options = BatchOptions(are_names=are_names, every_tier=are_names)
        here, there = (list(answer_batch(each, lines, options=options)) for each in twins)
        assert there == here

"""Why a query finds nothing, and why it does not find an article."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pinakes.corpus import UnknownArticleError
from pinakes.search import Archive, QueryError, Scope, SearchOptions
from pinakes.search.asking import asker
from pinakes.search.query import Not, Query, walk
from pinakes.search.why import check_article, make_funnel
from tests.quick_rounds import draw_rounds
from tests.two_articles import write_articles


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    folder = write_articles(tmp_path / "articles")
    with Archive.create(folder) as opened:
        opened.index([folder])
        yield opened


def id_of(archive: Archive, word: str) -> str:
    return archive.search(word).hits[0].article.id


def test_a_query_without_hits_tells_what_each_part_leaves(archive: Archive) -> None:
    results = archive.search("humanitarian mine kind:quote date:1999")
    assert [(step.clause, step.alone, step.together) for step in results.funnel] == [
        ("humanitarian", 2, 2),
        ("mine", 1, 1),
        ("kind:quote", 0, 0),
    ]
    (finding,) = results.diagnostics
    assert finding.code == "nothing-found"
    assert "`humanitarian` 2, AND `mine` 1, AND `kind:quote` 0" in finding.message
    assert results.query[finding.start : finding.end] == "kind:quote"


def test_a_part_that_holds_by_itself_says_so(archive: Archive) -> None:
    (finding,) = archive.search("shaft delegates").diagnostics
    assert "`shaft` 1, AND `delegates` 0 (by itself 1)" in finding.message


def test_a_query_with_hits_has_no_funnel(archive: Archive) -> None:
    results = archive.search("humanitarian")
    assert (results.funnel, results.diagnostics, results.suggestions) == ((), (), ())


def test_nothing_is_said_of_a_page_behind_the_last_hit(archive: Archive) -> None:
    options = SearchOptions(offset=5, totals=False)
    assert archive.search("humanitarian", options=options).funnel == ()


def test_why_not_names_the_part_that_fails_and_where_the_others_hold(archive: Archive) -> None:
    why = archive.why_not("shaft families -humanitarian", id_of(archive, "shaft"))
    assert not why.holds
    (failing,) = why.failing
    assert failing.clause == "NOT humanitarian"
    assert "stands there: #2" in failing.reason
    assert [(part.clause, part.holds) for part in why.check.parts] == [
        ("shaft", True),
        ("families", True),
        ("NOT humanitarian", False),
    ]
    assert why.check.parts[0].passages == (2,)


def test_why_not_tells_a_word_from_a_word_in_the_wrong_place(archive: Archive) -> None:
    article = id_of(archive, "shaft")
    (failing,) = archive.why_not("shaft kind:title", article).failing
    assert failing.clause == "shaft"
    assert failing.reason == "holds in the article, but not in passages with `kind:title`"
    (failing,) = archive.why_not("delegates kind:title", article).failing
    assert failing.reason == "stands nowhere in the article"


def test_why_not_looks_into_alternatives_that_all_fail(archive: Archive) -> None:
    why = archive.why_not("mine (delegates OR schedule)", id_of(archive, "shaft"))
    assert [failing.clause for failing in why.failing] == ["delegates", "schedule"]


def test_why_not_in_passages_says_that_the_parts_stand_apart(archive: Archive) -> None:
    narrow = SearchOptions(scope=Scope.PASSAGE)
    article = id_of(archive, "shaft")
    assert archive.why_not("rescued shaft", article).holds
    (failing,) = archive.why_not("rescued shaft", article, options=narrow).failing
    assert failing.reason == "its parts hold in different passages, not in one"


def test_why_not_of_what_is_found_has_nothing_that_fails(archive: Archive) -> None:
    why = archive.why_not("shaft (collapse OR nowhere)", id_of(archive, "shaft"))
    assert why.holds
    assert why.failing == ()


def test_why_not_refuses_what_it_does_not_know(archive: Archive) -> None:
    with pytest.raises(UnknownArticleError):
        archive.why_not("mine", "ffffffff")
    with pytest.raises(QueryError):
        archive.why_not("date:never", id_of(archive, "mine"))


def test_why_not_agrees_with_the_search_and_funnels_end_at_the_total() -> None:
    luck = random.Random(7)  # noqa: S311
    for round_ in draw_rounds(7, archives=25, questions=8):
        ask = asker(round_.snapshot, round_.texts)
        for root, options in round_.questions:
            every = replace(options, by="article", totals=True, limit=1000, offset=0)
            ranking = ask(root, every)
            found = {hit.key: hit for hit in ranking.hits}
            living = round_.archive.living
            for article in luck.sample(living, min(3, len(living))):
                why = check_article(Query(text="", root=root), article, ask, options)
                assert why.holds == (article.key in found)
                assert bool(why.failing) != why.holds
                # Of what is there because something else is not, either may tell more passages.
                if why.holds and not any(isinstance(node, Not) for node in walk(root)):
                    numbers = sorted(p.number for p in found[article.key].passages)
                    assert list(why.check.passages) == numbers
            left = [step.together for step in make_funnel(root, ask, options)]
            assert left == sorted(left, reverse=True)
            assert left[-1:] in ([ranking.articles], [0], [])

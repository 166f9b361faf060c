"""Newer articles before older ones that answer as well: only where that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.search import Archive, By, OptionsError, SearchOptions
from pinakes.search.evaluation.freshness import SHARE, Freshness
from pinakes.search.evaluation.score_parts import ScorePart
from tests.answer_table import make_archive

ARTICLES = """
= 1 language=en published=2010-01-01
The mine was closed. The mine was sold.
= 2 language=en published=2020-01-01
A mine was closed here for years.
= 3 language=en
The mine was closed. Nobody knows when it was.
= 4 language=en published=2020-01-11
A choir sang.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path, ARTICLES, {})


def _asked(archive: Archive, query: str, **options: object) -> dict[str, float]:
    found = archive.search(query, options=SearchOptions(**options))
    return {hit.article.record or hit.article.published: hit.score for hit in found}


@pytest.mark.parametrize("query", ["mine", "mine OR closed", "mine -copper", "mine NEAR/3 closed"])
def test_a_score_is_halved_by_age_and_nothing_else_is_changed(archive: Archive, query: str) -> None:
    plain = _asked(archive, query)
    fresh = _asked(archive, query, half_life_days=10)
    assert set(plain) == set(fresh)
    # Ten days older than the newest article; ten years; nobody knows.
    ratios = sorted(fresh[name] / plain[name] for name in plain)
    assert ratios == pytest.approx([0.5, 0.5, 0.75])


def test_what_is_newer_comes_first(archive: Archive) -> None:
    assert next(iter(_asked(archive, "mine"))) != next(
        iter(_asked(archive, "mine", half_life_days=10))
    )


@pytest.mark.parametrize("by", By)
def test_the_explanation_is_the_score(archive: Archive, by: By) -> None:
    options = SearchOptions(half_life_days=30, explain=True, by=by)
    for hit in archive.search("mine closed", options=options):
        assert isinstance(hit.explanation, ScorePart)
        assert hit.explanation.value == hit.score
        score, factor = hit.explanation.parts
        assert factor.name == "freshness"
        assert score.value * factor.value == hit.score


def test_pages_go_on_with_the_same_preference(archive: Archive) -> None:
    options = SearchOptions(limit=1, half_life_days=10)
    first = archive.search("mine", options=options)
    second = archive.search(
        "mine", options=SearchOptions(limit=1, half_life_days=10, after=first.next)
    )
    assert first.hits[0].score >= second.hits[0].score
    with pytest.raises(OptionsError, match="another"):
        archive.search("mine", options=SearchOptions(limit=1, after=first.next))


@pytest.mark.parametrize("days", [True, 0, -1, 1.5])
def test_a_half_life_is_a_whole_number_of_days(days: object) -> None:
    with pytest.raises(OptionsError, match="half_life_days"):
        SearchOptions(half_life_days=days)


@given(st.integers(1, 800_000), st.integers(0, 800_000), st.integers(1, 10_000))
def test_a_factor_falls_with_age_between_its_ends(newest: int, day: int, half_life: int) -> None:
    freshness = Freshness(newest, half_life)
    assert 1 - SHARE <= freshness.factor(day) <= 1
    assert freshness.factor(day) <= freshness.factor(day + 1)
    assert freshness.factor(max(1, newest)) == 1

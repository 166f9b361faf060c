"""The formulas of a score."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.search.evaluation.bm25 import bm25, bm25f, emphasise, inverse_article_frequency

MEANS = (8.0, 20.0, 400.0)


def _bm25f(*rows: tuple[tuple[int, int, int], tuple[int, int, int]]) -> list[float]:
    counts, lengths = (np.array(column) for column in zip(*rows, strict=True))
    return bm25f(counts, lengths, MEANS).tolist()


@given(articles=st.integers(1, 10**9), data=st.data())
def test_a_clause_has_a_weight_above_zero_however_common_it_is(
    articles: int, data: st.DataObject
) -> None:
    holding = data.draw(st.integers(0, articles))
    assert inverse_article_frequency(articles, holding) > 0


@given(articles=st.integers(1, 10**6), data=st.data())
def test_the_rarer_clause_weighs_more(articles: int, data: st.DataObject) -> None:
    holding = data.draw(st.integers(1, articles))
    rarer = inverse_article_frequency(articles, holding - 1)
    assert rarer > inverse_article_frequency(articles, holding)


@given(articles=st.integers(0, 10**6), data=st.data())
def test_emphasis_keeps_the_order_of_clauses_and_spreads_them(
    articles: int, data: st.DataObject
) -> None:
    common, rare = sorted(
        (
            inverse_article_frequency(articles, data.draw(st.integers(0, articles)))
            for _ in range(2)
        ),
    )
    weak, strong = emphasise(common, articles), emphasise(rare, articles)
    assert 0 < weak <= strong <= rare * (1 + 1e-12)
    assert weak / strong <= common / rare * (1 + 1e-12)


def test_bm25_of_a_passage_of_mean_length_is_tf_over_k1_plus_tf() -> None:
    scores = bm25(np.array([1, 2, 12]), np.array([50, 50, 50]), 50.0)
    assert scores.tolist() == pytest.approx([1 / 2.2, 2 / 3.2, 12 / 13.2])


def test_bm25_prefers_the_shorter_of_two_passages_with_as_many_occurrences() -> None:
    short, long = bm25(np.array([2, 2]), np.array([10, 200]), 50.0)
    assert short > long


def test_bm25f_counts_the_title_three_times_and_headings_twice() -> None:
    lengths = (8, 20, 400)
    title, heading, body = _bm25f(((1, 0, 0), lengths), ((0, 1, 0), lengths), ((0, 0, 1), lengths))
    assert (title, heading, body) == pytest.approx((3 / 4.5, 2 / 3.5, 1 / 2.5))


def test_bm25f_adds_the_zones_before_it_saturates() -> None:
    (both,) = _bm25f(((1, 0, 2), (8, 0, 800)))
    weight = 3 + 2 / (0.25 + 0.75 * 2)
    assert both == pytest.approx(weight / (1.5 + weight))


def test_bm25f_survives_a_zone_that_no_article_has() -> None:
    scores = bm25f(np.array([[0, 0, 1]]), np.array([[0, 0, 5]]), (0.0, 0.0, 5.0))
    assert math.isfinite(scores[0])
    assert scores[0] == pytest.approx(1 / 2.5)

"""The merge policy: few segments, little rewriting, and what is large stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.indexer.segments.merge_policy import LARGE, LARGEST_WORDS, TINY, plan_merges
from pinakes.indexer.toc import SegmentEntry


def entry_of(passages: int, *, articles: int | None = None) -> SegmentEntry:
    """A segment of so many living passages, each an article, and so many articles in all."""
    return SegmentEntry(
        name="MAIN_a",
        articles=passages if articles is None else articles,
        passages=passages,
        live_articles=passages,
        live_passages=passages,
        live_words=(0, 8 * passages, 60 * passages),
        languages=(),
    )


@dataclass
class Life:
    """What became of an index.

    Attributes:
        sizes: Passages of its segments.
        counts: How many segments there were after each commit.
        rewritten: How many passages were written by merges.
    """

    sizes: list[int]
    counts: list[int]
    rewritten: int = 0


def live(commits: Iterable[int], *, start: Iterable[int] = ()) -> Life:
    """Commit so many passages each time, and merge as planned."""
    life = Life(list(start), [])
    for passages in commits:
        life.sizes.append(passages)
        for first, last in reversed(plan_merges([entry_of(size) for size in life.sizes])):
            life.sizes[first:last] = [sum(life.sizes[first:last])]
            life.rewritten += life.sizes[first]
        life.counts.append(len(life.sizes))
    return life


def test_ten_thousand_small_commits_leave_four_segments_on_average() -> None:
    life = live([10] * 10_000)
    assert sum(life.counts) <= 4 * 10_000
    assert max(life.counts) <= 6
    assert life.rewritten <= 27 * 100_000


def test_small_commits_leave_a_large_segment_alone() -> None:
    life = live([100] * 1_000, start=[280_000])
    assert life.sizes[0] == 280_000
    assert max(life.counts) <= 7


def test_what_is_loaded_in_bulk_is_not_rewritten() -> None:
    assert live([280_000] * 10).rewritten == 0
    assert live([450_000] * 7).rewritten == 0
    life = live([280_000] * 100)
    assert max(life.counts) <= 20
    assert life.rewritten <= sum(life.sizes)
    assert max(life.sizes) * 68 <= LARGEST_WORDS


@given(st.lists(st.integers(1, 3 * TINY), max_size=150))
def test_up_to_a_large_segment_their_number_is_logarithmic(commits: list[int]) -> None:
    life = live(commits)
    total = sum(commits)
    if total <= LARGE:
        assert len(life.sizes) <= 4 + log2(max(1, total / TINY))


@given(st.lists(st.integers(0, 2 * LARGE), max_size=40))
def test_runs_are_apart_in_order_and_save_segments(sizes: list[int]) -> None:
    runs = plan_merges([entry_of(size) for size in sizes])
    bounds = [bound for run in runs for bound in run]
    assert bounds == sorted(bounds)
    assert all(0 <= first < last <= len(sizes) for first, last in runs)
    assert all(last - first > 1 for first, last in runs)


@pytest.mark.parametrize("after", [5_000, 300_000])
def test_a_segment_that_is_mostly_deleted_is_rewritten_by_itself(after: int) -> None:
    mostly_deleted = entry_of(200_000, articles=400_001)
    assert plan_merges([mostly_deleted, entry_of(after)]) == [(0, 1)]
    assert plan_merges([entry_of(200_000, articles=400_000), entry_of(after)]) == []

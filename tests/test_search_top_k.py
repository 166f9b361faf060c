"""The first units by bounds are the first units by scores."""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.search.evaluation.first_hits.top_k import (
    Shared,
    Top,
    share_units,
    top_of_all,
    top_of_any,
)

UNITS = 60
SIZES = [3, 10, 30]


class Listed:
    """Units with what a clause adds to each, and bounds that are now and then above it."""

    def __init__(self, added: dict[int, float], slack: Sequence[float]) -> None:
        self.units = np.array(sorted(added), np.uint32)
        self.scored_at_once = 0
        self.added = np.zeros(UNITS)
        self.added[list(added)] = list(added.values())
        self._bounds = np.zeros(UNITS, np.float32)
        for place, unit in enumerate(sorted(added)):
            self._bounds[unit] = (added[unit] + slack[place % len(slack)]) * (1 + 1e-6)
        self.most = float(self._bounds.max())

    def bounds(self) -> npt.NDArray[np.float32]:
        return self._bounds[self.units]

    @property
    def marks(self) -> npt.NDArray[np.float32]:
        return self.bounds()

    def marks_in(self, units: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        return self._bounds[units]

    def bounds_of(self, marks: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return marks

    def scores(self) -> npt.NDArray[np.float64]:
        return self.added[self.units]

    def champions(self) -> tuple[npt.NDArray[np.int64], float]:
        order = np.argsort(-self.bounds(), kind="stable")
        rest = self.bounds()[order[3:]]
        return np.sort(self.units[order[:3]]).astype(np.int64), float(rest.max(initial=0))


AMOUNTS = st.sampled_from([0.25, 0.5, 1.0, 1.5, 3.0])
LISTS = st.lists(
    st.builds(
        Listed,
        st.dictionaries(st.integers(0, UNITS - 1), AMOUNTS, min_size=1, max_size=UNITS),
        st.lists(st.sampled_from([0.0, 0.0, 0.1, 2.0]), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=5,
)


def scored(lists: Sequence[Listed], units: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.sum([each.added[units] for each in lists], axis=0)


def expected(lists: Sequence[Listed], units: Sequence[int], count: int) -> list[int]:
    scores = scored(lists, np.arange(UNITS))
    return sorted(units, key=lambda unit: (-scores[unit], unit))[:count]


def check(lists: Sequence[Listed], top: Top, units: Sequence[int], count: int) -> None:
    assert top.units.tolist() == expected(lists, units, count)
    assert top.scores.tolist() == scored(lists, top.units).tolist()


@settings(max_examples=400, deadline=None)
@given(lists=LISTS, count=st.integers(0, 20), at_once=st.sampled_from([0, 5, 500]))
def test_of_any_clause_the_best_come_first_ties_by_place(
    lists: list[Listed], count: int, at_once: int
) -> None:
    units = sorted({unit for each in lists for unit in each.units.tolist()})
    lists[0].scored_at_once = at_once
    top = top_of_any(lists, count, lambda some: scored(lists, some))
    check(lists, top, units, count)


@settings(max_examples=400, deadline=None)
@given(lists=LISTS, count=st.integers(0, 20), at_once=st.sampled_from([0, 5, 500]))
def test_of_all_clauses_only_what_holds_each_comes(
    lists: list[Listed], count: int, at_once: int
) -> None:
    units = sorted(set.intersection(*(set(each.units.tolist()) for each in lists)))
    shared = share_units(lists)
    assert shared.units.tolist() == units
    lists[0].scored_at_once = at_once

    def score(some: Shared) -> npt.NDArray[np.float64]:
        for each, marks in zip(lists, some.marks, strict=True):
            assert marks.tolist() == each.marks_in(some.units).tolist()
        return scored(lists, some.units)

    check(lists, top_of_all(lists, shared, count, score), units, count)


def test_sums_of_bounds_leave_out_nothing_that_belongs_to_the_first() -> None:
    # Many lists of nearly equal worth, in which a unit owes its place to several of them.
    luck = random.Random(30)  # noqa: S311
    for _ in range(3_000):
        lists = [
            Listed(
                {
                    unit: luck.uniform(1, 2)
                    for unit in luck.sample(range(UNITS), luck.choice(SIZES))
                },
                [0.0],
            )
            for _ in range(luck.choice([3, 4, 6]))
        ]
        units = sorted({unit for each in lists for unit in each.units.tolist()})
        count = luck.choice([1, 2, 5])
        top = top_of_any(lists, count, functools.partial(scored, lists))
        check(lists, top, units, count)


def test_what_cannot_be_among_the_first_is_not_scored() -> None:
    rare = Listed({3: 9.0, 7: 8.0}, [0.0])
    common = Listed(dict.fromkeys(range(UNITS), 0.25), [0.0])
    asked: set[int] = set()

    def score(units: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        asked.update(units.tolist())
        return scored([rare, common], units)

    top = top_of_any([rare, common], 2, score)
    assert top.units.tolist() == [3, 7]
    assert asked == {3, 7}

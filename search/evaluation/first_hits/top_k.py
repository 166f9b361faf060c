"""The units with the highest scores for clauses joined by OR or by AND, without scoring the rest.

MaxScore (H. Turtle, J. Flood: Query Evaluation: Strategies and Optimizations, 1995) on whole
arrays: each list bounds what it adds to the score of a unit, so units are sifted by sums of bounds,
and only what can still be among the first is scored by the formula itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np

from pinakes.search.evaluation.bm25 import Floats
from pinakes.search.evaluation.texts.held import Array, Ordinals, merge

_SUMMED = 700
Score: TypeAlias = Callable[[Ordinals], Floats]
"""The scores of some units, exactly."""


class Shared(NamedTuple):
    """Units that hold every clause.

    Attributes:
        units: Ascending, each once.
        marks: By list: its marks of these units.
    """

    units: Ordinals
    marks: Sequence[Array]

    def at(self, rows: Ordinals) -> Shared:
        """Return some of them."""
        return Shared(self.units.take(rows), [marks.take(rows) for marks in self.marks])


class BoundedList(Protocol):
    """The units (passages or articles) that hold a clause, and the most it adds to each score."""

    units: Array
    """Ascending, each once; of any integer type."""
    scored_at_once: int
    """So few units are scored sooner than they are sifted."""

    @property
    def most(self) -> float:
        """The most it adds to any score."""

    @property
    def marks(self) -> Array:
        """A number for each of its units, above 0, which says what it adds at the most."""

    def marks_in(self, units: Ordinals) -> Array:
        """Return the mark of each of `units`, 0 where the clause is not."""

    def bounds_of(self, marks: Array) -> Array:
        """Return the most it adds to the score of units with such marks, as float32."""

    def bounds(self) -> Array:
        """Return the most it adds to the score of each of its units, as float32."""

    def scores(self) -> Floats:
        """Return the score of each of its units in a query of this clause alone."""

    def champions(self) -> tuple[Ordinals, float]:
        """Return some units with the highest bounds, ascending, and the most that others have."""


class Top(NamedTuple):
    """The first units of a ranking.

    Attributes:
        units: Best first; ties go by place.
        scores: Theirs.
    """

    units: Ordinals
    scores: Floats


def share_units(lists: Sequence[BoundedList]) -> Shared:
    """Return the units that hold every clause; the rarest decides, the others are only probed."""
    order = sorted(range(len(lists)), key=lambda place: len(lists[place].units))
    rarest = lists[order[0]]
    units = rarest.units.astype(np.int64)
    found = {order[0]: rarest.marks}
    for place in order[1:]:
        marks = lists[place].marks_in(units)
        # Of flags numpy finds many times faster which are set than of numbers.
        rows = marks.astype(np.bool_).nonzero()[0]
        found[place] = marks
        if len(rows) < len(units):
            units = units.take(rows)
            found = {place: marks.take(rows) for place, marks in found.items()}
    return Shared(units, [found[place] for place in range(len(lists))])


def top_of_all(
    lists: Sequence[BoundedList], shared: Shared, count: int, score: Callable[[Shared], Floats]
) -> Top:
    """Return the `count` best of the units that hold every clause."""
    if not len(shared.units):
        return Top(shared.units, np.empty(0))
    if len(shared.units) > max(lists[0].scored_at_once, count) and count:
        bounds = lists[0].bounds_of(shared.marks[0])
        for each, marks in zip(lists[1:], shared.marks[1:], strict=True):
            bounds = bounds + each.bounds_of(marks)
        best = bounds.argpartition(len(bounds) - count)[-count:]
        best.sort()
        least = _slack(lists) * float(score(shared.at(best)).min())
        shared = shared.at((bounds >= np.float32(least)).nonzero()[0])
    return _first(shared.units, score(shared), count)


def top_of_any(lists: Sequence[BoundedList], count: int, score: Score) -> Top:
    """Return the `count` best of the units that hold any clause; nobody counts the others.

    Lists are worked off by what they can add, the most first. A unit is judged when it comes up in
    the first list that has it: in a later one it could get no more than that list and those behind
    it add up to, and once the `count`-th best has more than that, they need not be looked at.
    """
    if len(lists) == 1:
        return _top_of_one(lists[0], count, score)
    if sum(len(each.units) for each in lists) <= lists[0].scored_at_once:
        units = merge([each.units for each in lists]).astype(np.int64)
        return _first(units, score(units), count)
    if _are_summed_sooner(lists):
        return _top_by_sums(lists, count, score)
    ordered = sorted(lists, key=lambda each: each.most, reverse=True)
    rest, slack = _sums_after(ordered), _slack(ordered)
    threshold = 0.0
    kept: list[tuple[Ordinals, Array]] = []
    for place, each in enumerate(ordered):
        if slack * threshold - rest[place] > each.most:
            break
        units, bounds = _above(slack * threshold - rest[place], each.units, each.bounds())
        units = units.astype(np.int64, copy=False)
        for later in range(place + 1, len(ordered)):
            bounds = bounds + ordered[later].bounds_of(ordered[later].marks_in(units))
            units, bounds = _above(slack * threshold - rest[later], units, bounds)
        threshold = max(threshold, _threshold(units, bounds, count, score))
        kept.append((units, bounds))
    units = merge([_above(slack * threshold, *each)[0] for each in kept])
    return _first(units, score(units), count)


def _top_of_one(single: BoundedList, count: int, score: Score) -> Top:
    if len(single.units) <= single.scored_at_once:
        return _first(single.units, single.scores(), count)
    champions, others = single.champions()
    top = _first(champions, score(champions), count)
    worst = float(top.scores[-1]) if len(top.scores) == count and count else 0.0
    if others < worst * _slack([single]):
        return top
    units = _above(_slack([single]) * worst, single.units, single.bounds())[0].astype(
        np.int64, copy=False
    )
    return _first(units, score(units), count)


def _are_summed_sooner(lists: Sequence[BoundedList]) -> bool:
    """Return whether to add up all bounds takes less than to look up those that matter.

    Of many lists each is looked up for the units of every one before it, and each look takes its
    time however few they are: as long as to add up some `_SUMMED` bounds, as measured.
    """
    units = _end_of(lists) + sum(len(each.units) for each in lists)
    return units <= _SUMMED * len(lists) ** 2


def _end_of(lists: Sequence[BoundedList]) -> int:
    return max((int(each.units[-1]) + 1 for each in lists if len(each.units)), default=0)


def _top_by_sums(lists: Sequence[BoundedList], count: int, score: Score) -> Top:
    """Return the `count` best of the units that hold any clause, by the sums of their bounds."""
    sums = np.zeros(_end_of(lists), np.float32)
    for each in lists:
        sums[each.units] += each.bounds()
    units = sums.nonzero()[0]
    bounds = sums.take(units)
    least = _slack(lists) * _threshold(units, bounds, count, score)
    units, _ = _above(least, units, bounds)
    return _first(units, score(units), count)


def _slack(lists: Sequence[BoundedList]) -> float:
    """Return what part of a score a sum of bounds, in 32-bit numbers, reaches for certain."""
    return 1 - 1e-5 - len(lists) * 2**-22


def _sums_after(ordered: Sequence[BoundedList]) -> list[float]:
    """Return for each list what all lists behind it add up to at the most."""
    sums = [0.0]
    for each in reversed(ordered[1:]):
        sums.append(sums[-1] + each.most)
    return sums[::-1]


def _above(least: float, units: Array, bounds: Array) -> tuple[Array, Array]:
    """Return the units whose bound is not below `least`, with their bounds."""
    if least <= 0:
        return units, bounds
    rows = (bounds >= np.float32(least)).nonzero()[0]
    if len(rows) == len(units):
        return units, bounds
    return units.take(rows), bounds.take(rows)


def _threshold(units: Ordinals, bounds: Array, count: int, score: Score) -> float:
    """Return a score that `count` of `units` reach; 0 if there are too few."""
    if len(units) < count or not count:
        return 0.0
    best = units.take(bounds.argpartition(len(bounds) - count)[-count:])
    best.sort()
    return float(score(best).min())


def _first(units: Array, scores: Floats, count: int) -> Top:
    """Return the `count` best of `units`, which ascend."""
    if len(scores) > 4 * count > 0:
        worst = np.partition(scores, len(scores) - count)[-count]
        rows = (scores >= worst).nonzero()[0]
        units, scores = units.take(rows), scores.take(rows)
    order = (-scores).argsort(kind="stable")[:count]
    return Top(units.take(order), scores.take(order))

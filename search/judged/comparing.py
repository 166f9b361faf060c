"""Whether one run is better than another, question by question."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pinakes.search.judged.figures import Figure, Figures, bound_mean

PERMUTATIONS = 10_000
_SEED = 8
_AT_ONCE = 1000
_EQUAL = 1e-9


class Comparison(NamedTuple):
    """How a measure of one run differs from that of another.

    Attributes:
        measure: Its name.
        difference: Of the means, with its 95 % interval; above 0 the first run is better.
        p: How likely a mean difference at least as large is if the runs are equally good.
        better: Questions that the first run answers better.
        worse: Questions that it answers worse.
        by_question: Each question with its difference, the largest first, whatever its sign.
    """

    measure: str
    difference: Figure
    p: float
    better: int
    worse: int
    by_question: tuple[tuple[str, float], ...]


def compare(one: Figures, other: Figures, measure: str) -> Comparison:
    """Return how `one` differs from `other` by a measure; both are of the same judgements."""
    differences = one.values[measure] - other.values[measure]
    order = sorted(zip(one.questions, differences.tolist(), strict=True), key=lambda x: -abs(x[1]))
    return Comparison(
        measure=measure,
        difference=bound_mean(differences),
        p=find_p(differences),
        better=int(np.count_nonzero(differences > _EQUAL)),
        worse=int(np.count_nonzero(differences < -_EQUAL)),
        by_question=tuple(order),
    )


def find_p(differences: npt.NDArray[np.float64]) -> float:
    """Return the two-sided p of a mean difference, by Fisher's randomisation test.

    Signs are drawn at random `PERMUTATIONS` times, always of the same random numbers; the result is
    the share of means at least as far from 0, that of the data counted in, so never 0. M. Smucker,
    J. Allan, B. Carterette: A Comparison of Statistical Significance Tests for Information
    Retrieval Evaluation (CIKM 2007).
    """
    differing = differences[np.abs(differences) > _EQUAL]
    if not len(differing):
        return 1.0
    numbers = np.random.default_rng(_SEED)
    least = abs(differing.sum()) * (1 - _EQUAL)
    as_far = 1
    for _ in range(PERMUTATIONS // _AT_ONCE):
        signs = numbers.integers(0, 2, (_AT_ONCE, len(differing)), dtype=np.int8) * 2 - 1
        as_far += int(np.count_nonzero(np.abs(signs @ differing) >= least))
    return as_far / (PERMUTATIONS + 1)

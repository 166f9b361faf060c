"""How good a run is, by the measures of trec_eval.

The measures are those of `ir_measures`, which has trec_eval's own code compute them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pinakes.corpus import PinakesError
from pinakes.search.judged.files import Judgements, Run

MEASURES: Mapping[str, str] = {
    "nDCG@10": "nDCG@10",
    "MAP": "AP",
    "MRR": "RR",
    "recall@100": "R@100",
}
"""What we call each measure, and what `ir_measures` does."""
SAMPLES = 2000
"""How often questions are drawn anew for an interval."""
_SEED = 8
_LOOKED_AT = 10


class MeasuresMissingError(PinakesError):
    """The package that computes measures is not installed."""

    def __init__(self) -> None:
        super().__init__("measures need ir_measures; install it with pip install 'pinakes[eval]'")


class Figure(NamedTuple):
    """A mean over questions, and between which bounds it may lie with others of their kind.

    Attributes:
        mean: From 0 to 1.
        low: Below it, 2.5 % of means of questions drawn anew.
        high: Above it, as many.
    """

    mean: float
    low: float
    high: float


class Figures(NamedTuple):
    """How good a run is.

    Attributes:
        questions: The judged ones, in order; each has a value, 0 where the run has no answer.
        values: By measure, as `MEASURES` names them: the value of each question, from 0 to 1.
        means: By measure.
        answerable: By measure, the mean over the questions with a relevant article alone.
        without_relevant: How many questions have no relevant article: trec_eval counts them as 0.
        unanswered: How many judged questions the run has no answer to.
        unjudged: How many of the first ten articles of all answers are not judged.
        looked_at: How many first ten articles there are in all.
        not_judged: Questions that the run answers and nobody judged: they are left out.
    """

    questions: tuple[str, ...]
    values: Mapping[str, npt.NDArray[np.float64]]
    means: Mapping[str, Figure]
    answerable: Mapping[str, float]
    without_relevant: int
    unanswered: int
    unjudged: int
    looked_at: int
    not_judged: int


def measure_run(run: Run, judgements: Judgements) -> Figures:
    """Return how good a run is by judgements, over all judged questions.

    Raises:
        MeasuresMissingError: `ir_measures` is not installed.
    """
    questions = tuple(judgements)
    values = _values(run, judgements, questions)
    has_relevant = np.array([any(g > 0 for g in judgements[name].values()) for name in questions])
    first = {name: _first(run.get(name, ())) for name in questions}
    unjudged = [len([a for a in first[name] if a not in judgements[name]]) for name in questions]
    return Figures(
        questions=questions,
        values=values,
        means={name: bound_mean(each) for name, each in values.items()},
        answerable={
            name: float(each[has_relevant].mean()) if has_relevant.any() else 0.0
            for name, each in values.items()
        },
        without_relevant=int(np.count_nonzero(~has_relevant)),
        unanswered=sum(not run.get(name) for name in questions),
        unjudged=sum(unjudged),
        looked_at=sum(map(len, first.values())),
        not_judged=sum(name not in judgements for name in run),
    )


def _values(
    run: Run, judgements: Judgements, questions: Sequence[str]
) -> dict[str, npt.NDArray[np.float64]]:
    try:
        import ir_measures
    except ImportError as error:
        raise MeasuresMissingError from error
    measures = {name: ir_measures.parse_measure(own) for name, own in MEASURES.items()}
    judged = {question: dict(grades) for question, grades in judgements.items()}
    answers = {question: dict(answer) for question, answer in run.items() if answer}
    found = {name: dict.fromkeys(questions, 0.0) for name in MEASURES}
    name_of = {measure: name for name, measure in measures.items()}
    for each in ir_measures.iter_calc(list(measures.values()), judged, answers):
        if each.query_id in judgements:
            found[name_of[each.measure]][each.query_id] = float(each.value)
    return {name: np.array(list(by.values()), np.float64) for name, by in found.items()}


def _first(answer: Sequence[tuple[str, float]]) -> list[str]:
    """Return the first articles of an answer, as trec_eval orders them: by score, then by name."""
    ordered = sorted(answer, key=lambda each: (each[1], each[0]), reverse=True)
    return [article for article, _ in ordered[:_LOOKED_AT]]


def bound_mean(values: npt.NDArray[np.float64], *, samples: int = SAMPLES) -> Figure:
    """Return the mean of the values of questions, with its 95 % interval by the bootstrap.

    The percentile bootstrap (B. Efron, R. Tibshirani: An Introduction to the Bootstrap, 1993,
    chapter 13), always of the same random numbers.
    """
    if not len(values):
        return Figure(0.0, 0.0, 0.0)
    numbers = np.random.default_rng(_SEED)
    means = [
        values.take(numbers.integers(0, len(values), len(values))).mean() for _ in range(samples)
    ]
    low, high = np.percentile(means, (2.5, 97.5)).tolist()
    return Figure(float(values.mean()), low, high)

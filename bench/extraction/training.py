"""Trains the model of main content: by folds, to judge it, and on all pages, to ship it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bench.extraction.boosting import grow
from bench.extraction.learned_weights import learn_weights
from bench.extraction.page_sets import fold_of
from bench.extraction.samples import Sample, choose_blocks, stack_rows, weigh_blocks
from bench.extraction.thinning import thin
from pinakes.corpus.readers.html.features import Weights, block_features
from pinakes.corpus.readers.html.model import ContentModel
from pinakes.corpus.readers.html.second_look import second_features
from pinakes.corpus.readers.html.trees import Trees

THRESHOLD = 0.58
_FIRST_TREES = 110
_SECOND_TREES = 90
# How much a page of a set counts: those of 2012 less, the few in many languages more.
_SHARES = {"dragnet": 50.0, "wcxb-dev": 100.0, "readability": 150.0}
_SHARE_OF_OTHERS = 0.4
# Of so many pages there is a small one too.
_THINNED = 0.5
# One site in so many is learned from as if it were in a language never seen.
_FOREIGN = 5

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trained:
    """The model of all pages, and for each fold that of the pages outside it."""

    shipped: ContentModel
    folds: Sequence[ContentModel]


def train(samples: Sequence[Sample], *, fold_count: int, say: Callable[[str], None]) -> Trained:
    """Return the models, `fold_count` of them for folds.

    What is learned of a page's neighbourhood is learned from likelihoods, and these from weights of
    names, of models that have not seen the page.
    """
    whole = samples
    samples = [*whole, *_thinned(whole)]
    folds = np.asarray([fold_of(sample.site, fold_count) for sample in samples])
    weights = [
        learn_weights(sample.counts for sample in whole if fold_of(sample.site, fold_count) != out)
        for out in range(fold_count)
    ]
    say("weights learned")
    rows = [
        block_features(sample.observed, _without_words(weights[fold], sample.site))
        for sample, fold in zip(samples, folds, strict=True)
    ]
    chosen = _Chosen(samples, folds)
    first = [chosen.grow(rows, trees=_FIRST_TREES, outside=fold) for fold in range(fold_count)]
    say("first stage trained")
    both = [
        _with_second(sample, row, first[fold])
        for sample, row, fold in zip(samples, rows, folds, strict=True)
    ]
    second = [chosen.grow(both, trees=_SECOND_TREES, outside=fold) for fold in range(fold_count)]
    say("second stage trained")
    shipped = _model(
        learn_weights(sample.counts for sample in whole),
        chosen.grow(rows, trees=_FIRST_TREES),
        chosen.grow(both, trees=_SECOND_TREES),
    )
    return Trained(shipped=shipped, folds=list(map(_model, weights, first, second)))


def _thinned(samples: Sequence[Sample]) -> list[Sample]:
    random = np.random.default_rng(2)
    made = (thin(sample, random) for sample in samples if random.random() < _THINNED)
    return [sample for sample in made if sample is not None]


def _without_words(weights: Weights, site: str) -> Weights:
    is_foreign = fold_of(f"words of {site}", _FOREIGN) == 0
    return replace(weights, words={}) if is_foreign else weights


def _model(weights: Weights, first: Trees, second: Trees) -> ContentModel:
    return ContentModel(weights=weights, first=first, second=second, threshold=THRESHOLD)


def _with_second(sample: Sample, rows: Floats, first: Trees) -> Floats:
    looked_again = second_features(sample.observed.shape, first.predict(rows))
    return np.concatenate([rows, looked_again], axis=1)


class _Chosen:
    """The blocks to learn from, the same in every stage."""

    def __init__(self, samples: Sequence[Sample], folds: NDArray[np.int64]) -> None:
        random = np.random.default_rng(1)
        self._folds = folds
        self._blocks: list[NDArray[np.int64]] = []
        self._labels: list[NDArray[np.float64]] = []
        self._weights: list[NDArray[np.float64]] = []
        for sample in samples:
            blocks, factors = choose_blocks(sample, random)
            share = _SHARES[sample.set] * (1.0 if sample.is_article else _SHARE_OF_OTHERS)
            weights = weigh_blocks(sample, share=share)
            self._blocks.append(blocks)
            self._labels.append(sample.labels[blocks])
            self._weights.append(weights[blocks] * factors)

    def grow(self, rows: Sequence[Floats], *, trees: int, outside: int = -1) -> Trees:
        """Return trees grown from the pages that are not in the fold `outside`."""
        pages = np.flatnonzero(self._folds != outside).tolist()
        return grow(
            stack_rows([rows[page][self._blocks[page]] for page in pages]),
            np.concatenate([self._labels[page] for page in pages]),
            np.concatenate([self._weights[page] for page in pages]),
            trees=trees,
        )

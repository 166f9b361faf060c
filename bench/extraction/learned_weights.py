"""Learns how much names of elements and words of short blocks speak for content."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.readers.html.features import Observed, Weights

_FEWEST_PAGES_NAME = 6
_FEWEST_PAGES_WORD = 8
# Pages of the average kind that are added to what was seen of each name.
_PRIOR_PAGES = 4.0
_LEAST_WEIGHT = 0.15

Shares = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCounts:
    """Of one page for each name and word how much of what it is said of is content.

    Attributes:
        names: Share of content in the text under elements called so, and the page's weight, 1.
        words: Share of content among the short blocks that say it, and the page's weight, 1.
    """

    names: Mapping[str, float]
    words: Mapping[str, float]


def count_page(observed: Observed, labels: Sequence[float]) -> PageCounts:
    """Return what one page says of each name and word."""
    return PageCounts(
        names=_name_shares(observed, np.asarray(labels)), words=_word_shares(observed, labels)
    )


def _name_shares(observed: Observed, labels: NDArray[np.float64]) -> dict[str, float]:
    shape = observed.shape
    mass = np.sqrt(shape.chars)
    whole, content = shape.sum_below(mass), shape.sum_below(mass * labels)
    sums: dict[str, list[float]] = {}
    for node, look in enumerate(shape.look):
        if whole[node] > 0:
            for name in shape.looks[look]:
                found = sums.setdefault(name, [0.0, 0.0])
                found[0] += whole[node]
                found[1] += content[node]
    return {name: content / whole for name, (whole, content) in sums.items()}


def _word_shares(observed: Observed, labels: Sequence[float]) -> dict[str, float]:
    sums: dict[str, list[float]] = {}
    for words, label in zip(observed.words, labels, strict=True):
        for word in set(words):
            found = sums.setdefault(word, [0.0, 0.0])
            found[0] += 1.0
            found[1] += label
    return {word: content / whole for word, (whole, content) in sums.items()}


def learn_weights(pages: Iterable[PageCounts]) -> Weights:
    """Return the log odds of content of each name and word, less those of the average one."""
    counted = list(pages)
    return Weights(
        names=_log_odds([page.names for page in counted], fewest=_FEWEST_PAGES_NAME),
        words=_log_odds([page.words for page in counted], fewest=_FEWEST_PAGES_WORD),
    )


def _log_odds(pages: Sequence[Mapping[str, float]], *, fewest: int) -> dict[str, float]:
    sums: dict[str, list[float]] = {}
    for page in pages:
        for name, share in page.items():
            found = sums.setdefault(name, [0.0, 0.0])
            found[0] += 1.0
            found[1] += share
    total = sum(count for count, _ in sums.values())
    usual = sum(content for _, content in sums.values()) / max(total, 1.0)
    weights = {}
    for name, (count, content) in sorted(sums.items()):
        if count >= fewest:
            share = (content + _PRIOR_PAGES * usual) / (count + _PRIOR_PAGES)
            weight = math.log(share / (1 - share)) - math.log(usual / (1 - usual))
            if abs(weight) >= _LEAST_WEIGHT:
                weights[name] = round(weight, 3)
    return weights

"""The pieces of the ranking of questions, and what it is without each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from pinakes.search.judged import Collection
from pinakes.search.questions import DEFAULT_WEIGHTS, QuestionWeights


class Setting(NamedTuple):
    """A way of ranking.

    Attributes:
        weights: What each part of a question counts.
        constants: What is set otherwise in `bm25.py`, by name.
        has_feedback: Questions are widened by what answers them first.
    """

    weights: QuestionWeights = DEFAULT_WEIGHTS
    constants: Mapping[str, Any] = {}
    has_feedback: bool = False


_PLAIN_WEIGHTS = DEFAULT_WEIGHTS._replace(stop=1.0, exact=0.0, pair=0.0, quoted=0.0, language=0.0)
_OFF: Mapping[str, Mapping[str, Any]] = {
    "emphasis": {"RARITY_POWER": 0.0},
    "passage": {"PASSAGE_SHARE": 0.0},
    "title": {"ZONE_WEIGHTS": (1.0, 1.0, 1.0)},
    "k1": {"ARTICLE_K1": 1.2, "ZONE_B": (0.75, 0.75, 0.75)},
}
PIECES: Mapping[str, Setting] = {
    "stop": Setting(DEFAULT_WEIGHTS._replace(stop=1.0)),
    "exact": Setting(DEFAULT_WEIGHTS._replace(exact=0.0)),
    "pair": Setting(DEFAULT_WEIGHTS._replace(pair=0.0)),
    "quoted": Setting(DEFAULT_WEIGHTS._replace(quoted=0.0)),
    "language": Setting(DEFAULT_WEIGHTS._replace(language=0.0)),
    **{name: Setting(constants=off) for name, off in _OFF.items()},
    "all": Setting(
        _PLAIN_WEIGHTS, {key: value for off in _OFF.values() for key, value in off.items()}
    ),
}
"""What the ranking is without each piece, and without all: BM25 with its usual constants."""


@contextmanager
def set_constants(constants: Mapping[str, Any], collection: Collection) -> Iterator[None]:
    """Rank with other constants inside; what was worked out with others is forgotten."""
    places = [
        (module, name)
        for module in list(sys.modules.values())
        for name in constants
        if module.__name__.startswith("pinakes.search.evaluation") and hasattr(module, name)
    ]
    before = [(module, name, getattr(module, name)) for module, name in places]
    collection.snapshot.prepared = None
    for module, name in places:
        setattr(module, name, constants[name])
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)
        collection.snapshot.prepared = None

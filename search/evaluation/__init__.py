"""A query's tree and a snapshot of the index in, the articles that satisfy it out, in order.

`docs/evaluation.md` says what satisfies what, and how it is scored.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.evaluate import (
    ask_ahead,
    asks_for_something,
    evaluate,
    is_filter,
    narrowed,
    prepare,
    rank,
)
from pinakes.search.evaluation.matches import Matches
from pinakes.search.evaluation.passage_choice import choose_passages
from pinakes.search.evaluation.plan import Plan
from pinakes.search.evaluation.ranking import RankedArticle, RankedPassage, Ranking

if TYPE_CHECKING:
    from pinakes.search.evaluation.patterns.expansion import Cut
    from pinakes.search.evaluation.score_parts import ScorePart

__all__ = [
    "Clause",
    "Cut",
    "Matches",
    "Plan",
    "RankedArticle",
    "RankedPassage",
    "Ranking",
    "ScorePart",
    "ask_ahead",
    "asks_for_something",
    "choose_passages",
    "evaluate",
    "is_filter",
    "narrowed",
    "prepare",
    "rank",
]

# What patterns and explanations need is loaded when there is one.
_HOMES = {"Cut": "patterns.expansion", "ScorePart": "score_parts"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

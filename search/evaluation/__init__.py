"""A query's tree and a snapshot of the index in, the articles that satisfy it out, in order.

`docs/evaluation.md` says what satisfies what, and how it is scored.
"""

from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.evaluate import (
    asks_for_something,
    evaluate,
    is_filter,
    prepare,
    rank,
)
from pinakes.search.evaluation.matches import Matches
from pinakes.search.evaluation.passage_choice import choose_passages
from pinakes.search.evaluation.patterns.expansion import Cut
from pinakes.search.evaluation.plan import Plan
from pinakes.search.evaluation.ranking import RankedArticle, RankedPassage, Ranking
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
    "asks_for_something",
    "choose_passages",
    "evaluate",
    "is_filter",
    "prepare",
    "rank",
]

"""A query's tree and a snapshot of the index in, the articles that satisfy it out, in order.

`docs/evaluation.md` says what satisfies what, and how it is scored.
"""

from pinakes.search.evaluation.clauses import Clause
from pinakes.search.evaluation.evaluate import evaluate, prepare, rank
from pinakes.search.evaluation.passage_choice import choose_passages
from pinakes.search.evaluation.patterns.expansion import Cut
from pinakes.search.evaluation.ranking import RankedArticle, RankedPassage, Ranking

__all__ = [
    "Clause",
    "Cut",
    "RankedArticle",
    "RankedPassage",
    "Ranking",
    "choose_passages",
    "evaluate",
    "prepare",
    "rank",
]

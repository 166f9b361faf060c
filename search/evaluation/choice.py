"""Which passages of an article to show, when there is no room for all of its evidence."""

from __future__ import annotations

from pinakes.corpus import Kind
from pinakes.search.evaluation.ranking import RankedArticle, RankedPassage

_SHOWN_ANYWAY = frozenset({Kind.TITLE, Kind.HEADING})


def choose_passages(article: RankedArticle, count: int) -> tuple[RankedPassage, ...]:
    """Return up to `count` passages that together show every clause, as far as they can.

    Each in turn is the one that adds most clauses not shown yet (a greedy cover); among equals text
    goes before titles and headings, which are read anyway, then the better ranked one.
    """
    shown: frozenset[int] = frozenset()
    chosen: list[RankedPassage] = []
    left = list(article.passages)
    while left and len(chosen) < count:
        best = left[_first_best([(len(p.clauses - shown), _is_text(p)) for p in left])]
        shown |= best.clauses
        chosen.append(best)
        left.remove(best)
    return tuple(chosen)


def _first_best(worths: list[tuple[int, bool]]) -> int:
    return worths.index(max(worths))


def _is_text(passage: RankedPassage) -> bool:
    return passage.kind not in _SHOWN_ANYWAY

"""Which passages of an article to show, when there is no room for all of its evidence."""

from __future__ import annotations

from pinakes.corpus import Kind
from pinakes.search.evaluation.ranking import RankedArticle, RankedPassage

_SHOWN_ANYWAY = frozenset({Kind.TITLE, Kind.HEADING})


def choose_passages(article: RankedArticle, count: int) -> tuple[RankedPassage, ...]:
    """Return up to `count` passages that together show every clause, as far as they can.

    Each in turn is the one that adds most clauses not shown yet (a greedy cover); among equals text
    goes before titles and headings, which are read anyway, then the better ranked one. Once
    everything is shown, others follow only if they hold as many clauses as the best: of an article
    on `Aliyev Refugee Convention`, one more passage with `convention` alone proves nothing new.
    """
    every = frozenset[int]().union(*[passage.clauses for passage in article.passages])
    shown: frozenset[int] = frozenset()
    chosen: list[RankedPassage] = []
    left = list(article.passages)
    while left and len(chosen) < count and not (chosen and every <= shown):
        best = max(left, key=lambda passage: (len(passage.clauses - shown), _is_text(passage)))
        shown |= best.clauses
        chosen.append(best)
        left.remove(best)
    if len(chosen) < count and left:
        most = max([len(passage.clauses) for passage in article.passages])
        more = [passage for passage in left if len(passage.clauses) == most]
        more.sort(key=_is_text, reverse=True)
        chosen += more[: count - len(chosen)]
    return tuple(chosen)


def _is_text(passage: RankedPassage) -> bool:
    return passage.kind not in _SHOWN_ANYWAY

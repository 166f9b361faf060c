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
    passages = article.passages
    if len(passages) == 1:
        return passages[:count]
    # What holds the same clauses as a better ranked one adds nothing once that is shown.
    firsts: dict[tuple[frozenset[int], bool], RankedPassage] = {}
    for passage in passages:
        firsts.setdefault((passage.clauses, _is_text(passage)), passage)
    every = frozenset[int]().union(*[clauses for clauses, _ in firsts])
    shown: frozenset[int] = frozenset()
    chosen: list[RankedPassage] = []
    while firsts and len(chosen) < count and not (chosen and every <= shown):
        best = max(firsts.values(), key=lambda each: (len(each.clauses - shown), _is_text(each)))
        shown |= best.clauses
        chosen.append(best)
    if len(chosen) < count:
        most = max([len(clauses) for clauses, _ in firsts], default=0)
        more = [each for each in passages if len(each.clauses) == most and each not in chosen]
        more.sort(key=_is_text, reverse=True)
        chosen += more[: count - len(chosen)]
    return tuple(chosen)


def _is_text(passage: RankedPassage) -> bool:
    return passage.kind not in _SHOWN_ANYWAY

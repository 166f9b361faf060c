"""Tells phrases that are cut from longer ones, by what stands beside them in their article.

`Zealand` that stands after `New` nearly always is no phrase, nor is `technical` that nearly always
stands before another word, or `University` before `of`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

_MOSTLY = 0.7
"""Of so many places where a phrase stands, the same must not stand beside it."""
_LINKS = frozenset(["of", "for", "de", "du", "des", "del", "der", "von", "van", "di", "da", "do"])


def cut_phrases(
    often: Mapping[str, int],
    names: Collection[str],
    pairs: Mapping[tuple[str, str], int],
    triples: Mapping[tuple[str, str, str], int],
    idle: Collection[str],
) -> frozenset[tuple[str, ...]]:
    """Return the phrases of one or two words that are cut.

    Args:
        often: How often words stand in an article, those that have a meaning of their own.
        names: Those of them that mostly have a capital.
        pairs: How often two stand side by side, one of which is among these.
        triples: How often three of these do.
        idle: Words that tell nothing of an article by themselves, so that no phrase needs them.
    """
    cut: set[tuple[str, ...]] = set()
    led: Counter[str] = Counter()
    for (first, second), count in pairs.items():
        if first not in often or second not in often:
            continue
        if first not in names:
            led[first] += count
        if first in idle or second in idle:
            continue
        cut |= {(word,) for word in (first, second) if count > 1 and count >= _MOSTLY * often[word]}
    cut |= {(word,) for word, count in led.items() if count >= _MOSTLY * often[word]}
    for (first, second, third), count in triples.items():
        for pair, other in (((first, second), third), ((second, third), first)):
            if other not in idle and count > 1 and count >= _MOSTLY * pairs[pair]:
                cut.add(pair)
    return frozenset(cut)


def led_on(often: Mapping[str, int], pairs: Mapping[tuple[str, str], int]) -> frozenset[str]:
    """Return the words that mostly lead on with `of` or its like: no phrase ends with them."""
    linked: Counter[str] = Counter()
    for (first, second), count in pairs.items():
        if second in _LINKS and first in often:
            linked[first] += count
    return frozenset(word for word, count in linked.items() if count >= _MOSTLY * often[word])

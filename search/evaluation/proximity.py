"""Where several things stand near one another.

A *stretch* runs from the first to the last word of a choice of one occurrence of every part, no two
of which share a word (and which come in the order of the parts, if that is asked for), with at
most so many words that are of no part. Stretches that contain another one are left out: minimal
intervals, as in Clarke, Cormack and Burkowski: An Algebra for Structured Text Search (The Computer
Journal 38, 1995), and in Lucene's intervals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pinakes.search.evaluation.held import Ordinals

_NONE = -1
_FAR = 1 << 30


@dataclass(frozen=True, slots=True)
class _Chains:
    """Choices of occurrences for the same parts, which hold the same number of words.

    Attributes:
        lasts: Where they end, ascending.
        firsts: Where the shortest choice that ends there begins; ascending as well, since what
            can go before an occurrence can go before every later one.
    """

    lasts: Ordinals
    firsts: Ordinals

    def before(self, starts: Ordinals) -> Ordinals:
        """Return where the shortest choice that ends before each of `starts` begins; or -1."""
        rows = np.searchsorted(self.lasts, starts) - 1
        return np.where(rows >= 0, self.firsts[rows], _NONE)


def find_stretches(
    parts: Sequence[Mapping[int, Ordinals]], *, words_between: int, is_ordered: bool
) -> tuple[Ordinals, Ordinals]:
    """Return the first and last places of the stretches, ascending.

    Occurrences that share no word come one after the other. So choices grow from left to right,
    by an occurrence of a part that has none yet: of all choices for the same parts, with as many
    words, it is enough to know the one that begins last. Ends are only compared, never listed by
    pairs: time grows with the number of occurrences, but doubles with each part if they may come
    in any order.

    Args:
        parts: By length in words, where each part begins; `passage << 32 | position`, ascending.
        words_between: How many words of a stretch may be of no part.
        is_ordered: Whether the parts come in this order.
    """
    whole = (1 << len(parts)) - 1
    words_between = min(words_between, _FAR)
    chains: dict[int, dict[int, list[_Chains]]] = {0: {0: []}}
    for done in _choices(len(parts), is_ordered=is_ordered):
        for words, before in chains.pop(done, {}).items():
            for part in range(len(parts)):
                if done >> part & 1 or (is_ordered and part != done.bit_length()):
                    continue
                for length, starts in parts[part].items():
                    grown = _grow(before, starts, length, words + words_between)
                    if len(grown.lasts):
                        more = chains.setdefault(done | 1 << part, {})
                        more.setdefault(words + length, []).append(grown)
    found = [some for before in chains.get(whole, {}).values() for some in before]
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return _minimal(
        np.concatenate([some.firsts for some in found]),
        np.concatenate([some.lasts for some in found]),
    )


def _choices(parts: int, *, is_ordered: bool) -> list[int]:
    """Return the sets of parts that others can follow, each after those that lead to it."""
    if is_ordered:
        return [(1 << count) - 1 for count in range(parts)]
    return list(range((1 << parts) - 1))


def _grow(before: list[_Chains], starts: Ordinals, length: int, most_words: int) -> _Chains:
    """Return the choices that end with one of `starts`, as long as they are not too long.

    One that is too long stays so however it goes on.
    """
    firsts = starts
    if before:
        firsts = np.maximum.reduce([some.before(starts) for some in before])
    lasts = starts + (length - 1)
    # From one passage to the next it is further than any distance that is asked for.
    is_near = (firsts != _NONE) & (lasts - firsts + 1 <= most_words + length)
    return _Chains(lasts=lasts[is_near], firsts=firsts[is_near])


def _minimal(firsts: Ordinals, lasts: Ordinals) -> tuple[Ordinals, Ordinals]:
    """Return the stretches that contain no other, ascending, each once."""
    order = np.lexsort((-firsts, lasts))
    firsts, lasts = firsts[order], lasts[order]
    latest = np.maximum.accumulate(firsts)
    keep = np.ones(len(firsts), dtype=np.bool_)
    keep[1:] = firsts[1:] > latest[:-1]
    return firsts[keep], lasts[keep]

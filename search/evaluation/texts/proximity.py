"""Where several things stand near one another.

A *stretch* runs from the first to the last word of a choice of one occurrence of every part, no two
of which share a word (and which come in the order of the parts, if that is asked for), with at
most so many words that are of no part. Stretches that contain another one are left out: minimal
intervals, as in Clarke, Cormack and Burkowski: An Algebra for Structured Text Search and a
Framework for Its Implementation (The Computer Journal 38, 1995), and in Lucene's intervals.

A place is `passage << 32 | position`; from one passage to the next it is further than any distance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from pinakes.corpus import check_time
from pinakes.search.evaluation.texts.held import Ordinals

Part: TypeAlias = Mapping[int, Ordinals]
"""By length in words, where the occurrences begin, ascending."""

_NONE = -1
_FAR = 1 << 30
_PASSAGE = 1 << 32
_MOST_AT_ONCE = 1 << 16


def find_stretches(
    parts: Sequence[Part], *, words_between: int, is_ordered: bool
) -> tuple[Ordinals, Ordinals]:
    """Return the first and last places of the stretches, ascending.

    Args:
        parts: Two or more; equal ones may be the same object, which saves time.
        words_between: How many words of a stretch may be of no part.
        is_ordered: Whether the parts come in this order.
    """
    words_between = min(words_between, _FAR)
    nothing = np.empty(0, dtype=np.int64)
    firsts, lasts = [nothing], [nothing]
    # A few passages at a time: what is at work stays in the processor's cache.
    for some in _slices(parts):
        if not is_ordered and (merged := _merge_words(some)) is not None:
            found = _stretches_of_words(*merged, words_between + len(some))
        else:
            found = _stretches(some, words_between, is_ordered=is_ordered)
        firsts.append(found[0])
        lasts.append(found[1])
    return np.concatenate(firsts), np.concatenate(lasts)


def _slices(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield the occurrences of some passages, then of the next ones."""
    every = [starts for part in parts for starts in part.values()]
    longest = max(every, key=len, default=np.empty(0, dtype=np.int64))
    cuts = longest[_MOST_AT_ONCE::_MOST_AT_ONCE] // _PASSAGE * _PASSAGE
    bounds = [0, *cuts.tolist(), np.iinfo(np.int64).max]
    for low, high in pairwise(bounds):
        check_time()
        # By identity, so that equal parts stay the same object.
        cut = {id(part): _between(part, low, high) for part in parts}
        some = [cut[id(part)] for part in parts]
        if all(some):
            yield some


def _between(part: Part, low: int, high: int) -> Part:
    found = {}
    for length, starts in part.items():
        rows = slice(*np.searchsorted(starts, (low, high)).tolist())
        if len(starts[rows]):
            found[length] = starts[rows]
    return found


def _merge_words(parts: Sequence[Part]) -> tuple[Ordinals, Ordinals] | None:
    """Return all places in order, and the part of each; None unless all are different words."""
    if any(part.keys() != {1} for part in parts):
        return None
    places = np.concatenate([part[1] for part in parts])
    part_of = np.repeat(np.arange(len(parts)), [len(part[1]) for part in parts])
    order = np.argsort(places, kind="stable")
    places = places[order]
    return None if (places[1:] == places[:-1]).any() else (places, part_of[order])


def _stretches_of_words(
    places: Ordinals, part_of: Ordinals, most_words: int
) -> tuple[Ordinals, Ordinals]:
    """Return the stretches of parts no two of which ever stand at the same place, in any order.

    The shortest one that ends at a place begins at the earliest of what each part has last.
    """
    firsts = places
    for part in range(int(part_of.max()) + 1):
        latest = np.maximum.accumulate(np.where(part_of == part, places, _NONE))
        firsts = np.minimum(firsts, latest)
    is_near = (firsts != _NONE) & (places - firsts < most_words)
    return _minimal(firsts[is_near], places[is_near])


class _Chains(NamedTuple):
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


def _stretches(
    parts: Sequence[Part], words_between: int, *, is_ordered: bool
) -> tuple[Ordinals, Ordinals]:
    """Return the stretches of any parts.

    Occurrences that share no word come one after the other. So choices grow from left to right, by
    an occurrence of a part that has none yet: of all choices for the same parts, with as many
    words, it is enough to know the one that begins last. Pairs are never listed: time grows with
    the number of occurrences, but doubles with each part if they may come in any order.
    """
    chains: dict[int, dict[int, list[_Chains]]] = {0: {0: []}}
    for done in sets_of_parts(len(parts), is_ordered=is_ordered):
        for words, before in chains.pop(done, {}).items():
            check_time()
            for part in _next_parts(parts, done, is_ordered=is_ordered):
                for length, starts in parts[part].items():
                    grown = _grow(before, starts, length, words + words_between)
                    if len(grown.lasts):
                        more = chains.setdefault(done | 1 << part, {})
                        more.setdefault(words + length, []).append(grown)
    whole = chains.get((1 << len(parts)) - 1, {})
    found = [some for chains in whole.values() for some in chains]
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return _minimal(
        np.concatenate([some.firsts for some in found]),
        np.concatenate([some.lasts for some in found]),
    )


def sets_of_parts(count: int, *, is_ordered: bool) -> Iterator[int]:
    """Yield the sets of parts, as bits, that others can follow; each after those it grows from."""
    return (
        ((1 << done) - 1 for done in range(count)) if is_ordered else iter(range((1 << count) - 1))
    )


def _next_parts(parts: Sequence[Part], done: int, *, is_ordered: bool) -> Iterator[int]:
    """Yield the parts that can come next; of equal ones, the first that is left."""
    if is_ordered:
        yield done.bit_length()
        return
    seen: set[int] = set()
    for number, part in enumerate(parts):
        if not done >> number & 1 and id(part) not in seen:
            seen.add(id(part))
            yield number


def _grow(before: list[_Chains], starts: Ordinals, length: int, most_words: int) -> _Chains:
    """Return the choices that end with one of `starts`, as long as they are not too long.

    One that is too long stays so however it goes on.
    """
    firsts = starts
    if before:
        firsts = np.maximum.reduce([some.before(starts) for some in before])
    lasts = starts + (length - 1)
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

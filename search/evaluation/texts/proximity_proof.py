"""Which occurrences make up a stretch of things near one another: what is marked in a text.

Here all is one passage, and positions are plain numbers; `proximity` finds the stretches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from pinakes.search.evaluation.texts.proximity import sets_of_parts

Run: TypeAlias = tuple[int, int]
"""The first and the last word of an occurrence."""
_Ends: TypeAlias = dict[int, dict[int, int]]
"""By the parts chosen, as bits, and the words they hold: where they can end at the earliest."""


def find_members(
    parts: Sequence[Sequence[Run]], stretch: Run, *, words_between: int, is_ordered: bool
) -> Iterator[tuple[int, Run]]:
    """Yield each part, by its number, with each of its occurrences that can be of a stretch.

    An occurrence can if some other parts fit in before it, from the first word of the stretch on,
    and the rest after it, up to the last word. How they lie there makes no difference, but for how
    many words they hold; so it is enough to know for the former where they can end at the
    earliest, and for the latter where they can begin at the latest, which is the same in a mirror.

    Args:
        parts: The occurrences of each, in any order.
        stretch: One that was found in them.
        words_between: As it was found.
        is_ordered: As it was found.
    """
    inside = [[run for run in part if _is_within(run, stretch)] for part in parts]
    mirrored = [[(-last, -first) for first, last in part] for part in reversed(inside)]
    before = _earliest_ends(inside, stretch[0], is_ordered=is_ordered)
    after = _earliest_ends(mirrored, -stretch[1], is_ordered=is_ordered)
    most_words = stretch[1] - stretch[0] + 1 - words_between
    for number, part in enumerate(inside):
        frames = list(_frames(before, after, number, len(parts)))
        for run in part:
            own = run[1] - run[0] + 1
            if any(
                _fits(run, earliest, latest, stretch) and words + own >= most_words
                for earliest, latest, words in frames
            ):
                yield number, run


def _is_within(run: Run, stretch: Run) -> bool:
    return stretch[0] <= run[0] and run[1] <= stretch[1]


def _fits(run: Run, earliest: int | None, latest: int | None, stretch: Run) -> bool:
    begins = run[0] == stretch[0] if earliest is None else earliest < run[0]
    ends = run[1] == stretch[1] if latest is None else run[1] < latest
    return begins and ends


def _frames(
    before: _Ends, after: _Ends, number: int, count: int
) -> Iterator[tuple[int | None, int | None, int]]:
    """Yield what can stand around an occurrence of a part.

    That is where the parts before it end at the earliest, None if there are none; where those
    after it begin at the latest; and how many words both hold.
    """
    every = [part for part in range(count) if part != number]
    for done, ends in before.items():
        if done >> number & 1:
            continue
        rest = sum(1 << (count - 1 - part) for part in every if not done >> part & 1)
        for words, end in ends.items():
            for more, begin in after.get(rest, {}).items():
                yield end if done else None, -begin if rest else None, words + more


def _earliest_ends(parts: Sequence[Iterable[Run]], first: int, *, is_ordered: bool) -> _Ends:
    """Return where choices of parts that begin with the word `first` end at the earliest."""
    starts_of: list[dict[int, list[int]]] = []
    for runs in parts:
        starts_of.append({})
        for start, last in sorted(runs):
            starts_of[-1].setdefault(last - start + 1, []).append(start)
    ends: _Ends = {0: {0: first - 1}}
    for done in sets_of_parts(len(parts), is_ordered=is_ordered):
        for words, end in ends.get(done, {}).items():
            for part, by_length in enumerate(starts_of):
                if done >> part & 1 or (is_ordered and done != (1 << part) - 1):
                    continue
                for length, starts in by_length.items():
                    place = bisect_left(starts, end + 1)
                    if place < len(starts) and (done or starts[place] == first):
                        known = ends.setdefault(done | 1 << part, {})
                        last = starts[place] + length - 1
                        known[words + length] = min(known.get(words + length, last), last)
    return ends

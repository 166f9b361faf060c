"""Where things stand near one another in one text, and what is marked of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from pinakes.search.evaluation.texts.held import Ordinals
from pinakes.search.evaluation.texts.occurrences import Occurrence, Span
from pinakes.search.evaluation.texts.proximity import find_stretches
from pinakes.search.evaluation.texts.proximity_proof import find_members
from pinakes.search.evaluation.texts.targets import Nearby


def find_nearby(parts: list[list[Occurrence]], target: Nearby) -> Iterator[Occurrence]:
    """Yield where the parts of `target` stand near one another, given where each stands."""
    firsts, lasts = find_stretches(
        [_by_length(part) for part in parts],
        words_between=target.words_between,
        is_ordered=target.is_ordered,
    )
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        yield _mark_stretch(parts, (first, last), target)


def _by_length(part: Iterable[Occurrence]) -> dict[int, Ordinals]:
    firsts: dict[int, set[int]] = {}
    for one in part:
        firsts.setdefault(one.last - one.first + 1, set()).add(one.first)
    return {length: np.array(sorted(some)) for length, some in firsts.items()}


def _mark_stretch(
    parts: Sequence[Sequence[Occurrence]], stretch: Span, target: Nearby
) -> Occurrence:
    """Return a stretch with what is marked of all the choices of occurrences that make it up."""
    marked = [{(one.first, one.last): one for one in part} for part in parts]
    members = find_members(
        [list(runs) for runs in marked],
        stretch,
        words_between=target.words_between,
        is_ordered=target.is_ordered,
    )
    chosen = [marked[number][run] for number, run in members]
    return Occurrence(
        *stretch,
        frozenset(run for one in chosen for run in one.marked),
        frozenset(span for one in chosen for span in one.characters),
    )

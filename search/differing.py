"""What differs in the texts of two articles: passage by passage, and within passages by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from pinakes.corpus import Article, Passage
from pinakes.indexer import fold, words

_LEAST_ALIKE = 0.5
"""Two passages are one with other words if they share this part of their words."""

_MOST_PAIRS = 40_000
"""Of a run with more pairs of passages, those in the same place are compared only."""


class Presence(StrEnum):
    """Where something stands. What is absent from a text need not have been deleted from it."""

    BOTH = "both"
    ONLY_A = "a"
    ONLY_B = "b"
    CHANGED = "changed"
    """In both, with other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of words of two passages that are compared.

    Attributes:
        presence: `BOTH`, `ONLY_A` or `ONLY_B`.
        text: As it stands in A, or else in B; parts of one side join to the passage, exactly.
        other: Of `BOTH`, as it stands in B: case, accents and punctuation may differ.
    """

    presence: Presence
    text: str
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageDifference:
    """A passage that is not the same in two articles.

    Attributes:
        presence: `ONLY_A`, `ONLY_B` or `CHANGED`.
        a: Of the first article; None if it is absent there.
        b: Of the second.
        parts: Of a `CHANGED` one, in order.
    """

    presence: Presence
    a: Passage | None
    b: Passage | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two articles side by side.

    Attributes:
        a: The first.
        b: The second.
        same: How many passages have the same text in both, in the same order.
        differences: All others, in the order of A; what is only in B stands where it does there.
    """

    a: Article
    b: Article
    same: int
    differences: tuple[PassageDifference, ...]

    @property
    def is_same(self) -> bool:
        """Whether both have the same passages."""
        return not self.differences


def compare_articles(a: Article, b: Article) -> Comparison:
    """Return what differs in two articles."""
    first, second = list(a.passages), list(b.passages)
    matcher = SequenceMatcher(
        None, [each.text for each in first], [each.text for each in second], autojunk=False
    )
    same = 0
    differences: list[PassageDifference] = []
    for tag, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        if tag == "equal":
            same += a_end - a_start
        else:
            differences += _pair(first[a_start:a_end], second[b_start:b_end])
    return Comparison(a=a, b=b, same=same, differences=tuple(differences))


def _pair(first: Sequence[Passage], second: Sequence[Passage]) -> Iterator[PassageDifference]:
    """Yield the differences of two runs without a passage in common, those alike side by side."""
    a_at = b_at = 0
    for a_next, b_next in [*_align(first, second), (len(first), len(second))]:
        for passage in first[a_at:a_next]:
            yield PassageDifference(presence=Presence.ONLY_A, a=passage, b=None)
        for passage in second[b_at:b_next]:
            yield PassageDifference(presence=Presence.ONLY_B, a=None, b=passage)
        if a_next < len(first):
            a, b = first[a_next], second[b_next]
            parts = tuple(compare_words(a.text, b.text))
            yield PassageDifference(presence=Presence.CHANGED, a=a, b=b, parts=parts)
        a_at, b_at = a_next + 1, b_next + 1


def _align(first: Sequence[Passage], second: Sequence[Passage]) -> list[tuple[int, int]]:
    """Return pairs of places of passages that are alike, in order, so that they are most alike."""
    bags = [[frozenset(_folded(each.text)) for each in side] for side in (first, second)]
    is_small = len(first) * len(second) <= _MOST_PAIRS
    best = [[0.0] * (len(second) + 1) for _ in range(len(first) + 1)]
    alike: dict[tuple[int, int], float] = {}
    for row in range(len(first) - 1, -1, -1):
        for column in range(len(second) - 1, -1, -1):
            share = _share(bags[0][row], bags[1][column]) if is_small or row == column else 0.0
            skipped = max(best[row + 1][column], best[row][column + 1])
            if share >= _LEAST_ALIKE:
                alike[row, column] = share
                skipped = max(skipped, share + best[row + 1][column + 1])
            best[row][column] = skipped
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < len(first) and column < len(second):
        share = alike.get((row, column), 0.0)
        if share and best[row][column] == share + best[row + 1][column + 1]:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which part of their different words two passages share (Dice's coefficient)."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _folded(text: str) -> Iterator[str]:
    return (folded for _, _, folded in words(text))


def compare_words(a: str, b: str) -> Iterator[Part]:
    """Yield the parts of two texts: words that both have, in order, and words of one alone.

    Words are the same without case and accents; what stands between two words goes with the one
    before it.
    """
    first, second = _cut(a), _cut(b)
    matcher = SequenceMatcher(
        None, [fold(each) for each in first], [fold(each) for each in second], autojunk=False
    )
    for tag, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        left, right = "".join(first[a_start:a_end]), "".join(second[b_start:b_end])
        if tag == "equal":
            yield Part(presence=Presence.BOTH, text=left, other=right)
            continue
        if left:
            yield Part(presence=Presence.ONLY_A, text=left)
        if right:
            yield Part(presence=Presence.ONLY_B, text=right)


def _cut(text: str) -> list[str]:
    """Return a text in pieces that begin with a word each, the first perhaps without one."""
    starts = [start for start, _, _ in words(text)]
    cuts = [0, *(start for start in starts if start), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]

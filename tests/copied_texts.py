"""Invented texts that share blocks of words, and what are copies of one another among them."""

from __future__ import annotations

import random
from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from pinakes.corpus.shingles import (
    MIN_CONTAINMENT,
    MIN_PART,
    MIN_RESEMBLANCE,
    MIN_SHINGLES,
    SHINGLE_WORDS,
    fold_words,
)

Name = TypeVar("Name", bound=Hashable)

_SYLLABLES = ("ba", "do", "ke", "li", "mu", "na", "po", "ra", "si", "tu", "ve", "zo")
BLOCK_COUNT = 6
BLOCK_WORDS = 24


def make_words(count: int, *, seed: int) -> list[str]:
    """Return words of an invented language, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(count)]


def make_block(number: int) -> str:
    """Return one of the blocks that texts share."""
    return " ".join(make_words(BLOCK_WORDS, seed=number))


def make_text(blocks: Collection[int]) -> str:
    """Return the text of some blocks, in ascending order."""
    return "\n\n".join(map(make_block, sorted(blocks)))


def count_shingles(text: str) -> set[tuple[str, ...]]:
    """Return the shingles of a text, as words."""
    words = fold_words(text)
    return {tuple(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1)}


def are_alike(one: str, other: str) -> bool:
    """Return whether two texts are copies, as docs/copies.md says."""
    first, second = count_shingles(one), count_shingles(other)
    shared = len(first & second)
    shorter, longer = sorted((len(first), len(second)))
    if shorter < MIN_SHINGLES or shorter < MIN_PART * longer:
        return False
    resemblance = shared / len(first | second)
    return resemblance >= MIN_RESEMBLANCE or shared / shorter >= MIN_CONTAINMENT


def group_alike(texts: Mapping[Name, str]) -> set[frozenset[Name]]:
    """Return what hangs together by pairs of copies: every pair is looked at."""
    groups = {name: {name} for name in texts}
    for one in texts:
        for other in texts:
            if groups[one] is not groups[other] and are_alike(texts[one], texts[other]):
                groups[one] |= groups[other]
                for name in groups[one]:
                    groups[name] = groups[one]
    return {frozenset(group) for group in groups.values()}

"""Which blocks of a page are its main content, told by the text that is known to be that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4


def tokens_of(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _TOKEN.findall(text.lower())


def label_blocks(blocks: Sequence[Sequence[str]], truth: Sequence[str]) -> list[float]:
    """Return for each block the share of its tokens that are in the truth, 0 to 1.

    Tokens count that stand in one of the truth's runs of four. Shorter blocks count if they follow
    or precede in the truth what they follow or precede on the page. Of blocks that the page holds
    more often than the truth does those count that have most of the truth around them.

    Args:
        blocks: The tokens of each block of the page, in order.
        truth: The tokens of the page's main content.
    """
    shingles = Counter(zip(*(truth[at:] for at in range(_SHINGLE)), strict=False))
    labels = [_covered(tokens, shingles) for tokens in blocks]
    _label_short(blocks, labels, truth)
    _settle_copies(blocks, labels, truth)
    return labels


def _covered(tokens: Sequence[str], shingles: Counter[tuple[str, ...]]) -> float:
    if len(tokens) < _SHINGLE:
        return 0.0
    covered = bytearray(len(tokens))
    for at in range(len(tokens) - _SHINGLE + 1):
        if tuple(tokens[at : at + _SHINGLE]) in shingles:
            covered[at : at + _SHINGLE] = b"\x01" * _SHINGLE
    return sum(covered) / len(tokens)


def _label_short(
    blocks: Sequence[Sequence[str]], labels: list[float], truth: Sequence[str]
) -> None:
    said = f" {' '.join(truth)} "
    for _ in range(2):
        for at, tokens in enumerate(blocks):
            if labels[at] or not tokens or len(tokens) >= _SHINGLE:
                continue
            before = _neighbour(blocks, labels, at, -1)[-3:]
            after = _neighbour(blocks, labels, at, 1)[:3]
            own = " ".join(tokens)
            is_opening = said.startswith(f" {own} ") and bool(after)
            if (
                (before and f" {' '.join(before)} {own} " in said)
                or (after and f" {own} {' '.join(after)} " in said)
                or is_opening
            ):
                labels[at] = 1.0


def _neighbour(
    blocks: Sequence[Sequence[str]], labels: Sequence[float], at: int, step: int
) -> Sequence[str]:
    """Return the tokens of the nearest block that counts, at most a few blocks away."""
    for near in range(at + step, at + 6 * step, step):
        if 0 <= near < len(blocks) and labels[near] > 0.5:
            return blocks[near]
    return ()


def _settle_copies(
    blocks: Sequence[Sequence[str]], labels: list[float], truth: Sequence[str]
) -> None:
    places: dict[tuple[str, ...], list[int]] = {}
    for at, tokens in enumerate(blocks):
        if labels[at] > 0.5:
            places.setdefault(tuple(tokens), []).append(at)
    said = f" {' '.join(truth)} "
    settled = list(labels)
    for tokens, copies in places.items():
        if len(copies) > 1:
            allowed = max(said.count(f" {' '.join(tokens)} "), 1)
            copies.sort(key=lambda at: -_support(blocks, labels, at))
            for at in copies[allowed:]:
                settled[at] = 0.0
    labels[:] = settled


def _support(blocks: Sequence[Sequence[str]], labels: Sequence[float], at: int) -> float:
    near = range(max(at - 6, 0), min(at + 7, len(blocks)))
    return sum(labels[other] * len(blocks[other]) for other in near if other != at)

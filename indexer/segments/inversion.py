"""From what a passage holds to the passages that hold it: one sort of 64-bit keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import FieldColumns, encode_term, join_terms, starts_of

T = TypeVar("T")

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFF_FFFF)
MAX_TOKENS = 0xFFFF_FFFF
"""A segment's tokens are numbered in 32 bits while it is built."""


class Numbers(dict[T, int], Generic[T]):
    """Numbers things from 0 in the order they are first asked for."""

    def __missing__(self, thing: T) -> int:
        number = self[thing] = len(self)
        return number


def invert_words(ranks: Array, words: Array, lengths: Array, terms: Sequence[str]) -> FieldColumns:
    """Return the inverted lists of stems.

    Args:
        ranks: The place in `terms` of each token's stem, passage by passage.
        words: The number of each token's word.
        lengths: The number of tokens of each passage.
        terms: The stems, sorted.
    """
    if len(ranks) > MAX_TOKENS:
        raise ValueError(f"{len(ranks)} words in one segment, at most {MAX_TOKENS}")
    # The token's number breaks ties, so passages and positions come out in order.
    keys = (ranks.astype(np.uint64) << _HALF) | np.arange(len(ranks), dtype=np.uint64)
    keys.sort()
    tokens = (keys & _LOW).astype(np.int64)
    of_term = (keys >> _HALF).astype(np.int64)
    of_passage = np.repeat(np.arange(len(lengths)), lengths)[tokens]
    begins = np.ones(len(tokens), np.bool_)
    begins[1:] = (of_term[1:] != of_term[:-1]) | (of_passage[1:] != of_passage[:-1])
    postings = np.flatnonzero(begins)
    joined, terms_at = join_terms(map(encode_term, terms))
    return FieldColumns(
        terms=joined,
        terms_at=terms_at,
        postings_at=starts_of(np.bincount(of_term[postings], minlength=len(terms))),
        units=of_passage[postings],
        counts=np.diff(postings, append=len(tokens)),
        positions=tokens - starts_of(lengths)[of_passage],
        words=words[tokens],
    )


def invert_presence(
    encoded: Sequence[bytes], terms: Array, firsts: Array, lengths: Array
) -> FieldColumns:
    """Return the inverted lists of values that are there or not.

    Args:
        encoded: Each value once, in any order.
        terms: For each run of passages, the place of its value in `encoded`.
        firsts: The first passage of each run.
        lengths: The number of its passages.
    """
    joined, rank = sort_terms(encoded)
    run_start = np.repeat(starts_of(lengths)[:-1], lengths)
    passages = np.arange(len(run_start)) - run_start + np.repeat(firsts, lengths)
    ranks = np.repeat(rank[terms], lengths)
    keys = np.unique((ranks.astype(np.uint64) << _HALF) | passages.astype(np.uint64))
    at = starts_of(np.bincount((keys >> _HALF).astype(np.int64), minlength=len(joined[1]) - 1))
    return FieldColumns(
        terms=joined[0],
        terms_at=joined[1],
        postings_at=at,
        units=(keys & _LOW).astype(np.int64),
    )


def sort_terms(encoded: Sequence[bytes]) -> tuple[tuple[Array, Array], Array]:
    """Return the joined sorted terms, and the place among them of each given one."""
    ordered = sorted(set(encoded))
    places = {term: place for place, term in enumerate(ordered)}
    rank = np.fromiter(map(places.__getitem__, encoded), np.int64, len(encoded))
    return join_terms(ordered), rank

"""The words and stems of a segment being built: numbered as they come, ranked at the end."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.stemming import stem

T = TypeVar("T", bound=Hashable)

_HALF = np.uint64(32)


class Numbers(dict[T, int], Generic[T]):
    """Numbers things from 0 in the order they are first asked for."""

    def __missing__(self, thing: T) -> int:
        number = self[thing] = len(self)
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The words and stems of a segment, and which go together, for V pairs of a word and a stem.

    Attributes:
        words: Sorted.
        stems: Sorted.
        words_at: int64[stems + 1]; where in `pair_words` those of each stem begin.
        pair_words: uint32[V]; the words that have a stem, ascending for each.
        pairs_at: int64[words + 1]; where in `pairs` those of each word begin.
        pairs: uint32[V]; the places in `pair_words` of each word, ascending.
    """

    words: list[str]
    stems: list[str]
    words_at: Array
    pair_words: Array
    pairs_at: Array
    pairs: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """What the words of texts become, each in its language.

    Attributes:
        stems: uint32; the place of its stem in the vocabulary.
        variants: uint32; its place among the words of that stem.
    """

    stems: Array
    variants: Array


def rank_words(
    folded: Sequence[str], languages: Sequence[str], met: Array
) -> tuple[Lexicon, Forms]:
    """Return the vocabulary of words met in languages, and what each of them becomes.

    Args:
        folded: Words by number; number 0 is the empty word, which is never met.
        languages: Codes by number.
        met: int64; `word * len(languages) + language`, by numbers.
    """
    codes, places = np.unique(met, return_inverse=True)
    of_word, of_language = np.divmod(codes, max(1, len(languages)))
    words, word_ranks = _rank(folded, of_word)
    stems, stem_ranks = _rank_stems(folded, languages, of_word, of_language)
    # One word can have one stem in two languages.
    keys = (stem_ranks.astype(np.uint64) << _HALF) | word_ranks
    pairs, pair_of = np.unique(keys, return_inverse=True)
    pair_stems = (pairs >> _HALF).astype(np.uint32)
    pair_words = pairs.astype(np.uint32)
    words_at = starts_of(np.bincount(pair_stems, minlength=len(stems)))
    variants = (np.arange(len(pairs)) - words_at[pair_stems]).astype(np.uint32)
    lexicon = Lexicon(
        words=words,
        stems=stems,
        words_at=words_at,
        pair_words=pair_words,
        pairs_at=starts_of(np.bincount(pair_words, minlength=len(words))),
        pairs=np.argsort(pair_words, kind="stable").astype(np.uint32),
    )
    found = pair_of[places]
    return lexicon, Forms(stems=pair_stems[found], variants=variants[found])


def _rank(texts: Sequence[str], numbers: Array) -> tuple[list[str], Array]:
    """Return the texts with these numbers, sorted, and the place there of each number."""
    is_met = np.zeros(len(texts), np.bool_)
    is_met[numbers] = True
    order = np.array(sorted(np.flatnonzero(is_met).tolist(), key=texts.__getitem__), np.int64)
    ranks = np.zeros(len(texts), np.uint32)
    ranks[order] = np.arange(len(order), dtype=np.uint32)
    return [texts[number] for number in order.tolist()], ranks[numbers]


def _rank_stems(
    folded: Sequence[str], languages: Sequence[str], of_word: Array, of_language: Array
) -> tuple[list[str], Array]:
    """Return the sorted stems of words in languages, and the place there of each."""
    stem_numbers = Numbers[str]()
    found = np.zeros(len(of_word), np.int64)
    for number, language in enumerate(languages):
        places = np.flatnonzero(of_language == number)
        stems = [stem(folded[word], language) for word in of_word[places].tolist()]
        found[places] = np.fromiter(map(stem_numbers.__getitem__, stems), np.int64, len(stems))
    return _rank(list(stem_numbers), found)

"""The words and stems of a segment being built: numbered as they come, ranked at the end."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import starts_of
from pinakes.indexer.stemming import stem_words

T = TypeVar("T", bound=Hashable)

_HALF = np.uint64(32)


class Numbers(dict[T, int], Generic[T]):
    """Numbers things from 0 in the order they are first asked for."""

    def __missing__(self, thing: T) -> int:
        number = self[thing] = len(self)
        return number


class Lexicon(NamedTuple):
    """The words and stems of a segment, and which go together, for V pairs of a word and a stem.

    Attributes:
        words: Sorted.
        stems: Sorted.
        words_at: int64[stems + 1]; where in `pair_words` those of each stem begin.
        pair_words: uint32[V]; the words that have a stem, ascending for each.
    """

    words: list[str]
    stems: list[str]
    words_at: Array
    pair_words: Array


class Forms(NamedTuple):
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
        folded: Words by number, all different; the first is the empty word, which is never met.
        languages: Codes by number.
        met: int64; `word * len(languages) + language`, by numbers; every word is met.
    """
    words, ranks = _rank_words(folded)
    numbers, of_language = np.divmod(met, max(1, len(languages)))
    codes, places = number_densely(ranks[numbers] * max(1, len(languages)) + of_language)
    of_word, of_language = np.divmod(codes, max(1, len(languages)))
    words_met = [words[word] for word in of_word.tolist()]
    stems, stem_ranks = _rank_stems(_stems_of(words_met, of_language, languages))
    # One word can have one stem in two languages.
    keys = (stem_ranks.astype(np.uint64) << _HALF) | of_word.astype(np.uint64)
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
    )
    found = pair_of[places]
    return lexicon, Forms(stems=pair_stems[found], variants=variants[found])


def number_densely(codes: Array) -> tuple[Array, Array]:
    """Return the codes that occur, ascending, and the place among them of each."""
    occurs = np.zeros(int(codes.max()) + 1 if len(codes) else 0, np.bool_)
    occurs[codes] = True
    met = np.flatnonzero(occurs)
    places = np.zeros(len(occurs), np.uint16 if len(met) <= 1 << 16 else np.uint32)
    places[met] = np.arange(len(met))
    return met, places[codes]


def _rank_words(folded: Sequence[str]) -> tuple[list[str], Array]:
    """Return all words but the first, sorted, and the place there of each number."""
    order = sorted(range(1, len(folded)), key=folded.__getitem__)
    ranks = np.zeros(len(folded), np.int64)
    ranks[order] = np.arange(len(order))
    return [folded[number] for number in order], ranks


def _rank_stems(stems: Sequence[str]) -> tuple[list[str], Array]:
    """Return the different stems, sorted, and the place there of each."""
    # Those of sorted words are nearly sorted, which a set would undo.
    distinct = sorted(dict.fromkeys(stems))
    places = {stem: place for place, stem in enumerate(distinct)}
    return distinct, np.fromiter(map(places.__getitem__, stems), np.uint32, len(stems))


def _stems_of(words: Sequence[str], of_language: Array, languages: Sequence[str]) -> list[str]:
    """Return the stem of each word, given the number of the language it stands in."""
    if len(languages) == 1:
        return stem_words(words, languages[0])
    stems = list(words)
    for number, language in enumerate(languages):
        places = np.flatnonzero(of_language == number).tolist()
        found = stem_words([words[place] for place in places], language)
        for place, stem in zip(places, found, strict=True):
            stems[place] = stem
    return stems

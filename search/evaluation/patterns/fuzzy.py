"""Which words of a dictionary are spelt like a given one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pinakes.corpus import check_time
from pinakes.search.evaluation.patterns.dictionary import Dictionary
from pinakes.search.evaluation.texts.held import Array, Flags, Ordinals

_NO_LETTER = -1
_FAR = 100


def similar_words(dictionary: Dictionary, word: str, *, edits: int) -> Ordinals:
    """Return the numbers of the words that at most `edits` edits make of `word`, ascending.

    An edit removes, adds or replaces a letter, or swaps two neighbours; nothing is edited twice.
    This is the Damerau-Levenshtein distance in its restricted form, *optimal string alignment*, as
    in Lucene's fuzzy queries. (From `ca` to `abc` it is 3: the unrestricted one swaps, then adds a
    letter between the swapped ones, and is 2.) Boytsov: Indexing Methods for Approximate
    Dictionary Searching, ACM Journal of Experimental Algorithmics 16, 2011, section 2.2.
    """
    (found,) = similar_in([dictionary], word, edits=edits)
    return found


def similar_in(dictionaries: Sequence[Dictionary], word: str, *, edits: int) -> list[Ordinals]:
    """Return what `similar_words` does of each dictionary: they are looked at together."""
    if not dictionaries:
        return []
    candidates = [_plausible_words(each, word, edits) for each in dictionaries]
    found = list(zip(dictionaries, candidates, strict=True))
    lengths = np.concatenate([each.lengths[some] for each, some in found])
    width = len(word) + edits
    letters = np.concatenate([_letters_of(each, some, width) for each, some in found])
    distances = _distances(np.array(list(map(ord, word))), letters, edits)
    is_similar: Flags = distances[np.arange(len(lengths)), lengths] <= edits
    ends = np.cumsum([len(some) for some in candidates])
    kept = np.split(is_similar, ends[:-1])
    return [some[flags] for some, flags in zip(candidates, kept, strict=True)]


def _plausible_words(dictionary: Dictionary, word: str, edits: int) -> Ordinals:
    """Return words of about the same length and letters: all the similar ones, and some more.

    Of the letters of a word an edit takes away one at the most, and brings in one at the most. One
    that makes the word longer takes away none, one that makes it shorter brings in none.
    """
    signature = np.uint64(0)
    for letter in word:
        signature |= np.uint64(1 << (ord(letter) & 63))
    plausible: list[Ordinals] = []
    for longer in range(-edits, edits + 1):
        numbers, signatures = dictionary.of_length(len(word) + longer)
        brought = np.bitwise_count(signatures & ~signature) <= edits - max(0, -longer)
        numbers, signatures = numbers[brought], signatures[brought]
        taken = np.bitwise_count(~signatures & signature) <= edits - max(0, longer)
        plausible.append(numbers[taken])
    return np.sort(np.concatenate(plausible))


def _letters_of(dictionary: Dictionary, words: Ordinals, width: int) -> Array:
    """Return the code points of words, a row a word, filled up with what is no letter."""
    lengths = dictionary.lengths[words]
    columns = np.arange(width)
    is_letter = columns < lengths[:, np.newaxis]
    places = np.where(is_letter, dictionary.starts[words][:, np.newaxis] + columns, 0)
    codes = dictionary.alphabet[dictionary.letters[places]].astype(np.int64)
    return np.where(is_letter, codes, _NO_LETTER)


def _distances(word: Array, letters: Array, edits: int) -> Array:
    """Return the distance of `word` to the beginnings of words: a row a word, a column a length.

    The textbook's table, filled for all words at a time, and only along its diagonal: further away
    from it the distance is more than `edits`.
    """
    count, width = letters.shape
    columns = np.ascontiguousarray(letters.T)
    before = last = np.full((width + 1, count), _FAR, dtype=np.int16)
    row = last.copy()
    row[: edits + 1] = np.arange(min(edits, width) + 1, dtype=np.int16)[:, np.newaxis]
    for i in range(1, len(word) + 1):
        check_time()
        before, last, row = last, row, np.full_like(row, _FAR)
        if i <= edits:
            row[0] = i
        for j in range(max(1, i - edits), min(width, i + edits) + 1):
            is_other = columns[j - 1] != word[i - 1]
            cost = np.minimum(np.minimum(last[j], row[j - 1]) + 1, last[j - 1] + is_other)
            if i > 1 and j > 1:
                is_swap = (columns[j - 2] == word[i - 1]) & (columns[j - 1] == word[i - 2])
                cost = np.where(is_swap, np.minimum(cost, before[j - 2] + 1), cost)
            row[j] = cost
    return row.T

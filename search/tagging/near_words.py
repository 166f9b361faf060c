"""Words near one another, where it is known of each part of a NEAR which words it stands for.

What `proximity.find_stretches` says of many passages at once is told of one here, for less.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from pinakes.search.evaluation.texts.occurrences import ReadText

Run = tuple[int, int]
"""The first and the last word of something."""
FindRuns = Callable[[ReadText], Collection[Run]]
"""Returns where something stands, in order, nothing twice."""
WordsIn = Mapping[str, Collection[str]]
"""By language the words that something stands for, of all that texts can have."""

_SEVERAL = -1


def near_words(places: Iterable[tuple[int, int]], parts: int, words_between: int) -> list[Run]:
    """Return the stretches of parts that are different words, as `find_stretches` does.

    The shortest one that ends at a place begins at the earliest of what each part has last; it
    contains no other unless it begins where one that ends before it does.

    Args:
        places: All places in order, each with the number of its part.
        parts: How many there are.
        words_between: As of `find_stretches`.
    """
    latest = [-1] * parts
    stretches: list[Run] = []
    begun = -1
    for place, part in places:
        latest[part] = place
        first = min(latest)
        if first > begun and place - first < words_between + parts:
            stretches.append((first, place))
            begun = first
    return stretches


class NearWords:
    """Finds parts of a NEAR that are one word each, all in one walk over the words of a text."""

    def __init__(self, parts: Sequence[WordsIn], words_between: int, otherwise: FindRuns) -> None:
        """Take the parts; `otherwise` finds them where a word is of several."""
        self._count = len(parts)
        self._part_of_words = {
            language: _part_of_words([words_in[language] for words_in in parts])
            for language in parts[0]
        }
        self._words_between = words_between
        self._otherwise = otherwise

    def find(self, text: ReadText) -> Collection[Run]:
        """Do as `FindRuns`."""
        parts = list(map(self._part_of_words[text.language].get, text.words))
        met = {part for part in parts if part}
        if _SEVERAL in met:
            return self._otherwise(text)
        if len(met) < self._count:
            return []
        places = [(place, part - 1) for place, part in enumerate(parts) if part]
        return near_words(places, self._count, self._words_between)


def _part_of_words(parts: Sequence[Collection[str]]) -> dict[str, int]:
    """Return of each word the number of its part, from 1 on, or `_SEVERAL`."""
    known: dict[str, int] = {}
    for number, words in enumerate(parts, 1):
        for word in words:
            known[word] = _SEVERAL if word in known else number
    return known

"""Where the words of a rule's query stand in a passage: told for less than an answer takes.

An answer has to mark each word that a query found. A rule asks from where to where all of them
stand: so of two things near one another only the words at the ends count, and of patterns it is
enough to know of each word whether it fits, which is remembered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import compress
from operator import itemgetter

import numpy as np

from pinakes.indexer import keeps_initials, recall_stems, stem, words
from pinakes.search.evaluation.patterns.shapes import read_shapes
from pinakes.search.evaluation.texts.occurrences import ReadText
from pinakes.search.evaluation.texts.proximity import find_stretches
from pinakes.search.query import (
    Near,
    Node,
    Or,
    Phrase,
    Regex,
    Together,
    Wildcard,
    Word,
)
from pinakes.search.query.regex import Pattern
from pinakes.search.tagging.near_words import (
    FindRuns,
    NearWords,
    Run,
    WordsIn,
    near_words,
)
from pinakes.search.tagging.rule_words import KnownWords

# Words that are remembered of a stem.
_MOST_COMPARED = 1 << 16
# Words that are known beforehand, in all languages; a few megabytes.
_MOST_KNOWN = 1 << 15

Fits = Callable[[str], bool]


def compile_leaf(
    node: Node, patterns: Mapping[Pattern, Mapping[str, bool]], known: KnownWords | None = None
) -> FindRuns | None:
    """Return what finds a leaf of a query in a passage.

    None if only `find_occurrences` tells, as where signs count, or if there is nothing to find.

    Args:
        node: The leaf.
        patterns: Tells of each pattern whether words fit it.
        known: All words that there are, if that is known; they are asked for at once.
    """
    match node:
        case Word() | Phrase() | Wildcard() | Regex():
            shapes = _shapes_of(node)
            if known is not None and (words_in := _words_in(node, known)):
                return partial(_find_among, words_in)
            if isinstance(node, Word) and len(shapes) == 1 and isinstance(shapes[0], str):
                return _StemRuns(shapes[0]).find
            return _compile_row([s if isinstance(s, str) else patterns[s] for s in shapes])
        case Near() | Together() | Or():
            parts = [compile_leaf(child, patterns, known) for child in node.children]
            found = [part for part in parts if part is not None]
            if not 1 < len(found) == len(parts):
                return None
            find = _compile_parts(node, found)
            if isinstance(node, Near) and not node.is_ordered and known is not None:
                each = [_words_in(child, known) for child in node.children]
                told = [words_in for words_in in each if words_in is not None]
                if len(told) == len(each) and sum(map(_count, told)) <= _MOST_KNOWN:
                    return NearWords(told, node.words_between, find).find
            return find
    return None


def _shapes_of(node: Node) -> list[str | Pattern]:
    """Return what each word of a leaf has to be; nothing if it is no words one after the other."""
    match node:
        case Word() | Phrase():
            return [folded for _, _, folded in words(node.text)]
        case Wildcard() | Regex():
            return [shape for shape in read_shapes(node) if isinstance(shape, str | Pattern)]
    return []


def _words_in(node: Node, known: KnownWords) -> WordsIn | None:
    """Return which words a leaf of one word stands for; None of any other, or of too many."""
    shapes = _shapes_of(node)
    if len(shapes) != 1:
        return None
    (shape,) = shapes
    if isinstance(node, Word) and isinstance(shape, str):
        return {each: _words_of_stem(shape, each, known) for each in known.languages}
    found = {shape} if isinstance(shape, str) else known.fitting(shape, _MOST_KNOWN)
    return None if found is None else dict.fromkeys(known.languages, found)


def _count(words_in: WordsIn) -> int:
    return sum(map(len, words_in.values()))


def _words_of_stem(word: str, language: str, known: KnownWords) -> Collection[str]:
    stemmed = stem(word, language)
    alike = list(known.of_stem(stemmed))
    stems = recall_stems(alike, language)
    return {one for one, its in zip(alike, stems, strict=True) if its == stemmed}


def _find_among(words_in: WordsIn, text: ReadText) -> list[Run]:
    return _single_words(text.words, words_in[text.language].__contains__)


def _compile_parts(node: Near | Together | Or, parts: Sequence[FindRuns]) -> FindRuns:
    match node:
        case Near():
            return partial(
                _find_near, parts, words_between=node.words_between, is_ordered=node.is_ordered
            )
        case Together():
            find = _find_together if node.unit == "passage" else _find_in_sentences
            return partial(find, parts)
    return partial(_find_any, parts)


class _OfStem(dict[str, bool]):
    """Whether words have the stem that a word has in a language, each looked up once."""

    def __init__(self, word: str, language: str) -> None:
        super().__init__()
        self._stemmed = stem(word, language)
        self._language = language
        # Most words are told apart by their first letter, and need not be stemmed.
        self._initial = self._stemmed[:1] if keeps_initials(language) else ""

    def __missing__(self, word: str) -> bool:
        if len(self) >= _MOST_COMPARED:
            self.clear()
        may_be = word.startswith(self._initial) or not word.isascii()
        found = self[word] = may_be and stem(word, self._language) == self._stemmed
        return found


class _StemRuns:
    """Finds words of a stem."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._by_language: dict[str, _OfStem] = {}

    def find(self, text: ReadText) -> list[Run]:
        fits = self._by_language.get(text.language)
        if fits is None:
            fits = self._by_language[text.language] = _OfStem(self._word, text.language)
        return _single_words(text.words, fits.__getitem__)


def _single_words(found: Sequence[str], fits: Fits) -> list[Run]:
    return [(at, at) for at in compress(range(len(found)), map(fits, found))]


def _compile_row(row: Sequence[str | Mapping[str, bool]]) -> FindRuns | None:
    """Return what finds words in a row, each one word or any that fits a pattern."""
    if not row:
        return None
    fits = [each.__eq__ if isinstance(each, str) else each.__getitem__ for each in row]
    present = frozenset(each for each in row if isinstance(each, str))
    return partial(_find_row, present, fits[0], fits[1:])


def _find_row(
    present: frozenset[str], first: Fits, others: Sequence[Fits], text: ReadText
) -> list[Run]:
    found = text.words
    if not all(word in found for word in present):
        return []
    if not others:
        return _single_words(found, first)
    last = len(others)
    return [
        (at, at + last)
        for at, word in enumerate(found[: max(0, len(found) - last)])
        if first(word)
        and all(fits(other) for fits, other in zip(others, found[at + 1 :], strict=False))
    ]


def _find_each(parts: Iterable[FindRuns], text: ReadText) -> list[Collection[Run]]:
    """Return where each part stands; nothing if any of them does not."""
    found = []
    for find in parts:
        runs = find(text)
        if not runs:
            return []
        found.append(runs)
    return found


def _find_any(parts: Sequence[FindRuns], text: ReadText) -> list[Run]:
    return sorted({run for find in parts for run in find(text)})


def _find_together(parts: Sequence[FindRuns], text: ReadText) -> list[Run]:
    return sorted({run for runs in _find_each(parts, text) for run in runs})


def _find_in_sentences(parts: Sequence[FindRuns], text: ReadText) -> list[Run]:
    found = _find_each(parts, text)
    if not found:
        return []
    by_sentence = [_by_sentence(runs, text) for runs in found]
    shared = set.intersection(*map(set, by_sentence))
    return sorted({run for each in by_sentence for number in shared for run in each[number]})


def _by_sentence(runs: Iterable[Run], text: ReadText) -> dict[int, list[Run]]:
    found: dict[int, list[Run]] = {}
    begins = text.sentences
    for run in runs:
        start, end = text.span_of(run)
        number = bisect_right(begins, start)
        if number == bisect_right(begins, end - 1):
            found.setdefault(number, []).append(run)
    return found


def _find_near(
    parts: Sequence[FindRuns], text: ReadText, *, words_between: int, is_ordered: bool
) -> list[Run]:
    found = _find_each(parts, text)
    if not found:
        return []
    if not is_ordered:
        places = [
            (first, n) for n, runs in enumerate(found) for first, last in runs if first == last
        ]
        if len({place for place, _ in places}) == sum(map(len, found)):
            return near_words(sorted(places), len(found), words_between)
    firsts, lasts = find_stretches(
        [_by_length(runs) for runs in found], words_between=words_between, is_ordered=is_ordered
    )
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _by_length(runs: Iterable[Run]) -> dict[int, np.typing.NDArray[np.int64]]:
    firsts: dict[int, list[int]] = {}
    for first, last in runs:
        firsts.setdefault(last - first + 1, []).append(first)
    return {length: np.array(sorted(some), np.int64) for length, some in firsts.items()}


def span_of_runs(runs: Collection[Run], text: ReadText) -> tuple[int, int]:
    """Return the characters from the first of some words to the last, at least one."""
    first = min(runs, key=itemgetter(0))[0]
    last = max(runs, key=itemgetter(1))[1]
    return text.span_of((first, last))

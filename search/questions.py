"""Reads a question as it is asked, in a sentence, as any of its words.

Nothing in it is an operator: `who said "no"? (1997)` asks for `who`, `said`, `no` and `1997`. What
it becomes is a query in our own language, so it is evaluated, explained and proved as any other.
`docs/ranking.md` says what each part of it is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from pinakes.corpus import UNKNOWN_LANGUAGE
from pinakes.indexer import Snapshot, is_unspaced, words
from pinakes.search.query import Boost, Node, Or, Phrase, Query, Word
from pinakes.search.stop_words import find_stop_words


class QuestionWeights(NamedTuple):
    """What each part of a question counts, beside its words, which count 1.

    Attributes:
        stop: A stop word.
        exact: Any other word in the very form in which it is asked for, beside its stem.
        pair: Two neighbours, neither a stop word, next to each other as they are asked for.
        quoted: What stands in quotation marks, of several words, stop words among them, as it is.
        language: How much it matters how rare a word is in the question's language, where that is
            another matter than in the whole archive: 0 not at all, 1 entirely.
        unspaced: Two neighbours of a script without spaces, where that is what a word is.
    """

    stop: float = 0.5
    exact: float = 0.2
    pair: float = 0.32
    quoted: float = 0.2
    language: float = 1.0
    unspaced: float = 1.0


DEFAULT_WEIGHTS = QuestionWeights()
# A mark that is not closed soon was none.
_QUOTED = re.compile(r'"([^"]{1,100})"|[“„]([^“”„"]{1,100})[“”]|«([^«»]{1,100})»')
_NO_FACTORS: Mapping[str, float] = MappingProxyType({})


class _Asked(NamedTuple):
    """A word of a question, with its place in the text."""

    start: int
    end: int
    folded: str


def ask_snapshot(
    text: str, snapshot: Snapshot, *, weights: QuestionWeights = DEFAULT_WEIGHTS
) -> Query:
    """Return what `read_question` does, with what an archive knows of the question's language."""
    if len(snapshot.languages) < 2 or not weights.language:
        return read_question(text, snapshot.languages, weights=weights)
    # Most archives are in one language.
    from pinakes.search.question_languages import recognise

    found = recognise(list(dict.fromkeys(word for _, _, word in words(text))), snapshot)
    if found is None:
        return read_question(text, snapshot.languages, weights=weights)
    factors = {word: factor**weights.language for word, factor in found.factors.items()}
    # Articles of which no language was told have no stop words of their own.
    spoken = snapshot.languages if found.code == UNKNOWN_LANGUAGE else [found.code]
    return read_question(text, spoken, weights=weights, factors=factors)


def read_question(
    text: str,
    languages: Iterable[str],
    *,
    weights: QuestionWeights = DEFAULT_WEIGHTS,
    factors: Mapping[str, float] = _NO_FACTORS,
) -> Query:
    """Return the query for any of the words of `text`.

    Its `root` is None if there is no word that counts.

    Args:
        text: What is asked, in a sentence or a few words.
        languages: Those of the archive: which words say little depends on the language.
        weights: What each part counts; one of weight 0 is left out.
        factors: By folded word, what it counts beside that, looked for by its stem, if it is no
            stop word.
    """
    asked = [_Asked(*found) for found in words(text)]
    if not asked:
        return Query(text=text, root=None)
    stop = find_stop_words({word.folded for word in asked}, languages)
    nodes = [
        *_words(asked, stop, weights, factors),
        *_pairs(asked, stop, weights),
        *_quoted(text, weights),
    ]
    if not nodes:
        return Query(text=text, root=None)
    root = nodes[0] if len(nodes) == 1 else Or(start=0, end=len(text), children=tuple(nodes))
    return Query(text=text, root=root)


def _words(
    asked: Sequence[_Asked],
    stop: frozenset[str],
    weights: QuestionWeights,
    factors: Mapping[str, float],
) -> Iterator[Node]:
    """Yield what looks for each word, by its stem and by itself; one said twice counts double."""
    first = {word.folded: word for word in reversed(asked)}
    said: dict[str, int] = {}
    for word in asked:
        said[word.folded] = said.get(word.folded, 0) + 1
    for folded, times in said.items():
        word = first[folded]
        factor = times * (weights.stop if folded in stop else 1.0)
        own = 1.0 if folded in stop else factors.get(folded, 1.0)
        yield from _weighed(Word(word.start, word.end, folded), round(factor * own, 4))
        if folded not in stop and not is_unspaced(folded):
            yield from _weighed(Phrase(word.start, word.end, folded), factor * weights.exact)


def _pairs(
    asked: Sequence[_Asked], stop: frozenset[str], weights: QuestionWeights
) -> Iterator[Node]:
    """Yield what looks for words next to each other."""
    pairs: dict[str, tuple[float, Phrase]] = {}
    for one, other in pairwise(asked):
        if is_unspaced(one.folded) and is_unspaced(other.folded) and one.end == other.start:
            text, factor = one.folded + other.folded, weights.unspaced
        elif one.folded in stop or other.folded in stop:
            continue
        else:
            text, factor = f"{one.folded} {other.folded}", weights.pair
        before, phrase = pairs.get(text, (0.0, Phrase(one.start, other.end, text)))
        pairs[text] = before + factor, phrase
    for factor, phrase in pairs.values():
        yield from _weighed(phrase, factor)


def _quoted(text: str, weights: QuestionWeights) -> Iterator[Node]:
    """Yield what looks for the words between quotation marks in a row, each row once."""
    rows: dict[str, Phrase] = {}
    for found in _QUOTED.finditer(text):
        start, end = found.span(found.lastindex or 0)
        row = [folded for _, _, folded in words(text[start:end])]
        if len(row) > 1:
            rows.setdefault(" ".join(row), Phrase(start, end, " ".join(row)))
    for phrase in rows.values():
        yield from _weighed(phrase, weights.quoted)


def _weighed(node: Node, factor: float) -> Iterator[Node]:
    if factor == 1.0:
        yield node
    elif factor > 0:
        yield Boost(node.start, node.end, node, factor)

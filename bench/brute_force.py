"""The exact answer, by looking at every passage: what docs/evaluation.md says, in plain loops."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.inputs import BenchPassage
from bench.shapes import TOP_COUNT, Join
from pinakes.indexer import stem, words

_K1, _B = 1.2, 0.75
_ARTICLE_K1, _SHARE, _POWER = 1.5, 0.3, 0.3
_LANGUAGE = "en"


class Asking(NamedTuple):
    """A query to be answered."""

    words: tuple[str, ...]
    join: Join


@dataclass(slots=True)
class _Holders:
    """How often a clause stands in the passages, and in the articles, that hold it."""

    passages: Counter[int] = field(default_factory=Counter)
    articles: Counter[int] = field(default_factory=Counter)


class BruteForce:
    """Counts once for many queries; texts are not kept.

    Attributes:
        per_article: Passages in an article, as the archive was made.
    """

    def __init__(self, askings: Iterable[Asking], *, per_article: int) -> None:
        """Take the queries that will be answered."""
        self.per_article = per_article
        self._stems: dict[str, str | None] = {}
        self._holders: defaultdict[tuple[str, ...], _Holders] = defaultdict(_Holders)
        self._wanted: set[str] = set()
        self._phrases: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for asking in askings:
            if asking.join is Join.PHRASE:
                self._phrases[asking.words[0]].add(asking.words)
            else:
                self._wanted.update(stem(word, _LANGUAGE) for word in asking.words)
        self._lengths: list[int] = []
        self._article_lengths: list[int] = []
        self._mean = self._article_mean = 0.0

    def read(self, passages: Iterable[BenchPassage]) -> None:
        """Count what the queries need of every passage."""
        for number, passage in enumerate(passages):
            found = [folded for _start, _end, folded in words(passage.text)]
            self._lengths.append(len(found))
            for clause in self._clauses(found):
                holders = self._holders[clause]
                holders.passages[number] += 1
                holders.articles[number // self.per_article] += 1
        firsts = range(0, len(self._lengths), self.per_article)
        self._article_lengths = [
            sum(self._lengths[first : first + self.per_article]) for first in firsts
        ]
        self._mean = sum(self._lengths) / len(self._lengths)
        self._article_mean = sum(self._lengths) / len(self._article_lengths)

    def _clauses(self, found: Sequence[str]) -> Iterable[tuple[str, ...]]:
        for place, word in enumerate(found):
            if word not in self._stems:
                stemmed = stem(word, _LANGUAGE)
                self._stems[word] = stemmed if stemmed in self._wanted else None
            wanted = self._stems[word]
            if wanted is not None:
                yield (wanted,)
            for phrase in self._phrases.get(word, ()):
                if tuple(found[place : place + len(phrase)]) == phrase:
                    yield phrase

    def passage_scores(self, asking: Asking) -> list[float]:
        """Return the scores of the ten best passages, best first."""
        held = self._held(asking)
        matching = _join([holders.passages for _rarity, holders in held], asking.join)
        return _best(self._score_passage(number, held) for number in matching)

    def article_scores(self, asking: Asking) -> list[float]:
        """Return the scores of the ten best articles, best first: each with its best passage."""
        held = [(self._emphasise(weight), holders) for weight, holders in self._held(asking)]
        best: defaultdict[int, float] = defaultdict(float)
        for number in _join([holders.passages for _rarity, holders in held], Join.OR):
            article = number // self.per_article
            best[article] = max(best[article], self._score_passage(number, held))
        matching = _join([holders.articles for _rarity, holders in held], asking.join)
        return _best(self._score_article(each, held) + _SHARE * best[each] for each in matching)

    def _held(self, asking: Asking) -> list[tuple[float, _Holders]]:
        """Return what holds the clauses of a query, each after the clause's weight."""
        if asking.join is Join.PHRASE:
            clauses = [asking.words]
        else:
            clauses = [(stem(word, _LANGUAGE),) for word in asking.words]
        held = [self._holders[clause] for clause in clauses]
        return [(self._weigh(len(holders.articles)), holders) for holders in held]

    def _weigh(self, holding: int) -> float:
        return math.log(1 + (len(self._article_lengths) - holding + 0.5) / (holding + 0.5))

    def _emphasise(self, weight: float) -> float:
        """Return what a weight counts where articles are ranked."""
        most = math.log(2 * len(self._article_lengths) + 2)
        return float(weight * (weight / most) ** _POWER)

    def _score_passage(self, number: int, held: Sequence[tuple[float, _Holders]]) -> float:
        norm = _K1 * (1 - _B + _B * self._lengths[number] / self._mean)
        counts = ((weight, holders.passages[number]) for weight, holders in held)
        return sum(weight * count / (norm + count) for weight, count in counts)

    def _score_article(self, article: int, held: Sequence[tuple[float, _Holders]]) -> float:
        norm = 1 - _B + _B * self._article_lengths[article] / self._article_mean
        counts = ((weight, holders.articles[article] / norm) for weight, holders in held)
        return sum(weight * count / (_ARTICLE_K1 + count) for weight, count in counts)


def _join(held: Sequence[Mapping[int, int]], join: Join) -> set[int]:
    """Return the numbers that any, or for AND all, of `held` have."""
    sets = map(set, held)
    return set.intersection(*sets) if join is Join.AND else set().union(*sets)


def _best(scores: Iterable[float]) -> list[float]:
    return heapq.nlargest(TOP_COUNT, scores)


def is_same(found: Sequence[float], exact: Sequence[float]) -> bool:
    """Whether two lists of scores agree to 1e-5, relative."""
    return len(found) == len(exact) and all(
        math.isclose(one, other, rel_tol=1e-5) for one, other in zip(found, exact, strict=True)
    )

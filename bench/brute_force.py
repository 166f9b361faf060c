"""The exact answer, by looking at every passage: what docs/evaluation.md says, in plain loops."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.inputs import BenchPassage
from bench.shapes import TOP_COUNT, Join
from pinakes.indexer import stem, words

_K1, _B = 1.2, 0.75
_LANGUAGE = "en"


class Asking(NamedTuple):
    """A query to be answered."""

    words: tuple[str, ...]
    join: Join


@dataclass(slots=True)
class _Holders:
    """The passages that hold a clause, with how often, and the articles they are in."""

    counts: dict[int, int] = field(default_factory=dict)
    articles: set[int] = field(default_factory=set)


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

    def read(self, passages: Iterable[BenchPassage]) -> None:
        """Count what the queries need of every passage."""
        for number, passage in enumerate(passages):
            found = [folded for _start, _end, folded in words(passage.text)]
            self._lengths.append(len(found))
            counts = Counter(self._clauses(found))
            for clause, count in counts.items():
                holders = self._holders[clause]
                holders.counts[number] = count
                holders.articles.add(number // self.per_article)

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

    def scores(self, asking: Asking) -> list[float]:
        """Return the scores of the ten best, best first: of all passages, each article's best."""
        if asking.join is Join.PHRASE:
            clauses = [asking.words]
        else:
            clauses = [(stem(word, _LANGUAGE),) for word in asking.words]
        held = [self._holders[clause] for clause in clauses]
        if asking.join is Join.AND:
            matching = set.intersection(*(set(holders.counts) for holders in held))
        else:
            matching = set().union(*(holders.counts for holders in held))
        best: dict[int, float] = {}
        for number in matching:
            article = number // self.per_article
            best[article] = max(best.get(article, 0.0), self._score(number, held))
        return sorted(best.values(), reverse=True)[:TOP_COUNT]

    def _score(self, number: int, held: Sequence[_Holders]) -> float:
        articles = math.ceil(len(self._lengths) / self.per_article)
        mean = sum(self._lengths) / len(self._lengths)
        norm = _K1 * (1 - _B + _B * self._lengths[number] / mean)
        score = 0.0
        for holders in held:
            count = holders.counts.get(number, 0)
            rarity = (articles - len(holders.articles) + 0.5) / (len(holders.articles) + 0.5)
            score += math.log(1 + rarity) * count / (norm + count)
        # A passage as a unit is scored as a unit and as a passage, by the same formula.
        return 2 * score


def is_same(found: Sequence[float], exact: Sequence[float]) -> bool:
    """Whether two lists of scores agree to 1e-5, relative."""
    return len(found) == len(exact) and all(
        math.isclose(one, other, rel_tol=1e-5) for one, other in zip(found, exact, strict=True)
    )

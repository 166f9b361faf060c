"""Which of an archive's languages a question is in, and how rare its words are in that.

In an archive of several languages a word that every article of one language has is rare all the
same, and a name that all languages share seems frequent beside it. So the words of a question count
as much as they would in an archive of the question's language alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from pinakes.indexer import Snapshot
from pinakes.search.evaluation import prepare
from pinakes.search.evaluation.bm25 import Floats, inverse_article_frequency, relate
from pinakes.search.evaluation.first_hits.snapshot_lists import lists_of
from pinakes.search.evaluation.texts.held import Flags, Ordinals
from pinakes.search.facet_columns import columns_of
from pinakes.search.query import Or, Word

LEAST_ARTICLES = 20
"""A language with fewer articles is not known well enough to be recognised by them."""
SMOOTHING = 20.0
"""So many articles that are as the whole archive is are added to those of a language."""
MARGIN = 2.0
"""How much likelier a language has to be than any other: the difference of logarithms."""
_MOST_KEPT = 50_000
"""Words whose counts are remembered of a snapshot; beyond, all are forgotten."""


class QuestionLanguage(NamedTuple):
    """What is known of the language of a question.

    Attributes:
        code: ISO 639-1, or `und`, if it is likeliest that of articles of which none was told.
        factors: By folded word, what it counts in articles of the language beside what it counts
            in all; words that no article has are not there.
    """

    code: str
    factors: Mapping[str, float]


def recognise(words: Sequence[str], snapshot: Snapshot) -> QuestionLanguage | None:
    """Return the language that a question is in; None where that is not clear, or there is one.

    That is the likeliest, by the articles of each that hold each of the words (naive Bayes, the
    languages alike before), smoothed by the whole archive: C. Zhai, J. Lafferty: A Study of
    Smoothing Methods for Language Models (TOIS 22(2), 2004).

    Args:
        words: Those of the question, folded, each once.
        snapshot: The archive.
    """
    if len(snapshot.languages) < 2 or not words:
        return None
    known = _counts_of(snapshot)
    sizes = known.sizes
    if np.count_nonzero(sizes >= LEAST_ARTICLES) < 2:
        return None
    holding = known.count(words, snapshot)
    share = (holding.sum(axis=1, keepdims=True) + 0.5) / sizes.sum()
    smoothed = (holding + SMOOTHING * share) / (sizes + SMOOTHING)
    likelihood = np.log(smoothed).sum(axis=0)
    likelihood[sizes < LEAST_ARTICLES] = -np.inf
    second, first = np.argsort(likelihood)[-2:].tolist()
    if likelihood[first] - likelihood[second] < MARGIN:
        return None
    factors = {
        word: _weigh(counts, smoothed[place, first], sizes, first)
        for place, (word, counts) in enumerate(zip(words, holding, strict=True))
        if counts.any()
    }
    return QuestionLanguage(known.languages[first], factors)


def _weigh(counts: Floats, share: float, sizes: Floats, language: int) -> float:
    """Return what a word counts in a language beside what it counts in all, by their rarities."""
    articles, whole = int(sizes[language]), int(sizes.sum())
    inside = relate(inverse_article_frequency(articles, share * articles), articles)
    return inside / relate(inverse_article_frequency(whole, float(counts.sum())), whole)


class _Counts:
    """How many articles of each language of a snapshot hold words; safe for many threads.

    Attributes:
        languages: ISO 639-1 codes.
        sizes: How many living articles are in each.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Count the articles; of no word yet."""
        self._by_word: dict[str, Ordinals] = {}
        if snapshot.remote is not None:
            counts = sorted(snapshot.remote.totals.articles_by_language.items())
            self.languages = tuple(language for language, _ in counts)
            self.sizes = np.array([count for _, count in counts], np.float64)
            return
        column = columns_of(snapshot).get("language")
        self.languages = column.values
        self.sizes = column.count(np.flatnonzero(_are_living(snapshot))).astype(np.float64)

    def count(self, words: Sequence[str], snapshot: Snapshot) -> Floats:
        """Return how many articles of each language hold each word, by its stem: a row a word."""
        known = self._by_word
        new = [word for word in words if word not in known]
        if len(known) + len(new) > _MOST_KEPT:
            known = self._by_word = {}
            new = list(words)
        if new:
            known.update(zip(new, _read_counts(new, snapshot), strict=True))
        return np.array([known[word] for word in words], np.float64)


def _read_counts(words: Sequence[str], snapshot: Snapshot) -> list[Ordinals]:
    if snapshot.remote is not None:
        from pinakes.search.cluster.values import count_by_language

        languages = sorted(snapshot.remote.totals.articles_by_language)
        return [np.array(row) for row in count_by_language(snapshot.remote, words, languages)]
    column, lists = columns_of(snapshot).get("language"), lists_of(snapshot)
    asked = tuple(Word(0, 0, word) for word in words)
    plan = prepare(asked[0] if len(asked) == 1 else Or(0, 0, asked), snapshot)
    found = (lists.articles(clause, lists.passages(clause)).articles for clause in plan.clauses)
    return [column.count(articles.astype(np.int64)) for articles in found]


def _are_living(snapshot: Snapshot) -> Flags:
    segments = snapshot.segments
    return np.concatenate(
        [np.ones(s.article_count, np.bool_) if s.live is None else s.live for s in segments]
    )


_counts: WeakKeyDictionary[Snapshot, _Counts] = WeakKeyDictionary()


def _counts_of(snapshot: Snapshot) -> _Counts:
    found = _counts.get(snapshot)
    if found is None:
        found = _counts[snapshot] = _Counts(snapshot)
    return found

"""Widens a question by what the first articles that answer it are about.

Pseudo-relevance feedback, as the relevance model RM3 has it: N. Abdul-Jaleel and others: UMass at
TREC 2004; V. Lavrenko, W. B. Croft: Relevance-Based Language Models, SIGIR 2001.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from pinakes.corpus import Article
from pinakes.indexer import is_unspaced, stem, words
from pinakes.search.query import Boost, Node, Or, Query, Word
from pinakes.search.stop_words import stop_words

ARTICLES = 10
"""So many of the first articles are taken to be relevant."""
TERMS = 20
"""So many of their words widen the question."""
SHARE = 0.4
"""What these words count together, of all that the question counts then."""
_MIN_CHARS = 2


class _Term(NamedTuple):
    """A word of the first articles, by its stem.

    Attributes:
        form: The form in which it stands there most often.
        weight: How probable it is in them.
    """

    form: str
    weight: float


def widen(query: Query, answers: Sequence[tuple[Article, float]]) -> Query:
    """Return a question with the most probable words of the first articles that answer it.

    `P(w | R)` is the sum over these articles of `P(w | article)` times the article's share of their
    scores. Words are taken by their stems; stop words, numbers and single letters are left out.

    Args:
        query: As `read_question` returned it.
        answers: The articles with their scores, best first.
    """
    if query.root is None:
        return query
    asked = query.root.children if isinstance(query.root, Or) else (query.root,)
    whole = sum(_factor(node) for node in asked)
    terms = _find_terms(answers[:ARTICLES])
    total = sum(term.weight for term in terms)
    if not total:
        return query
    place = len(query.text)
    added = [
        Boost(place, place, Word(place, place, term.form), share)
        for term in terms
        if (share := round(SHARE / (1 - SHARE) * whole * term.weight / total, 4)) > 0
    ]
    return replace(query, root=Or(0, place, (*asked, *added)), is_widened=True)


def _factor(node: Node) -> float:
    """Return what a word of a question counts; exact forms and neighbours are not counted again."""
    if isinstance(node, Boost):
        return node.factor if isinstance(node.child, Word) else 0.0
    return 1.0 if isinstance(node, Word) else 0.0


def _find_terms(answers: Iterable[tuple[Article, float]]) -> list[_Term]:
    weights: dict[str, float] = {}
    forms: dict[str, Counter[str]] = {}
    for article, score in answers:
        found = Counter(_telling(article))
        length = sum(found.values())
        for (stemmed, form), count in found.items():
            weights[stemmed] = weights.get(stemmed, 0.0) + score * count / length
            forms.setdefault(stemmed, Counter())[form] += count
    first = sorted(weights.items(), key=lambda each: (-each[1], each[0]))[:TERMS]
    return [
        _Term(min(forms[stemmed].items(), key=lambda form: (-form[1], form[0]))[0], weight)
        for stemmed, weight in first
    ]


def _telling(article: Article) -> Iterable[tuple[str, str]]:
    """Yield the words of an article that say something, each with its stem before it."""
    left_out = stop_words(article.language)
    for passage in article.passages:
        for _, _, word in words(passage.text):
            if word in left_out or word.isdigit() or len(word) < _MIN_CHARS or is_unspaced(word):
                continue
            yield stem(word, article.language), word

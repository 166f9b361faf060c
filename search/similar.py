"""The query that finds articles like a given one: its most telling words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

from pinakes.corpus import Article, Kind, Passage, Store
from pinakes.indexer import Snapshot, encode_term, stem, words
from pinakes.search.evaluation.bm25 import ZONE_WEIGHTS, inverse_article_frequency
from pinakes.search.options import OptionsError
from pinakes.search.query import And, Filter, Node, Not, Or, Query, Word

MAX_WORDS = 25
"""So many words of an article stand for it."""

_MIN_CHARS = 2
_MIN_ARTICLES = 2


def make_similar_query(
    article_id: str, snapshot: Snapshot, store: Store, *, passage_number: int | None = None
) -> Query:
    """Return the query for articles that share telling words with one, without itself.

    With `passage_number`, with that passage of it.

    Words tell by `(1 + ln tf) * idf`: `tf` is how often words of a stem stand in the article, those
    of the title counted three times and those of headings twice; `idf` is that of `bm25.py`. Words
    that no other article holds find nothing, and are left out. As in a query, a word stands for its
    stem in the language of each article.

    Its `root` is None if the article has no such word.

    Raises:
        UnknownArticleError: No article has the id.
        OptionsError: The article has no such passage.
    """
    article = store.find(article_id, generation=snapshot.generation)
    tf: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for passage in _looked_at(article, passage_number):
        weight = _weight_of(passage.kind)
        for _, _, word in words(passage.text):
            stemmed = stem(word, article.language)
            tf[stemmed] += weight
            forms.setdefault(stemmed, Counter())[word] += 1
    chosen_form = {
        stemmed: min(found.items(), key=lambda form: (-form[1], form[0]))[0]
        for stemmed, found in forms.items()
    }
    likely = {
        stemmed: count
        for stemmed, count in tf.items()
        if len(stemmed) >= _MIN_CHARS and not stemmed.isdigit()
    }
    holding = _count_holding([chosen_form[stemmed] for stemmed in likely], snapshot)
    worth = {
        stemmed: (1 + math.log(count)) * _rarity(holding[chosen_form[stemmed]], snapshot)
        for stemmed, count in likely.items()
    }
    telling = sorted((-value, stemmed) for stemmed, value in worth.items() if value > 0)
    chosen = [chosen_form[stemmed] for _, stemmed in telling[:MAX_WORDS]]
    return _join(chosen, article.id)


def _weight_of(kind: Kind) -> int:
    title, heading, body = map(int, ZONE_WEIGHTS)
    return {Kind.TITLE: title, Kind.HEADING: heading}.get(kind, body)


def _looked_at(article: Article, passage_number: int | None) -> Sequence[Passage]:
    if passage_number is None:
        return article.passages
    if passage_number >= len(article.passages):
        last = len(article.passages) - 1
        raise OptionsError(f"{article.id} has no passage {passage_number}; its last is {last}")
    return [article.passages[passage_number]]


def _count_holding(forms: Sequence[str], snapshot: Snapshot) -> dict[str, int]:
    """Return how many articles still in the index hold each word by its stem, in any language."""
    stems = {word: {stem(word, language) for language in snapshot.languages} for word in forms}
    if snapshot.remote is not None:
        from pinakes.search.cluster.values import count_articles_by_stem

        every = sorted({each for some in stems.values() for each in some})
        counts = count_articles_by_stem(snapshot.remote, every)
        return {word: sum(counts[each] for each in some) for word, some in stems.items()}
    return {word: _count_in_segments(some, snapshot) for word, some in stems.items()}


def _count_in_segments(stems: Collection[str], snapshot: Snapshot) -> int:
    encoded = [encode_term(each) for each in stems]
    holding = 0
    for segment in snapshot.segments:
        numbers = (segment.stems.number(each) for each in encoded)
        holding += sum(segment.stems.article_count(n) for n in numbers if n is not None)
    return holding


def _rarity(holding: int, snapshot: Snapshot) -> float:
    """Return the weight of a word that so many articles hold; 0 if no other holds it."""
    articles = sum(segment.article_count for segment in snapshot.segments)
    if snapshot.remote is not None:
        articles = snapshot.live_articles
    return inverse_article_frequency(articles, holding) if holding >= _MIN_ARTICLES else 0.0


def _join(chosen: Sequence[str], article_id: str) -> Query:
    """Return a query for any of the words, in another article."""
    if not chosen:
        return Query(text="", root=None)
    text = "("
    leaves: list[Node] = []
    for word in chosen:
        text += " OR " if leaves else ""
        leaves.append(Word(text=word, start=len(text), end=len(text) + len(word)))
        text += word
    text += ")" if len(leaves) > 1 else ""
    any_word: Node = leaves[0]
    if len(leaves) > 1:
        any_word = Or(children=tuple(leaves), start=1, end=len(text) - 1)
    start = len(text) + 1
    text += f" -id:{article_id}"
    itself = Filter(field="id", value=article_id, start=start + 1, end=len(text))
    other = Not(child=itself, start=start, end=len(text))
    return Query(text=text, root=And(children=(any_word, other), start=0, end=len(text)))

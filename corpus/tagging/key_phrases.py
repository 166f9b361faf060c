"""The few phrases that tell most of what an article is about, by statistics of the article alone.

The method is YAKE's (R. Campos and others: *YAKE! Keyword extraction from single documents using
multiple local features*, Information Sciences 509, 2020). A word's score, lower for a better word,
is

    H = rel * pos / (case + freq / rel + spread / rel)

with `pos = ln(ln(3 + median passage))`, `case = capitals / (1 + ln tf)`, `freq = tf / (mean tf +
deviation)`, `spread` the share of passages with the word and `rel = 1 + (DL + DR) * tf / max tf`,
where DL and DR are the shares of different words among its left and right neighbours. A phrase has
`prod H / (tf * (1 + sum H))`. Unlike YAKE, passages stand for sentences, no phrase has a stop word
within, and one word alone counts for less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import log, prod
from typing import NamedTuple

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.naming.lexicon import lexicon_of
from pinakes.corpus.tagging.tagger import ArticleText

# A word, or what parts two phrases.
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[.!?…,;:()\[\]{}\"“”„«»|/•–—،؛؟\n\t]")
_FEWEST_PHRASES = 3
_MOST_PHRASES = 10
_WORDS_A_PHRASE = 90
_SHORTEST_WORD = 3
# One word alone says less than the phrases it is in, and a name more than another word.
_ALONE = 6.0
_ALONE_AS_NAME = 2.0
_FEWEST_ALONE = 3
# An article of more passages is judged by its first ones.
_MOST_PASSAGES = 2000
# Added to the median so that its logarithm has one: YAKE's own.
_FIRST_PASSAGE = 3
_SPACELESS = frozenset(("zh", "ja", "th", "lo", "km", "my"))

Phrase = tuple[str, ...]


class KeyPhrase(NamedTuple):
    """A phrase that tells what an article is about.

    Attributes:
        value: As the article writes it most often.
        times: How often it stands in the article.
        score: Above 0; lower for a better phrase.
    """

    value: str
    times: int
    score: float


class _Words(NamedTuple):
    """Counts over an article, of words in lower case; "" stands for what parts phrases.

    Attributes:
        counts: Of words that have a meaning of their own.
        capitals: How often they have a capital where no sentence starts.
        pairs: Of neighbours.
        triples: Of three in a row.
        passages: The numbers of the passages a word stands in.
    """

    counts: dict[str, int]
    capitals: Counter[str]
    pairs: Counter[tuple[str, str]]
    triples: Counter[tuple[str, str, str]]
    passages: dict[str, list[int]]


def key_phrases(article: ArticleText) -> Mapping[Phrase, KeyPhrase]:
    """Return the key phrases of an article by their words in lower case, best first.

    From three to ten, one for each 90 words or so; fewer where nothing is said twice, and none
    in languages that put no spaces between words.
    """
    if article.language in _SPACELESS:
        return {}
    words = _count(article)
    if not words.counts:
        return {}
    scores = _word_scores(words, min(len(article.passages), _MOST_PASSAGES))
    wanted = min(_MOST_PHRASES, max(_FEWEST_PHRASES, sum(words.counts.values()) // _WORDS_A_PHRASE))
    return _chosen(sorted(_ranked(words, scores)), wanted, article)


def phrase_spans(
    text: str, phrases: Mapping[Phrase, KeyPhrase]
) -> Iterator[tuple[int, int, KeyPhrase]]:
    """Yield where phrases stand in a text, in order; none overlap, the better comes first."""
    lowered = _lower(text)
    taken: list[tuple[int, int, KeyPhrase]] = []
    for words, phrase in phrases.items():
        for start, end in _whole(" ".join(words), lowered):
            if all(end <= first or last <= start for first, last, _ in taken):
                taken.append((start, end, phrase))
    yield from sorted(taken, key=lambda span: span[0])


def _whole(written: str, lowered: str) -> Iterator[tuple[int, int]]:
    """Yield where a phrase stands in a text with no letter or digit right beside it."""
    start = lowered.find(written)
    while start >= 0:
        end = start + len(written)
        if not (start and lowered[start - 1].isalnum()) and not lowered[end : end + 1].isalnum():
            yield start, end
        start = lowered.find(written, end)


def _lower(text: str) -> str:
    """Return a text in lower case, a letter for a letter (`İ` has two in lower case)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _count(article: ArticleText) -> _Words:
    stop_words = lexicon_of(article.language).stop_words
    lowered: list[str] = []
    capitals: Counter[str] = Counter()
    passages: dict[str, list[int]] = {}
    for number, passage in enumerate(article.passages[:_MOST_PASSAGES]):
        if passage.kind is Kind.TABLE:
            continue
        in_passage = _tokens(_lower(passage.text))
        written = _tokens(passage.text)
        for before, word, low in zip(written, written[1:], in_passage[1:], strict=False):
            if before and word != low:
                capitals[low] += 1
        for word in set(in_passage):
            passages.setdefault(word, []).append(number)
        lowered += in_passage
        lowered.append("")
    counts = {
        word: count for word, count in Counter(lowered).items() if _has_meaning(word, stop_words)
    }
    return _Words(
        counts,
        capitals,
        Counter(pairwise(lowered)),
        Counter(zip(lowered, lowered[1:], lowered[2:], strict=False)),
        passages,
    )


def _tokens(text: str) -> list[str]:
    return [word if word[0].isalnum() else "" for word in _TOKEN.findall(text)]


def _has_meaning(word: str, stop_words: frozenset[str]) -> bool:
    return (
        len(word) >= _SHORTEST_WORD
        and word[0].isalpha()
        and word not in stop_words
        and ("’" not in word or word.replace("’", "'") not in stop_words)
    )


def _word_scores(words: _Words, passage_count: int) -> dict[str, float]:
    counts = words.counts
    mean = sum(counts.values()) / len(counts)
    deviation = (sum((count - mean) ** 2 for count in counts.values()) / len(counts)) ** 0.5
    most = max(counts.values())
    often = {word: count for word, count in counts.items() if count > 1}
    sides = _sides(words, often)
    scores = {}
    for word, count in often.items():
        where = words.passages[word]
        rel = 1 + sides[word] * count / most
        pos = log(log(_FIRST_PASSAGE + where[(len(where) - 1) // 2]))
        case = words.capitals[word] / (1 + log(count))
        spread = len(where) / passage_count
        scores[word] = rel * pos / (case + count / (mean + deviation) / rel + spread / rel)
    return scores


def _sides(words: _Words, often: dict[str, int]) -> dict[str, float]:
    """Return of each word the share of different words among its neighbours, left and right."""
    kinds = {word: [0, 0] for word in often}
    totals = {word: [0, 0] for word in often}
    for (before, after), count in words.pairs.items():
        if before and after:
            if after in kinds:
                kinds[after][0] += 1
                totals[after][0] += count
            if before in kinds:
                kinds[before][1] += 1
                totals[before][1] += count
    return {
        word: sum(kinds[word][side] / total for side, total in enumerate(totals[word]) if total)
        for word in often
    }


def _ranked(words: _Words, scores: dict[str, float]) -> Iterator[tuple[float, Phrase, int]]:
    for phrases in (words.pairs, words.triples):
        for phrase, count in phrases.items():
            if count > 1 and all(word in scores for word in phrase):
                parts = [scores[word] for word in phrase]
                yield prod(parts) / (count * (1 + sum(parts))), phrase, count
    for word, count in words.counts.items():
        if count >= _FEWEST_ALONE:
            is_name = 2 * words.capitals[word] >= count
            weight = _ALONE_AS_NAME if is_name else _ALONE
            yield weight * scores[word] / (count * (1 + scores[word])), (word,), count


def _chosen(
    ranked: list[tuple[float, Phrase, int]], wanted: int, article: ArticleText
) -> dict[Phrase, KeyPhrase]:
    """Return the best phrases, none of which is mostly within another."""
    lowered = _lower(article.text)
    chosen: dict[Phrase, KeyPhrase] = {}
    stems: list[frozenset[str]] = []
    for score, phrase, count in ranked:
        if len(chosen) == wanted:
            break
        stem = frozenset(word[:-1] if word.endswith("s") else word for word in phrase)
        if any(2 * len(stem & other) >= min(len(stem), len(other)) for other in stems):
            continue
        stems.append(stem)
        chosen[phrase] = KeyPhrase(_written(phrase, article, lowered), count, score)
    return chosen


def _written(phrase: Phrase, article: ArticleText, lowered: str) -> str:
    """Return a phrase as the article writes it most often, in lower case if that is as often."""
    forms = Counter(article.text[start:end] for start, end in _whole(" ".join(phrase), lowered))
    if not forms:
        return " ".join(phrase)
    return min(forms, key=lambda form: (-forms[form], form.lower() != form, form))

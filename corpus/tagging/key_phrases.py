"""The few phrases that tell most of what an article is about, by statistics of the article alone.

The method is YAKE's (R. Campos and others: *YAKE! Keyword extraction from single documents using
multiple local features*, Information Sciences 509, 2020). A word's score, lower for a better word,
is

    H = rel * pos / (case + freq / rel + spread / rel)

with `pos = ln(ln(3 + median passage))`, `case = capitals / (1 + ln tf)`, `freq = tf / (mean tf +
deviation)`, `spread` the share of passages with the word and `rel = 1 + (DL + DR) * tf / max tf`,
where DL and DR are the shares of different words among its left and right neighbours. A phrase has
`prod H / (tf * (1 + sum H))`. Unlike YAKE, passages stand for sentences, no phrase has a stop word
within or nothing but words that tell of no article what it is about (`last year`, `process`), and
one word alone counts for less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from math import log, prod
from typing import NamedTuple

from pinakes.corpus.model import Kind
from pinakes.corpus.tagging.naming.lexicon import lexicon_of, words_listed
from pinakes.corpus.tagging.phrase_edges import cut_phrases, led_on
from pinakes.corpus.tagging.tagger import ArticleText

# A word, or what parts two phrases; only a word is in the group.
_TOKEN = re.compile(r"([^\W_]+(?:[-'’][^\W_]+)*)|[.!?…,;:()\[\]{}\"“”„«»|/•–—،؛؟\n\t]")
# Letters whose lower case depends on what follows them, or is longer than they are.
_UNSTEADY = re.compile("[Σİ]")
_FEWEST_PHRASES = 3
_MOST_PHRASES = 10
_WORDS_A_PHRASE = 90
_SHORTEST_WORD, _SHORTEST_NAME = 3, 2
# `agency's`, `we'll`
_SHORTENED = re.compile(r"['’](?:s|ll|re|ve|d|m|t)$")
# One word alone says less than the phrases it is in, and a name more than another word.
_ALONE = 6.0
_ALONE_AS_NAME = 2.0
_FEWEST = 2
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
        often: Those of them that stand there more than once.
        capitals: How often words have a capital where no sentence starts.
        pairs: Of neighbours, one of which at least stands there often.
        triples: Of three in a row that all do.
        passages: Of those that stand there often, the numbers of their passages, in order.
    """

    counts: dict[str, int]
    often: dict[str, int]
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
        written = " ".join(words)
        if written not in lowered:
            continue
        for start, end in _whole(written, lowered):
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
    lowered: list[str] = []
    capitals: list[str] = []
    in_passages: list[frozenset[str]] = []
    for passage in article.passages[:_MOST_PASSAGES]:
        if passage.kind is Kind.TABLE:
            in_passages.append(frozenset())
            continue
        written, in_passage = _tokens(passage.text)
        if written != in_passage:
            told = zip(written, written[1:], in_passage[1:], strict=False)
            capitals += [low for before, word, low in told if before and word != low]
        in_passages.append(frozenset(in_passage))
        lowered += in_passage
        lowered.append("")
    has_capital = Counter(capitals)
    stop_words = lexicon_of(article.language).stop_words
    counts = {
        word: count
        for word, count in Counter(lowered).items()
        if _has_meaning(word, stop_words, is_name=2 * has_capital.get(word, 0) >= count)
    }
    often = {word: count for word, count in counts.items() if count > 1}
    passages: dict[str, list[int]] = {word: [] for word in often}
    for number, words in enumerate(in_passages):
        for word in often.keys() & words:
            passages[word].append(number)
    # The last of all is "", and so is what comes before the first.
    places = [place for place, word in enumerate(lowered) if word in often]
    after = [(lowered[place], lowered[place + 1]) for place in places if lowered[place + 1]]
    before = [(lowered[place - 1], lowered[place]) for place in places]
    pairs = after + [pair for pair in before if pair[0] and pair[0] not in often]
    triples = [
        (lowered[place], lowered[place + 1], lowered[place + 2])
        for place in places
        if lowered[place + 1] in often and lowered[place + 2] in often
    ]
    return _Words(counts, often, has_capital, Counter(pairs), Counter(triples), passages)


def _tokens(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a text as written and in lower case, "" for what parts phrases."""
    written: list[str] = _TOKEN.findall(text)
    if _UNSTEADY.search(text):
        return written, _TOKEN.findall(_lower(text))
    return written, "\n".join(written).lower().split("\n") if written else []


def _has_meaning(word: str, stop_words: frozenset[str], *, is_name: bool) -> bool:
    if len(word) < (_SHORTEST_NAME if is_name else _SHORTEST_WORD) or not word[0].isalpha():
        return False
    if word in stop_words:
        # `New Zealand`
        return is_name and word in words_listed("leading_names")
    if "'" not in word and "’" not in word:
        return True
    return word.replace("’", "'") not in stop_words and not _SHORTENED.search(word)


def _word_scores(words: _Words, passage_count: int) -> dict[str, float]:
    counts = words.counts
    mean = sum(counts.values()) / len(counts)
    deviation = (sum((count - mean) ** 2 for count in counts.values()) / len(counts)) ** 0.5
    most = max(counts.values())
    sides = _sides(words)
    scores = {}
    for word, count in words.often.items():
        where = words.passages[word]
        rel = 1 + sides[word] * count / most
        pos = log(log(_FIRST_PASSAGE + where[(len(where) - 1) // 2]))
        case = words.capitals[word] / (1 + log(count))
        spread = len(where) / passage_count
        scores[word] = rel * pos / (case + count / (mean + deviation) / rel + spread / rel)
    return scores


def _sides(words: _Words) -> dict[str, float]:
    """Return of each word the share of different words among its neighbours, left and right."""
    kinds = (dict.fromkeys(words.often, 0), dict.fromkeys(words.often, 0))
    totals = (dict.fromkeys(words.often, 0), dict.fromkeys(words.often, 0))
    for (before, after), count in words.pairs.items():
        if after in words.often:
            kinds[0][after] += 1
            totals[0][after] += count
        if before in words.often:
            kinds[1][before] += 1
            totals[1][before] += count
    return {
        word: sum(
            kind[word] / total[word]
            for kind, total in zip(kinds, totals, strict=True)
            if total[word]
        )
        for word in words.often
    }


def _ranked(words: _Words, scores: dict[str, float]) -> Iterator[tuple[float, Phrase, int]]:
    idle = words_listed("general") | words_listed("calendar")
    names = {word for word, count in words.often.items() if 2 * words.capitals[word] >= count}
    cut = cut_phrases(words.often, names, words.pairs, words.triples, idle)
    no_ends = led_on(words.often, words.pairs) | words_listed("acting")
    no_starts = words_listed("acting") | words_listed("praising")
    for phrases in (words.pairs, words.triples):
        for phrase, count in phrases.items():
            if count < _FEWEST or phrase in cut or not all(word in scores for word in phrase):
                continue
            if idle.issuperset(phrase) or phrase[0] in no_starts or phrase[-1] in no_ends:
                continue
            parts = [scores[word] for word in phrase]
            yield prod(parts) / (count * (1 + sum(parts))), phrase, count
    for word, count in words.often.items():
        if count < _FEWEST_ALONE or word in idle or word in no_ends or (word,) in cut:
            continue
        weight = _ALONE_AS_NAME if word in names else _ALONE
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
        written = _written(phrase, article, lowered)
        # Of two letters alone, only an acronym says anything: `AI`.
        if len(written) <= _SHORTEST_NAME and not written.isupper():
            continue
        stems.append(stem)
        chosen[phrase] = KeyPhrase(written, count, score)
    return chosen


def _written(phrase: Phrase, article: ArticleText, lowered: str) -> str:
    """Return a phrase as the article writes it most often, in lower case if that is as often."""
    forms = Counter(article.text[start:end] for start, end in _whole(" ".join(phrase), lowered))
    if not forms:
        return " ".join(phrase)
    return min(forms, key=lambda form: (-forms[form], form.lower() != form, form))

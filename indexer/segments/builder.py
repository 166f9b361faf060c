"""Articles in, the columns of a segment out, in bulk: no object for each token."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np

from pinakes.corpus import Article, Passage
from pinakes.indexer.analysis import fold, fold_value, raw_words, words
from pinakes.indexer.segments.arrays import Array
from pinakes.indexer.segments.columns import (
    FIELDS,
    KINDS,
    FieldColumns,
    SegmentColumns,
    encode_term,
    starts_of,
    zone_of,
)
from pinakes.indexer.segments.inversion import Numbers, invert_presence, invert_words
from pinakes.indexer.stemming import stem

_KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
_KIND_ZONE = np.array([zone_of(kind) for kind in KINDS], np.int64)


class SegmentBuilder:
    """Collects articles; `finish` makes a segment of them.

    Keys must ascend. Memory: about 4 bytes a word, and the vocabulary.
    """

    def __init__(self) -> None:
        self._tokens = array("I")
        self._raw = Numbers[str]()
        self._languages = Numbers[str]()
        self._passage_tokens = array("I")
        self._passage_kind = array("B")
        self._passage_language = array("I")
        self._article_key = array("q")
        self._article_passages = array("I")
        self._published = array("i")
        self._values = {name: _Values() for name in FIELDS if name not in ("word", "stem")}

    def __len__(self) -> int:
        """Return how many articles were added."""
        return len(self._article_key)

    @property
    def word_count(self) -> int:
        """How many words were added: what memory and time grow with."""
        return len(self._tokens)

    def add(self, article: Article) -> None:
        """Add one article.

        Raises:
            ValueError: Its key is not above that of the article before it.
        """
        if self._article_key and article.key <= self._article_key[-1]:
            raise ValueError(f"key {article.key} after {self._article_key[-1]}")
        language = self._languages[article.language]
        first = len(self._passage_kind)
        for passage in article.passages:
            self._add_passage(passage, language)
        last = len(self._passage_kind)
        self._article_key.append(article.key)
        self._article_passages.append(last - first)
        self._published.extend(published_days(article.published))
        for name, terms in _article_terms(article):
            self._values[name].add(terms, first, last)

    def _add_passage(self, passage: Passage, language: int) -> None:
        number = len(self._passage_kind)
        before = len(self._tokens)
        self._tokens.extend(map(self._raw.__getitem__, raw_words(passage.text)))
        self._passage_tokens.append(len(self._tokens) - before)
        self._passage_kind.append(_KIND_NUMBER[passage.kind])
        self._passage_language.append(language)
        self._values["kind"].add((passage.kind.value,), number, number + 1)
        if passage.tags:
            tags = {fold_value(f"{tag.type}:{tag.value}") for tag in passage.tags}
            tags |= {fold_value(tag.type) for tag in passage.tags}
            self._values["tag"].add(tags, number, number + 1)
        if passage.section:
            self._values["section"].add_words(passage.section, number, number + 1)

    def finish(self) -> SegmentColumns:
        """Return the columns of what was added."""
        first = starts_of(_numbers(self._article_passages))
        ranks, terms = self._ranked_words()
        lengths = _numbers(self._passage_tokens)
        ranks, lengths = _without_nothings(ranks, lengths)
        fields: dict[str, FieldColumns] = {"word": invert_words(ranks, lengths, terms)}
        stems, stem_terms = self._ranked_stems(ranks, lengths, terms)
        fields["stem"] = invert_words(stems, lengths, stem_terms, positions=False)
        for name, values in self._values.items():
            fields[name] = values.finish()
        kinds = np.frombuffer(self._passage_kind, np.uint8)
        return SegmentColumns(
            article_key=np.frombuffer(self._article_key, np.int64),
            article_first=first,
            article_words=zone_words(first, kinds, lengths),
            published=np.frombuffer(self._published, np.int32).reshape(-1, 2),
            passage_kind=kinds,
            passage_words=lengths,
            fields=fields,
        )

    def _ranked_words(self) -> tuple[Array, list[str]]:
        """Return each token's place in the sorted folded words, and these; -1 for no word."""
        folded = list(map(fold, self._raw))
        terms = sorted(set(folded) - {""})
        rank = {term: number for number, term in enumerate(terms)}
        rank[""] = -1
        by_raw = np.fromiter(map(rank.__getitem__, folded), np.int64, len(folded))
        return by_raw[_numbers(self._tokens)], terms

    def _ranked_stems(
        self, ranks: Array, lengths: Array, terms: list[str]
    ) -> tuple[Array, list[str]]:
        """Return each token's place in the sorted stems, and these, by its article's language."""
        languages = list(self._languages)
        token_language = np.repeat(_numbers(self._passage_language), lengths)
        pairs = ranks * max(1, len(languages)) + token_language
        met = np.zeros(len(terms) * max(1, len(languages)), np.bool_)
        met[pairs] = True
        used = np.flatnonzero(met)
        stems = [
            stem(terms[pair // len(languages)], languages[pair % len(languages)])
            for pair in used.tolist()
        ]
        stem_terms = sorted(set(stems))
        rank = {term: number for number, term in enumerate(stem_terms)}
        by_pair = np.zeros(len(met), np.int64)
        by_pair[used] = np.fromiter(map(rank.__getitem__, stems), np.int64, len(stems))
        return by_pair[pairs], stem_terms


def zone_words(first: Array, kinds: Array, lengths: Array) -> Array:
    """Return the words of each article by zone, `[A, 3]`, from its passages' kinds and words."""
    article = np.repeat(np.arange(len(first) - 1), np.diff(first))
    cells = article * 3 + _KIND_ZONE[kinds]
    totals = np.bincount(cells, weights=lengths, minlength=3 * (len(first) - 1))
    return totals.astype(np.int64).reshape(-1, 3)


def published_days(published: str) -> tuple[int, int]:
    """Return the first and last day that an ISO 8601 date means, as proleptic ordinals.

    The day is the one written, whatever its time zone; `(0, 0)` if there is none.

    >>> published_days("2014-02") == (date(2014, 2, 1).toordinal(), date(2014, 2, 28).toordinal())
    True
    """
    try:
        parts = [int(part) for part in published[:10].split("-")]
        if len(parts) == 3:
            day = date(*parts).toordinal()
            return day, day
        year, month = parts[0], parts[1] if len(parts) == 2 else 0
        first = date(year, month or 1, 1)
        if (month or 12) == 12:
            return first.toordinal(), date(year, 12, 31).toordinal()
        return first.toordinal(), date(year, month + 1, 1).toordinal() - 1
    except (ValueError, OverflowError, IndexError):
        return 0, 0


def _article_terms(article: Article) -> Iterable[tuple[str, Iterable[str]]]:
    yield "lang", (fold_value(article.language),)
    yield "id", (fold_value(article.id),)
    yield "source", (fold_value(article.source),)
    yield "url", (fold_value(article.url),)
    yield "author", {folded for name in article.authors for _, _, folded in words(name)}
    paths: set[str] = set()
    for path in article.paths:
        whole = fold_value(path)
        parts = whole.split("/")
        paths.add(whole)
        paths.update("/".join(parts[:depth]) + "/" for depth in range(1, len(parts)))
    yield "path", paths


def _numbers(values: array[Any]) -> Array:
    return np.frombuffer(values, values.typecode).astype(np.int64)


def _without_nothings(ranks: Array, lengths: Array) -> tuple[Array, Array]:
    """Leave out tokens that folded to nothing, and shorten their passages by them."""
    kept = ranks >= 0
    if kept.all():
        return ranks, lengths
    passages = np.repeat(np.arange(len(lengths)), lengths)
    return ranks[kept], np.bincount(passages[kept], minlength=len(lengths))


class _Values:
    """The terms of a field without counts, and the runs of passages they apply to."""

    def __init__(self) -> None:
        self._terms = Numbers[str]()
        self._sections: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._term = array("I")
        self._first = array("I")
        self._last = array("I")

    def add(self, terms: Iterable[str], first: int, last: int) -> None:
        """Post `terms` on the passages from `first` to before `last`."""
        if first == last:
            return
        for term in terms:
            if term:
                self._term.append(self._terms[term])
                self._first.append(first)
                self._last.append(last)

    def add_words(self, texts: tuple[str, ...], first: int, last: int) -> None:
        """Post the folded words of `texts`."""
        terms = self._sections.get(texts)
        if terms is None:
            found = {folded for text in texts for _, _, folded in words(text)}
            terms = self._sections[texts] = tuple(found)
        self.add(terms, first, last)

    def finish(self) -> FieldColumns:
        """Return the inverted lists."""
        encoded = [encode_term(term) for term in self._terms]
        firsts, lasts = _numbers(self._first), _numbers(self._last)
        return invert_presence(encoded, _numbers(self._term), firsts, lasts - firsts)

"""Which passages of a segment hold a word: by its stem, or any of some words, on whole arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pinakes.indexer import Segment, encode_term
from pinakes.search.evaluation.texts.held import (
    WORD_FIELD,
    Flags,
    Held,
    Ordinals,
    held_nowhere,
    run_starts,
    sum_runs,
)
from pinakes.search.evaluation.texts.targets import AnyWord, Stems

_FEW_POSTINGS = 20_000


def find_words(segment: Segment, target: AnyWord) -> Held:
    """Return the passages that hold one of the words, and how often all of them together."""
    passages, counts = segment.unpacked.words.gather(word_numbers(segment, target))
    if len(passages) > _FEW_POSTINGS:
        sums = np.bincount(passages, weights=counts)
        found = np.flatnonzero(sums)
        return Held(passages=found, counts=sums[found].astype(np.int64))
    order = np.argsort(passages, kind="stable")
    passages = passages[order]
    firsts = run_starts(passages)
    return Held(passages=passages[firsts], counts=sum_runs(counts[order], firsts))


def word_numbers(segment: Segment, target: AnyWord) -> Sequence[int]:
    """Return the numbers of the words that are in the segment's dictionary."""
    known = target.numbers.get(segment.name)
    if known is None:
        found = (segment.term_number(WORD_FIELD, word) for word in target.words)
        known = [number for number in found if number is not None]
    return known


def find_stems(segment: Segment, target: Stems) -> Held:
    """Return the passages that hold the stem of their article's language."""
    found = [(find_term(segment, "stem", stem), of) for stem, of in languages_of(target).items()]
    if len(found) <= 1:
        return found[0][0] if found else held_nowhere()
    parts = [held.where(are_of(segment, held.passages, of)) for held, of in found]
    # A passage is of one language, so it is in one part only.
    passages = np.concatenate([part.passages for part in parts])
    order = np.argsort(passages)
    return Held(
        passages=passages[order], counts=np.concatenate([part.counts for part in parts])[order]
    )


def languages_of(target: Stems) -> dict[str, list[str]]:
    """Return the languages in which each stem is looked for."""
    languages: dict[str, list[str]] = {}
    for language, stem in target.by_language:
        languages.setdefault(stem, []).append(language)
    return languages


def stem_numbers(segment: Segment, target: Stems) -> list[int]:
    """Return the numbers of the stems that are in the segment's dictionary."""
    numbers = (segment.stems.number(encode_term(stem)) for stem in languages_of(target))
    return [number for number in numbers if number is not None]


def find_term(segment: Segment, field: str, term: str) -> Held:
    """Return the passages that hold a term of a field."""
    postings = segment.postings(field, term)
    if postings is None:
        return held_nowhere()
    return Held(
        passages=postings.passages.astype(np.int64), counts=postings.counts.astype(np.int64)
    )


def are_of(segment: Segment, passages: Ordinals, languages: Sequence[str]) -> Flags:
    """Return for each of `passages` whether its article is of one of `languages`."""
    numbers = segment.language_numbers
    wanted = np.zeros(max(1, len(numbers)), dtype=np.bool_)
    wanted[[numbers[language] for language in languages if language in numbers]] = True
    flags: Flags = wanted.take(segment.passage_language.take(passages))
    return flags

"""Holds a splitter against what is known, and times it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.sentences.splitters import Splitter
from bench.sentences.texts import Paragraph

_CONTEXT = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a splitter fares.

    Attributes:
        right: Ends found that are ends, by language.
        found: Ends found, by language.
        known: Ends that are to be found, by language.
        mb_per_s: UTF-8 bytes of text read in a second of processor time, in millions.
        wrong: Ends missed (`-`) and ends that are none (`+`), with the text around them.
    """

    name: str
    right: Counter[str]
    found: Counter[str]
    known: Counter[str]
    mb_per_s: float
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of ends found that are ends."""
        return self.right.total() / max(1, self.found.total())

    @property
    def recall(self) -> float:
        """The share of ends that were found."""
        return self.right.total() / max(1, self.known.total())

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, over all ends."""
        return 2 * self.right.total() / max(1, self.found.total() + self.known.total())

    def f1_of(self, language: str) -> float:
        """Return the same over the ends of one language."""
        both = self.found[language] + self.known[language]
        return 2 * self.right[language] / max(1, both)

    def as_json(self) -> dict[str, Any]:
        """Return all figures."""
        return {
            "name": self.name,
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "f1_by_language": {language: self.f1_of(language) for language in self.known},
            "mb_per_s": self.mb_per_s,
        }


def hold(
    name: str, splitter: Splitter, paragraphs: Sequence[Paragraph], *, seconds: float
) -> Score:
    """Return how the ends that a splitter finds compare with those that are known."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    known: Counter[str] = Counter()
    wrong: list[str] = []
    for paragraph in paragraphs:
        ends = {end for end in splitter(paragraph.text, paragraph.language) if end}
        ends.discard(len(paragraph.text))
        right[paragraph.language] += len(ends & paragraph.ends)
        found[paragraph.language] += len(ends)
        known[paragraph.language] += len(paragraph.ends)
        for end in sorted(ends ^ paragraph.ends):
            sign = "+" if end in ends else "-"
            around = (
                f"{paragraph.text[max(0, end - _CONTEXT) : end]}|{paragraph.text[end:][:_CONTEXT]}"
            )
            wrong.append(f"{sign} {paragraph.language}: {around}")
    return Score(
        name=name,
        right=right,
        found=found,
        known=known,
        mb_per_s=_speed(splitter, paragraphs, seconds),
        wrong=tuple(wrong),
    )


def _speed(splitter: Splitter, paragraphs: Sequence[Paragraph], seconds: float) -> float:
    read_bytes = 0
    start = time.process_time()
    while not read_bytes or time.process_time() - start < seconds:
        for paragraph in paragraphs:
            splitter(paragraph.text, paragraph.language)
            read_bytes += len(paragraph.text.encode())
    return read_bytes / 1e6 / (time.process_time() - start)

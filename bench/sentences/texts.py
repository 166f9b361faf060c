"""Reads paragraphs whose sentence ends are known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

# Written without a space between sentences.
_DENSE = frozenset({"ja", "zh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences as one text.

    Attributes:
        language: ISO 639-1.
        text: Sentences joined by a space, or by none where a language has none.
        ends: Where each sentence but the last ends.
    """

    language: str
    text: str
    ends: frozenset[int]


def read_texts(folder: Path) -> list[Paragraph]:
    """Return the paragraphs of every `LANGUAGE.txt` in a folder."""
    return [
        _join(path.stem, part.split("\n"))
        for path in sorted(folder.glob("*.txt"))
        for part in path.read_text(encoding="utf-8").strip().split("\n\n")
    ]


def _join(language: str, sentences: list[str]) -> Paragraph:
    joint = "" if language in _DENSE else " "
    ends = accumulate(sentences[:-1], lambda end, each: end + len(joint) + len(each), initial=0)
    return Paragraph(
        language=language,
        text=joint.join(sentences),
        ends=frozenset(end - len(joint) for end in ends if end),
    )

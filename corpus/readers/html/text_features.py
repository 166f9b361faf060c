"""What a block's text by itself says of it: shape, length, punctuation, likeness to the title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pinakes.corpus.model import Kind
from pinakes.corpus.readers.html.blocks import RawBlock

_KINDS = {kind: float(number) for number, kind in enumerate(Kind)}
_STOP = re.compile("[,;:.!?…،؛؟。、，；：！？।]")
_SENTENCE_END = re.compile("[.!?…。！？؟।][\"'”’»)\\]]*$")
_INNER_END = re.compile("[.!?…。！？؟।][\"'”’»)\\]]*(?=\\s)")
_SIGN = re.compile("[|•·»›©→▸…]")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
_QUOTED = ('"', "“", "„", "«", "‘", "'", "—", "–", "-")
_WORD = re.compile(r"\w+")
# So much of a long block tells its shape.
_LONGEST_LOOKED_AT = 600
_MOST_WORDS = 24

TEXT_FEATURES = (
    "chars",
    "words",
    "link_density",
    "own_chars",
    "word_length",
    "stops",
    "sentence_end",
    "sentences",
    "capital",
    "digits",
    "capitals",
    "short_words",
    "signs",
    "question",
    "colon",
    "quote",
    "year",
    "clock",
    "address",
    "copies",
    "in_title",
    "title_in",
    "in_description",
    "kind",
    "level",
    "keep_lines",
)
WORD_FEATURES = ("word_mean", "word_least", "word_most", "word_first")


def fold_words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return _WORD.findall(text.lower())


def short_words(block: RawBlock) -> list[str]:
    """Return the words of a block that is so short that each of them tells; else none."""
    if block.chars > 8 * _MOST_WORDS:
        return []
    words = fold_words(block.text)
    return words if len(words) <= _MOST_WORDS else []


def text_features(
    blocks: Sequence[RawBlock], *, title: Iterable[str], description: Iterable[str]
) -> NDArray[np.float32]:
    """Return a row of `TEXT_FEATURES` for each block.

    Args:
        blocks: Of one page, in order; at least one.
        title: The words of the page's title, folded.
        description: The words of what the page says it is about, folded.
    """
    copies = Counter(block.text for block in blocks)
    titles, described = frozenset(title), frozenset(description)
    rows = [
        (
            *_shape(block),
            float(copies[block.text]),
            *_likeness(block, titles, described),
            _KINDS[block.kind],
            float(block.level),
            float(block.keep_lines),
        )
        for block in blocks
    ]
    found = np.asarray(rows, dtype=np.float32)
    for column in (0, 1, 3):
        found[:, column] = np.log1p(found[:, column])
    return found


def word_features(
    words: Sequence[Sequence[str]], weights: Mapping[str, float]
) -> NDArray[np.float32]:
    """Return a row of `WORD_FEATURES` for each block.

    Args:
        words: Those of each block, as `short_words` has them.
        weights: How much each word speaks for content, above 0, or against it.
    """
    rows = np.zeros((len(words), len(WORD_FEATURES)), dtype=np.float32)
    for row, said in zip(rows, words, strict=True):
        if said:
            found = [weights.get(word, 0.0) for word in said]
            row[:] = (sum(found) / len(found), min(found), max(found), found[0])
    return rows


def _shape(block: RawBlock) -> tuple[float, ...]:
    text = block.text[:_LONGEST_LOOKED_AT]
    words = text.split()
    count = max(len(words), 1)
    whole = count * max(1.0, len(block.text) / _LONGEST_LOOKED_AT)
    first = text[0]
    return (
        block.chars,
        whole,
        block.link_chars / max(block.chars, 1),
        max(block.chars - block.link_chars, 0),
        sum(map(len, words)) / count,
        len(_STOP.findall(text)) / count,
        float(_SENTENCE_END.search(block.text[-6:]) is not None),
        float(len(_INNER_END.findall(text))),
        float(first.isupper()),
        len(_DIGIT.findall(text)) / max(len(text), 1),
        sum(word[0].isupper() for word in words) / count,
        sum(len(word) <= 3 for word in words) / count,
        float(len(_SIGN.findall(text))),
        float(text.endswith(("?", "？", "؟"))),
        float(text.endswith((":", "："))),
        float(text.startswith(_QUOTED)),
        float(_YEAR.search(text) is not None),
        float(_CLOCK.search(text) is not None),
        float("@" in text or "http" in text or "www." in text),
    )


def _likeness(
    block: RawBlock, title: frozenset[str], description: frozenset[str]
) -> tuple[float, float, float]:
    """Return how much of the block is in the title, of it in the block; the first of the other."""
    if block.chars > _LONGEST_LOOKED_AT or not (title or description):
        return (0.0, 0.0, 0.0)
    words = frozenset(fold_words(block.text))
    if not words:
        return (0.0, 0.0, 0.0)
    shared = len(words & title)
    return (
        shared / len(words),
        shared / max(len(title), 1),
        len(words & description) / len(words),
    )

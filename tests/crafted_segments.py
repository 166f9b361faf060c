"""Segments that an enemy made: small files that speak of much, with checksums that are right."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from pinakes.corpus import Kind
from pinakes.indexer.building import build_segment
from pinakes.indexer.segments.array_writer import write_sections
from pinakes.indexer.segments.arrays import Array, ArrayFile
from tests.random_articles import make_article

SECOND = 4
"""The second article with a passage in which the word stands often; it has no hall."""

Sections = dict[str, Array]


def write_honest(path: Path) -> None:
    """Write a segment in which a word stands often, with tags, in articles of some passages."""
    texts = ["river " * 300 + "hall", "the river", "the old hall", "evening"]
    articles = [
        make_article(
            key,
            [
                (Kind.PARAGRAPH, text.replace("hall", "dale") if key == SECOND else text)
                for text in texts[key % 2 :]
            ],
        )
        for key in range(1, 40)
    ]
    build_segment(articles, path)


def craft(path: Path, change: Callable[[Sections], Mapping[str, int] | None]) -> None:
    """Change the sections of the segment at `path`, or what its header says."""
    file = ArrayFile(path)
    sections = {name: file.array(name).copy() for name in file.names()}
    told = {"passages": file.passages, "articles": file.articles} | dict(change(sections) or {})
    made = io.BytesIO()
    rows = [(name, values.dtype, (values,)) for name, values in sections.items()]
    write_sections(made, rows, passages=told["passages"], articles=told["articles"])
    path.unlink()
    path.write_bytes(made.getvalue())


def many_passages(_sections: Sections) -> Mapping[str, int]:
    return {"passages": (1 << 32) - 1}


def many_articles(_sections: Sections) -> Mapping[str, int]:
    return {"articles": (1 << 32) - 1}


def long_passages(sections: Sections) -> None:
    sections["passage_words"] = np.full(len(sections["passage_words"]), 1 << 28, np.uint32)


def many_times(sections: Sections) -> None:
    """Let a stem stand 16 million times in a passage, and less than never in another."""
    counts = sections["stem.many"].astype(np.int64)
    counts[:2] += (1 << 24, -(1 << 24))
    sections["stem.many"] = counts.view(np.uint64)


def articles_over_and_over(sections: Sections) -> None:
    """Let every other article have all passages."""
    first = sections["article_first"].astype(np.uint32)
    first[1:-1:2] = first[-1]
    first[2:-1:2] = 0
    sections["article_first"] = first


CRAFTED = (many_passages, many_articles, long_passages, many_times, articles_over_and_over)

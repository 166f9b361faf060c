"""Which words tags cover, and which tags a condition means, in plain words."""

from __future__ import annotations

from pinakes.corpus import Passage, Tag
from pinakes.indexer import words


def covered(passage: Passage, tag: Tag) -> list[int]:
    """The words of a passage that a tag touches."""
    return [
        number
        for number, (start, end, _) in enumerate(words(passage.text))
        if passage.start + start < tag.end and tag.start < passage.start + end
    ]


def is_whole(passage: Passage, tag: Tag) -> bool:
    """Whether a tag is on all of its passage."""
    return (tag.start, tag.end) == (passage.start, passage.end)

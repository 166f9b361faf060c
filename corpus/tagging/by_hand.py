"""Tags that a person sets on passages, or takes from them: kept whatever is read again.

A passage is known by its text: of passages of one article that read alike, the first is 0, the next
1. So what is set stays as long as the passage's text is in the article, wherever it moves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from pinakes.corpus.model import Passage
from pinakes.corpus.passage_table import PassageTable, TagPattern

HAND = "hand"
"""The name that tags set by hand have for their rule."""
HAND_RULE = f"{HAND}/1"

PassageName: TypeAlias = tuple[bytes, int]
"""The SHA-256 of a passage's text in UTF-8, and how many before it in its article read so."""


class HandTag(NamedTuple):
    """A tag set by hand, or taken away.

    Attributes:
        type: As of `Tag`.
        value: As of `Tag`.
        is_set: Whether it is set; else no tag like it is to be on the passage, whatever finds it.
    """

    type: str
    value: str
    is_set: bool = True


def passage_names(passages: Sequence[Passage]) -> list[PassageName]:
    """Return the name of each passage."""
    seen: dict[bytes, int] = {}
    names: list[PassageName] = []
    for passage in passages:
        digest = hashlib.sha256(passage.text.encode()).digest()
        seen[digest] = seen.get(digest, -1) + 1
        names.append((digest, seen[digest]))
    return names


def with_hand_tags(
    passages: PassageTable, marks: Mapping[PassageName, Collection[HandTag]]
) -> PassageTable:
    """Return passages with these tags by hand, and none other."""
    lists: dict[tuple[TagPattern, ...], int] = {}
    places = [
        lists.setdefault(_marked(passages.tag_lists[place], marks.get(name, ())), len(lists))
        for place, name in zip(passages.tag_list_of, passage_names(passages), strict=True)
    ]
    return replace(passages, tag_lists=list(lists), tag_list_of=places)


def _marked(tags: Iterable[TagPattern], marks: Collection[HandTag]) -> tuple[TagPattern, ...]:
    marked = {(mark.type, mark.value) for mark in marks if not mark.is_set}
    kept = [tag for tag in tags if tag.rule != HAND_RULE and (tag.type, tag.value) not in marked]
    kept += [
        TagPattern(type=mark.type, value=mark.value, rule=HAND_RULE)
        for mark in marks
        if mark.is_set
    ]
    return tuple(sorted(kept, key=TagPattern.order))

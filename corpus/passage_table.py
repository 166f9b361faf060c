"""The passages of an article by column: as the store keeps them, and as an index takes them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self, overload

from pinakes.corpus.model import Kind, Passage, Tag

KINDS = tuple(Kind)
"""The kinds by the numbers that stand for them in `PassageTable.kinds`."""
KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
"""The numbers that stand for kinds in `PassageTable.kinds`."""


class TagPattern(NamedTuple):
    """A tag without its place in an article.

    Attributes:
        type: As of `Tag`.
        value: As of `Tag`.
        rule: As of `Tag`.
        span: Start and end, counted from the start of the passage; None for a tag on all of it.
    """

    type: str
    value: str
    rule: str
    span: tuple[int, int] | None = None

    def order(self) -> tuple[int, str, str, int, str]:
        """Return what tags of a passage are sorted by: where they start, then type, then value."""
        start, end = self.span or (0, -1)
        return start, self.type, self.value, end, self.rule


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PassageTable(Sequence[Passage]):
    """The passages of an article, each built whenever it is looked at; equal to a tuple of them.

    A search looks at one or two passages of an article that may have hundreds, and an index needs
    no object for any: it takes the columns. What many passages share stands here once, so that it
    need be analysed only once. Columns are not to be changed, so threads may share an object.

    Attributes:
        text: Of the article.
        starts: First code point of each passage.
        ends: One past the last code point of each; `text[start:end]` are its words.
        kinds: The kind of each, as its position in `tuple(Kind)`.
        sections: The different `Passage.section`s.
        section_of: Position in `sections` of that of each passage.
        tag_lists: The different `Passage.tags`, but for where the passages begin.
        tag_list_of: Position in `tag_lists` of that of each passage.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    kinds: bytes
    sections: Sequence[tuple[str, ...]]
    section_of: Sequence[int]
    tag_lists: Sequence[tuple[TagPattern, ...]]
    tag_list_of: Sequence[int]

    @classmethod
    def of(cls, passages: Sequence[Passage], text: str) -> Self:
        """Return the table of the passages of an article with this text: itself if it is one."""
        if isinstance(passages, cls):
            return passages
        sections: dict[tuple[str, ...], int] = {}
        tag_lists: dict[tuple[Any, ...], int] = {}
        return cls(
            text=text,
            starts=[passage.start for passage in passages],
            ends=[passage.end for passage in passages],
            kinds=bytes([KIND_NUMBERS[passage.kind] for passage in passages]),
            section_of=[sections.setdefault(p.section, len(sections)) for p in passages],
            tag_list_of=[tag_lists.setdefault(_outline(p), len(tag_lists)) for p in passages],
            sections=list(sections),
            tag_lists=[
                tuple(
                    TagPattern(type=type_, value=value, rule=rule, span=span)
                    for type_, value, rule, span in outline
                )
                for outline in tag_lists
            ],
        )

    def __len__(self) -> int:
        return len(self.kinds)

    @overload
    def __getitem__(self, place: int, /) -> Passage: ...
    @overload
    def __getitem__(self, place: slice, /) -> tuple[Passage, ...]: ...
    def __getitem__(self, place: int | slice, /) -> Passage | tuple[Passage, ...]:
        numbers = range(len(self))[place]
        if isinstance(numbers, int):
            return self._build(numbers)
        return tuple(map(self._build, numbers))

    def __iter__(self) -> Iterator[Passage]:
        return map(self._build, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple | PassageTable):
            return len(self) == len(other) and tuple(self) == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        # A pickle that another version reads must not name the columns of this one.
        return tuple, (tuple(self),)

    def _build(self, number: int) -> Passage:
        start, end = self.starts[number], self.ends[number]
        return Passage(
            number=number,
            kind=KINDS[self.kinds[number]],
            section=self.sections[self.section_of[number]],
            start=start,
            end=end,
            text=self.text[start:end],
            tags=tuple(
                [_place(tag, start, end) for tag in self.tag_lists[self.tag_list_of[number]]]
            ),
        )


def _outline(passage: Passage) -> tuple[Any, ...]:
    """Return what a passage's tags are without the passage's place: cheaper than `TagPattern`s."""
    start, end = passage.start, passage.end
    return tuple(
        [
            (tag.type, tag.value, tag.rule, None)
            if tag.start == start and tag.end == end
            else (tag.type, tag.value, tag.rule, (tag.start - start, tag.end - start))
            for tag in passage.tags
        ]
    )


def _place(tag: TagPattern, start: int, end: int) -> Tag:
    if tag.span:
        start, end = start + tag.span[0], start + tag.span[1]
    return Tag(type=tag.type, value=tag.value, start=start, end=end, rule=tag.rule)

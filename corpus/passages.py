"""Cuts an article into passages: the units that are indexed, ranked, shown and cited.

In: the blocks of an `Extract`. Out: a `PassageTable`, with structural tags.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from pinakes.corpus.extract import Block, Extract
from pinakes.corpus.model import UNKNOWN_LANGUAGE, Kind
from pinakes.corpus.passage_table import KIND_NUMBERS, PassageTable
from pinakes.corpus.reading_options import PassageSize
from pinakes.corpus.sentences import sentence_spans
from pinakes.corpus.structure_tags import tag_structure

_STANDS_ALONE = frozenset({Kind.TITLE, Kind.HEADING})
_ZERO_WIDTH_JOINER = "\u200d"
_Value = TypeVar("_Value")


_DEFAULT_SIZE = PassageSize()


def split(
    extract: Extract, *, size: PassageSize = _DEFAULT_SIZE, language: str = UNKNOWN_LANGUAGE
) -> PassageTable:
    """Return the passages of an article, in order, not overlapping, covering every block.

    A block is a passage. Neighbours of one kind and section are joined while one of them is
    shorter than `size.min_chars` and all fit in `size.max_chars`. A block longer than that is cut
    at sentence ends into pieces of about equal length, a longer sentence at white space, a longer
    word anywhere but inside a letter with its marks; only white space is left out at a cut.
    Titles and headings are never joined.

    Args:
        extract: What a reader kept.
        size: How long passages are.
        language: ISO 639-1 code or `und`; its abbreviations guide the cuts, and it becomes a tag.
    """
    starts: list[int] = []
    ends: list[int] = []
    # Kinds and sections are few: what follows from them is worked out once for all passages alike.
    places: dict[tuple[Kind, tuple[str, ...]], int] = {}
    place_of: list[int] = []
    for run in _join(extract.blocks, size):
        place = places.setdefault((run.kind, run.section), len(places))
        for start, end in _cut(
            extract.text, run.start, run.end, max_chars=size.max_chars, language=language
        ):
            starts.append(start)
            ends.append(end)
            place_of.append(place)
    kinds = [KIND_NUMBERS[kind] for kind, _ in places]
    sections, section_of = _number(section for _, section in places)
    tag_lists, tag_list_of = _number(tag_structure(*each, language=language) for each in places)
    return PassageTable(
        text=extract.text,
        starts=starts,
        ends=ends,
        kinds=bytes([kinds[place] for place in place_of]),
        sections=sections,
        section_of=[section_of[place] for place in place_of],
        tag_lists=tag_lists,
        tag_list_of=[tag_list_of[place] for place in place_of],
    )


def _number(values: Iterable[_Value]) -> tuple[list[_Value], list[int]]:
    """Return the different values, and for each value its position among these."""
    numbers: dict[_Value, int] = {}
    positions = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), positions


def _join(blocks: Iterable[Block], size: PassageSize) -> Iterator[Block]:
    run: Block | None = None
    for block in blocks:
        if run is not None and _belong_together(run, block, size):
            run = replace(run, end=block.end)
            continue
        if run is not None:
            yield run
        run = block
    if run is not None:
        yield run


def _belong_together(run: Block, block: Block, size: PassageSize) -> bool:
    return (
        run.kind is block.kind
        and run.kind not in _STANDS_ALONE
        and run.section == block.section
        and min(run.end - run.start, block.end - block.start) < size.min_chars
        and block.end - run.start <= size.max_chars
    )


def _cut(
    text: str, start: int, end: int, *, max_chars: int, language: str
) -> Iterator[tuple[int, int]]:
    """Yield spans of at most `max_chars` that cover `text[start:end]` but for white space."""
    if end - start <= max_chars:
        yield start, end
        return
    piece_count = -(-(end - start) // max_chars)
    # A last piece of a few words would be a poor passage, so all pieces aim at one length.
    aim = -(-(end - start) // piece_count)
    piece_start = piece_end = -1
    for sentence in sentence_spans(text[start:end], language=language):
        for atom_start, atom_end in _cut_sentence(
            text, start + sentence[0], start + sentence[1], max_chars
        ):
            if piece_end < 0:
                piece_start = atom_start
            elif atom_end - piece_start > max_chars or (
                (atom_end - piece_start) + (piece_end - piece_start) > 2 * aim
            ):
                yield piece_start, piece_end
                piece_start = atom_start
            piece_end = atom_end
    yield piece_start, piece_end


def _cut_sentence(text: str, start: int, end: int, max_chars: int) -> Iterator[tuple[int, int]]:
    while end - start > max_chars:
        cut = _last_gap(text, start, start + max_chars) or _last_seam(
            text, start, start + max_chars, end
        )
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        while start < end and text[start].isspace() and not _clings(text, start + 1):
            start += 1
    if start < end:
        yield start, end


def _last_gap(text: str, start: int, limit: int) -> int:
    """Return the last position of white space in `(start, limit]` where a cut is allowed, or 0."""
    for position in range(limit, start, -1):
        if text[position].isspace() and not _clings(text, position + 1):
            return position
    return 0


def _last_seam(text: str, start: int, limit: int, end: int) -> int:
    """Return the last position in `(start, limit]` between two letters, else the first after."""
    for position in range(limit, start, -1):
        if not _clings(text, position):
            return position
    position = limit + 1
    while position < end and _clings(text, position):
        position += 1
    return position


def _clings(text: str, position: int) -> bool:
    """Whether the characters on both sides of `position` make one letter or one emoji."""
    character = text[position]
    if character.isascii():
        return False
    return (
        unicodedata.category(character)[0] == "M"
        or character == _ZERO_WIDTH_JOINER
        or text[position - 1] == _ZERO_WIDTH_JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )

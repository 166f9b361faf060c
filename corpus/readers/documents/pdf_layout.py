"""Makes paragraphs and headings of the lines on the pages of a document.

A page knows only where characters stand. Lines that follow each other at the usual distance, in
one size of type, are a paragraph; a gap, an indent or a short line that ends a sentence ends it. A
paragraph goes on over the end of a column or page where the sentence does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pinakes.corpus.model import Kind

_ENDS_SENTENCE = re.compile(r"[.!?:…。！？؟۔।][\"'”’»)\]]*\Z")
_BULLET = re.compile(r"(?:[•‣▪◦●·■–—*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+\S")
_BARE_BULLET = re.compile(r"[•‣▪◦●·■–—*-]\s+")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:\w{0,9}\.?\s+)?\d{1,4}(?:\s*(?:/|of|von|de|из)\s*\d{1,4})?[\W_]*"
)
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
# A head or foot stands in this share of a page's height.
_MARGIN = 0.1
# Chapters of a few pages have heads of their own.
_OFTEN = 4
_LEAST_PITCH, _USUAL_PITCH = 0.7, 1.2
_HEADING_RATIO = 1.12
_TITLE_RATIO = 1.3
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of type; lengths in points, from the lower left of the page.

    Attributes:
        is_divided: Whether its last word goes on in the next line.
        size: Of the type.
    """

    text: str
    is_divided: bool = False
    left: float
    right: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The lines of a page in the order they are read."""

    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(slots=True, kw_only=True)
class TextBlock:
    """What a run of lines is; `level` of a heading from 1, else 0."""

    kind: Kind
    text: str
    level: int = 0


@dataclass(slots=True)
class _Run:
    lines: list[Line] = field(default_factory=list)


def lay_out(pages: Sequence[Page]) -> list[TextBlock]:
    """Return the blocks of a document in order, without what repeats at the edges of its pages."""
    kept = list(_without_edges(pages))
    lines = [line for page in kept for line in page]
    if not lines:
        return []
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body_size = sizes.most_common(1)[0][0]
    runs = list(_runs(kept, _pitch(kept)))
    levels = _heading_levels(runs, body_size)
    blocks = [_block(run, levels) for run in runs]
    _choose_title(blocks, runs, body_size)
    return blocks


def _without_edges(pages: Sequence[Page]) -> Iterator[list[Line]]:
    """Yield the lines of each page but those at its edges that other pages have as well."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_DIGITS.sub("0", line.text) for line in page.lines if _is_edge(line, page)})
    needed = max(2, min(len(pages) // 3, _OFTEN))
    for page in pages:
        yield [
            line
            for line in page.lines
            if not (
                _is_edge(line, page)
                and (
                    (len(pages) > 1 and seen[_DIGITS.sub("0", line.text)] >= needed)
                    or _PAGE_NUMBER.fullmatch(line.text)
                )
            )
        ]


def _is_edge(line: Line, page: Page) -> bool:
    margin = page.height * _MARGIN
    return line.bottom > page.height - margin or line.top < margin


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """Return the usual distance from one line of a paragraph to the next, in sizes of type."""
    steps = sorted(
        (above.bottom - line.bottom) / line.size
        for lines in pages
        for above, line in pairwise(lines)
        if line.size > 0
        and above.size == line.size
        and above.bottom - line.bottom > _LEAST_PITCH * line.size
    )
    # The larger steps are those from one paragraph to the next; a letter has many of these.
    return steps[len(steps) // 4] if steps else _USUAL_PITCH


def _runs(pages: Sequence[Sequence[Line]], pitch: float) -> Iterator[_Run]:
    run = _Run()
    for lines in pages:
        right = max((line.right for line in lines), default=0.0)
        for line in lines:
            if run.lines and not _goes_on(run, line, pitch, right):
                yield run
                run = _Run()
            run.lines.append(line)
    if run.lines:
        yield run


def _goes_on(run: _Run, line: Line, pitch: float, right: float) -> bool:
    """Whether a line belongs to the paragraph that the lines of a run have begun."""
    above = run.lines[-1]
    if abs(above.size - line.size) > 0.1 * max(above.size, line.size):
        return False
    has_ended = bool(_ENDS_SENTENCE.search(above.text))
    step = above.bottom - line.bottom
    is_next = -0.3 * line.size < step <= (pitch * 1.3 + 0.1) * line.size
    if abs(step) < 0.3 * line.size:
        return True
    if not is_next:
        # Another column or page, or a gap: a sentence that is under way goes on.
        is_elsewhere = step < 0 or line.left > above.right
        return is_elsewhere and not has_ended and (above.is_divided or line.text[:1].islower())
    if _BULLET.match(line.text) and (has_ended or _BARE_BULLET.match(line.text)):
        return False
    left = min(each.left for each in run.lines)
    is_indented = line.left > left + 0.8 * line.size and len(run.lines) > 1
    is_short = above.right < right - max(3 * line.size, 0.15 * (right - left))
    return not (has_ended and (is_indented or is_short))


def _heading_levels(runs: Sequence[_Run], body_size: float) -> dict[float, int]:
    sizes = {_size(run) for run in runs if _size(run) > body_size * _HEADING_RATIO}
    return {size: min(level, 6) for level, size in enumerate(sorted(sizes, reverse=True), start=1)}


def _size(run: _Run) -> float:
    return max(line.size for line in run.lines)


def _block(run: _Run, levels: dict[float, int]) -> TextBlock:
    text = _join(run.lines)
    level = levels.get(_size(run), 0)
    if level and len(text) <= _LONGEST_HEADING and any(map(str.isalpha, text)):
        return TextBlock(kind=Kind.HEADING, text=text, level=level)
    if _BULLET.match(text):
        return TextBlock(kind=Kind.LIST_ITEM, text=_BARE_BULLET.sub("", text, count=1))
    return TextBlock(kind=Kind.PARAGRAPH, text=text)


def _choose_title(blocks: list[TextBlock], runs: Sequence[_Run], body_size: float) -> None:
    """Make the largest heading the title, if it stands before the text begins."""
    for block, run in zip(blocks[:6], runs, strict=False):
        if block.kind is Kind.HEADING and block.level == 1:
            if _size(run) >= body_size * _TITLE_RATIO:
                block.kind, block.level = Kind.TITLE, 0
            return


def _join(lines: Sequence[Line]) -> str:
    """Join lines: no space inside a divided word, after its hyphen, nor between Han characters."""
    parts = [lines[0].text]
    for above, line in pairwise(lines):
        is_hyphenated = (
            above.text.endswith("-") and above.text[-2:-1].isalpha() and line.text[:1].islower()
        )
        is_dense = _CJK.match(above.text[-1:]) and _CJK.match(line.text)
        if not (above.is_divided or is_hyphenated or is_dense):
            parts.append(" ")
        parts.append(line.text)
    return "".join(parts)

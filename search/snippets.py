"""Which words of a passage to show: whole sentences around the densest cluster of matches."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from operator import itemgetter, le

from pinakes.corpus import Passage, sentence_spans
from pinakes.indexer import words
from pinakes.search.model import Snippet

MAX_CHARS = 320
"""About three lines of a terminal: enough to judge a match, little enough for ten on a screen."""

Span = tuple[int, int]


def make_snippet(
    passage: Passage,
    highlights: Mapping[Span, tuple[Span, ...]],
    *,
    language: str = "und",
    max_chars: int = MAX_CHARS,
) -> Snippet:
    """Return the words of `passage` to show, so that `article.text[start:end] == text`.

    Whole sentences, as many as fit, where most different words are highlighted; of a sentence that
    does not fit, whole words. Without highlights, the beginning. No highlight, word or character
    with its combining marks is ever cut: a highlight longer than `max_chars` makes a longer
    snippet, and only a single word longer than that is cut, between two of its characters.

    Args:
        passage: The passage as the article has it.
        highlights: Of this passage, in order, not overlapping, offsets of the article; each with
            the parts of the query that stand there.
        language: The article's, for the ends of its sentences.
        max_chars: Code points at the most, 1 or more.
    """
    text, base = passage.text, passage.start
    marks = [(start - base, end - base) for start, end in highlights]
    start, end = _window(text, marks, language=language, max_chars=max_chars)
    end = start + len(text[start:end].rstrip())
    shown = text[start:end].lstrip()
    start = base + end - len(shown)
    end += base
    inside = [span for span in highlights if start <= span[0] and span[1] <= end]
    return Snippet(
        text=shown,
        start=start,
        end=end,
        highlights=tuple(inside),
        clauses=tuple([highlights[span] for span in inside]),
    )


def _window(text: str, marks: Sequence[Span], *, language: str, max_chars: int) -> Span:
    if len(text) <= max_chars:
        return 0, len(text)
    sentences, marked = _joined(sentence_spans(text, language=language), marks)
    words_marked = [text[start:end].casefold() for start, end in marks]
    best: Span = (0, 0)
    best_worth = (-1, -1)
    # What begins where nothing is highlighted shows no more than what begins with the next one.
    for number in dict.fromkeys(marked) or (0,):
        last = _last_fitting(sentences, number, max_chars)
        window = sentences[number][0], sentences[last][1]
        shown = words_marked[bisect_left(marked, number) : bisect_right(marked, last)]
        worth = len(set(shown)), len(shown)
        # A part of a sentence shows no more than all of it would.
        if window[1] - window[0] > max_chars and worth >= best_worth:
            window = _clip(text, window, marks, max_chars)
            worth = _worth(text, marks, window)
        # Of equals the last, so that the snippet begins where the match does.
        if worth >= best_worth:
            best, best_worth = window, worth
        if worth[1] == len(marks):
            break
    return _extended_back(sentences, best, max_chars)


def _last_fitting(sentences: Sequence[Span], number: int, max_chars: int) -> int:
    """Return the last of the sentences from one on that fit together; that one if none does."""
    most = sentences[number][0] + max_chars
    while number + 1 < len(sentences) and sentences[number + 1][1] <= most:
        number += 1
    return number


def _joined(sentences: list[Span], marks: Sequence[Span]) -> tuple[list[Span], list[int]]:
    """Join the sentences that a highlight runs across; return the number of that of each, too."""
    starts = [start for start, _ in sentences]
    of_marks = [max(0, bisect_right(starts, first) - 1) for first, _ in marks]
    ends = [sentences[number][1] for number in of_marks]
    if all(map(le, [last for _, last in marks], ends)):
        return sentences, of_marks
    marked_from = [first for first, _ in marks]
    joined: list[Span] = []
    for start, end in sentences:
        # Highlights do not overlap: the last that begins before is the one that may run across.
        before = bisect_left(marked_from, start) - 1
        if joined and before >= 0 and marks[before][1] > start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    starts = [start for start, _ in joined]
    return joined, [max(0, bisect_right(starts, first) - 1) for first, _ in marks]


def _worth(text: str, marks: Sequence[Span], window: Span) -> tuple[int, int]:
    """Return how many different words, then how many, are highlighted in a window."""
    first = bisect_left(marks, (window[0],))
    last = bisect_right(marks, window[1], key=itemgetter(1))
    shown = marks[first:last]
    return len({text[start:end].casefold() for start, end in shown}), len(shown)


def _extended_back(sentences: list[Span], window: Span, max_chars: int) -> Span:
    """Use the room that is left at the end of a passage for the sentences before."""
    start, end = window
    for first, _ in sentences:
        if end - first <= max_chars:
            return min(first, start), end
    return start, end


def _clip(text: str, sentence: Span, marks: Sequence[Span], max_chars: int) -> Span:
    """Return the part of a too long sentence that shows most, between words."""
    start, end = sentence
    inside = [mark for mark in marks if start <= mark[0] and mark[1] <= end]
    first, last = _densest(text, inside, max_chars) if inside else (start, start)
    spare = max(0, max_chars - (last - first))
    low = max(start, min(first - spare // 3, max(first - spare, end - max_chars)))
    high = min(end, max(last, low + max_chars))
    may_cut = _Cuts(text, marks)
    while low < first and not may_cut(low):
        low += 1
    cut = high
    while cut > last and not may_cut(cut):
        cut -= 1
    return low, cut if cut > low else _character_end(text, high)


class _Cuts:
    """Tells whether a text may be cut at a place: not within a highlight, word or character."""

    def __init__(self, text: str, marks: Sequence[Span]) -> None:
        self._text = text
        self._marks = marks
        self._run: Span = (0, -1)
        self._words: list[Span] = []

    def __call__(self, place: int) -> bool:
        around = self._text[max(0, place - 1) : place + 1]
        if around.isalnum() and around.isascii() and len(around) > 1:
            return False
        return not (
            _is_within(self._marks, place)
            or (" " not in around and _is_within(self._words_around(place), place))
            or joins(self._text, place)
        )

    def _words_around(self, place: int) -> list[Span]:
        """Return the words from one space to another: none goes on there."""
        start, end = self._run
        if not start <= place <= end:
            text = self._text
            start = text.rfind(" ", 0, place) + 1
            end = text.find(" ", place)
            end = len(text) if end < 0 else end
            near = words(text[start:end])
            self._run = start, end
            self._words = [(start + first, start + last) for first, last, _ in near]
        return self._words


def _is_within(spans: Sequence[Span], place: int) -> bool:
    """Return whether a place is inside one of some spans, which do not overlap; in order."""
    before = bisect_left(spans, (place, place)) - 1
    return before >= 0 and place < spans[before][1]


def _densest(text: str, marks: Sequence[Span], max_chars: int) -> Span:
    """Return from where to where the most highlights stand that fit together."""
    if marks[-1][1] - marks[0][0] <= max_chars:
        return marks[0][0], marks[-1][1]
    ends = [end for _, end in marks]

    def cluster(mark: Span) -> Span:
        start, end = mark
        fitting = bisect_right(ends, start + max_chars)
        return start, max(end, ends[fitting - 1]) if fitting else end

    return max(map(cluster, marks), key=partial(_worth, text, marks))


def _character_end(text: str, place: int) -> int:
    while joins(text, place):
        place += 1
    return place


def joins(text: str, place: int) -> bool:
    """Whether `text[place]` and what stands before it are seen as one character.

    The rules of Unicode Standard Annex 29 that matter in running text: marks, joiners, skin tones
    and flags.
    """
    if not 0 < place < len(text):
        return False
    before, char = text[place - 1], text[place]
    if before == "\N{ZERO WIDTH JOINER}" or char == "\N{ZERO WIDTH JOINER}":
        return True
    return (
        unicodedata.category(char)[0] == "M"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= char <= "\U0001f1ff")
    )

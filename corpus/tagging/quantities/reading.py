"""Reads a number at a place in a text: figures or words, with its scale, and a range of two."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pinakes.corpus.tagging.pieces import Pieces, word_set
from pinakes.corpus.tagging.quantities.lexicon import SMALL, WORDED, Lexicon
from pinakes.corpus.tagging.quantities.numerals import numeral_pattern, read_figures
from pinakes.corpus.tagging.quantities.signs import (
    BETWEEN,
    CURRENCY_SIGNS,
    RANGE_WORDS,
    SCALE_LETTERS,
)

if TYPE_CHECKING:
    from pinakes.corpus.tagging.quantities.pounds import PoundsTold

_TEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 20, 100, 1000
# Where eleven is written as ten and one.
TEN_AND_ONES = word_set("tr az")
_MOST_WORDS = 8
# Scales that are cut short, and may be followed by a full stop.
_SHORT_SCALES = word_set("mio mrd tsd mn млн млрд тыс тис трлн mln mld tys")


class Passage:
    """A text in pieces with what they are in quantities.

    Attributes:
        pieces: The pieces.
        classes: Of each piece in order, one character.
        lexicon: The words of the language.
        pounds_told: Returns which pounds its article tells of.
    """

    __slots__ = ("_count", "_starts", "_words", "classes", "lexicon", "pieces", "pounds_told")

    def __init__(
        self, pieces: Pieces, lexicon: Lexicon, *, pounds_told: Callable[[], PoundsTold]
    ) -> None:
        self.pounds_told = pounds_told
        self.pieces = pieces
        self.lexicon = lexicon
        self.classes = lexicon.classify(pieces.words)
        self._words = pieces.words
        self._count = len(pieces.words)
        self._starts: list[int] = []

    def word(self, place: int) -> str:
        """Return the piece at a place in lower case, or an empty string."""
        return self._words[place] if 0 <= place < self._count else ""

    def written(self, first: int, end: int) -> str:
        """Return the text of pieces as it was."""
        starts = self._starts = self._starts or self.pieces.starts
        if end > self._count:
            first, end = min(first, self._count), self._count
        return self.pieces.text[starts[first] : starts[end]]

    def class_at(self, place: int) -> str:
        """Return the class of the piece at a place, or a space outside of the text."""
        return self.classes[place] if 0 <= place < self._count else " "

    def after_space(self, place: int) -> int:
        """Return the place itself, or the next one if a space stands there."""
        return place + 1 if self.class_at(place) in " s" else place


class Number(NamedTuple):
    """A number in a text.

    Attributes:
        value: What it is.
        end: One past its last piece.
        is_scaled: Whether a word such as `million` belongs to it.
        is_figures: Whether it is written in figures.
        is_grouped: Whether marks stand between its thousands.
        is_vague: Whether it is one of something, such as `a thousand`.
    """

    value: Decimal
    end: int
    is_scaled: bool
    is_figures: bool
    is_grouped: bool = False
    is_vague: bool = False


def read_number(text: Passage, place: int) -> Number | None:
    """Return the number that begins at a place, if it can be told which it is."""
    is_words = text.class_at(place) in WORDED + SMALL
    return _read_words(text, place) if is_words else _read_figures(text, place)


def figures_end(text: Passage, place: int) -> int:
    """Return one past the last piece of the figures at a place."""
    match = numeral_pattern(text.lexicon.language).match(text.classes, place)
    return match.end() if match else place + 1


def _read_figures(text: Passage, place: int) -> Number | None:
    end = figures_end(text, place)
    written = text.written(place, end)
    value = read_figures(written, text.lexicon.language)
    if value is None:
        return None
    is_grouped = value >= _THOUSAND and text.class_at(place) in "13" and end > place + 1
    scaled, scaled_end = _multiply(text, value, end)
    if scaled_end == end and text.lexicon.language == "en" and text.word(end) in {"bn", "mn", "tn"}:
        scaled, scaled_end = value * text.lexicon.scales[text.word(end)], end + 1
    return Number(scaled, scaled_end, scaled_end > end, True, is_grouped)


def _multiply(text: Passage, value: Decimal, end: int) -> tuple[Decimal, int]:
    """Return a value with the scales after it, each larger than the one before, and the end."""
    last = Decimal(1)
    for _ in range(2):
        place = text.after_space(end)
        scale = text.lexicon.scales.get(text.word(place))
        is_apart = place > end or not text.word(place).isascii()
        if scale is None or scale <= last or not is_apart:
            break
        value, last, end = value * scale, scale, place + 1
        if text.word(place) in _SHORT_SCALES and text.class_at(end) == ".":
            after = text.word(text.after_space(end + 1))
            is_inside = after in text.lexicon.units or not after[:1].isalpha()
            end += is_inside and text.class_at(end + 1) in " s"
    return value, end


def _read_words(text: Passage, place: int) -> Number | None:
    numbers, scales = text.lexicon.numbers, text.lexicon.scales
    total, current, end, is_scaled = Decimal(0), Decimal(0), place, False
    first = numbers[text.word(place)]
    at = place
    for _ in range(_MOST_WORDS):
        word = text.word(at)
        if word in numbers and _may_add(current, numbers[word], text.lexicon.language):
            value = numbers[word]
            is_half_a = current == Decimal("0.5") and value == 1
            current = current if is_half_a else current + value
        elif word in scales and current > 0:
            scale = scales[word]
            current *= scale
            is_scaled = True
            if scale >= _THOUSAND and scales.get(text.word(at + 2), 0) <= scale:
                total, current = total + current, Decimal(0)
        elif word == "and" and current >= _HUNDRED and text.word(at + 2) in numbers:
            at += 2
            continue
        else:
            break
        end = at + 1
        if text.class_at(end) not in " s-":
            break
        at = end + 1
    value = total + current
    is_vague = first <= 1 and value in {100, 1000, 1_000_000, 1_000_000_000}
    if value <= 1 or value != value.to_integral_value():
        return None
    return Number(value, end, is_scaled, False, is_vague=is_vague and text.word(place) == "a")


def _may_add(current: Decimal, value: Decimal, language: str) -> bool:
    if current == 0:
        return True
    if current == Decimal("0.5"):
        return value == 1
    rest = current % _HUNDRED
    if rest == 0 and current >= _HUNDRED:
        return 1 <= value < _HUNDRED
    least = _TEN if language in TEN_AND_ONES else _TWENTY
    return rest >= least and rest % 10 == 0 and 1 <= value < 10


def read_second(text: Passage, first: Number, place: int) -> tuple[Number, Number, bool] | None:
    """Return the ends of a range whose first number begins at a place, and whether words join them.

    In `10 to 20 million` both are millions.
    """
    end = first.end
    language = text.lexicon.language
    start = -1
    is_joined = False
    mark = text.after_space(end)
    if text.class_at(mark) == text.class_at(mark + 1) == "-":
        # `200 -- 250`
        mark, end = mark + 1, end + 1
    if text.class_at(mark) == "-" and (mark > end) == (text.class_at(mark + 1) in " s"):
        start = text.after_space(mark + 1)
    elif mark > end and text.word(mark) in RANGE_WORDS.get(language, ()):
        start, is_joined = mark + 2, True
    else:
        opening, joint = BETWEEN.get(language, ("", ""))
        if opening and mark > end and text.word(mark) == joint and text.word(place - 2) == opening:
            start, is_joined = text.after_space(mark + 1), True
    if start < 0 or text.class_at(start) not in ("13z4" if first.is_figures else "g"):
        return None
    second = read_number(text, start)
    if second is None:
        return None
    scale = _scale_between(text, start, second.end)
    if not first.is_scaled and first.value < second.value / scale:
        first = first._replace(value=first.value * scale)
    return (first, second, is_joined) if first.value < second.value else None


def _scale_between(text: Passage, start: int, end: int) -> Decimal:
    scales = text.lexicon.scales
    return math.prod(
        (scales[word] for word in text.pieces.words[start:end] if word in scales),
        start=Decimal(1),
    )


def read_sum_scale(text: Passage, number: Number) -> Number:
    """Return a sum of money with the scale right after it: `5m`, `3bn`, `£38million`."""
    # `$60+ million`
    is_more = text.class_at(number.end) == "+"
    place = text.after_space(number.end + 1) if is_more else number.end
    word = text.word(place)
    scale = SCALE_LETTERS.get(word) or text.lexicon.scales.get(word)
    if scale is None or number.is_scaled:
        return number
    return number._replace(value=number.value * scale, end=place + 1, is_scaled=True)


def scaled_as_next(text: Passage, number: Number, sign: int) -> Number:
    """Return the lower one of two sums with the scale of the upper one: `$10 – $55 billion`.

    Args:
        text: The passage.
        number: The lower one.
        sign: The place of its sign.
    """
    mark = text.after_space(number.end)
    next_sign = text.after_space(mark + 1)
    if number.is_scaled or text.word(next_sign) not in CURRENCY_SIGNS:
        return number
    opening, joint = BETWEEN.get(text.lexicon.language, ("", ""))
    is_between = text.word(mark) == joint and text.word(sign - 2) == opening
    is_range = text.class_at(mark) == "-" or is_between
    if not is_range and text.word(mark) not in RANGE_WORDS.get(text.lexicon.language, ()):
        return number
    place = text.after_space(next_sign + 1)
    upper = _read_figures(text, place) if text.class_at(place) in "13z4" else None
    upper = read_sum_scale(text, upper) if upper else None
    if upper is None or not upper.is_scaled:
        return number
    word = text.word(upper.end - 1)
    scale = SCALE_LETTERS.get(word) or _scale_between(text, place, upper.end)
    is_lower = number.value < upper.value / scale
    return number._replace(value=number.value * scale, is_scaled=True) if is_lower else number

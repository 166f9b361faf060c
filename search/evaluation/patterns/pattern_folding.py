"""Patterns in the letters that words are searched by: without case, accents and variants."""

from __future__ import annotations

from pinakes.indexer import fold
from pinakes.search.query.regex import Choice, Letters, Pattern, Ranges, Repeat, Row, letters_of

_MAX_FOLDED_RANGE = 1_000


def fold_pattern(pattern: Pattern) -> Pattern:
    """Return the pattern that fits the folded forms of the words that `pattern` fits.

    A letter may become two: `ß` is `ss`. In a class it stays one then, which no word has; and a
    range of more than a thousand letters is taken as it is.
    """
    match pattern:
        case Letters():
            first, last = pattern.ranges[0] if len(pattern.ranges) == 1 else (0, 1)
            folded = fold(chr(first)) if first == last and not pattern.is_negated else ""
            if len(folded) > 1:
                return letters_of(folded)
            ranges = {range_ for ends in pattern.ranges for range_ in _fold_range(*ends)}
            return Letters(tuple(sorted(ranges)), pattern.is_negated)
        case Row():
            return Row(tuple(map(fold_pattern, pattern.parts)))
        case Choice():
            return Choice(tuple(map(fold_pattern, pattern.parts)))
        case Repeat():
            return Repeat(fold_pattern(pattern.part), pattern.least, pattern.most)


def _fold_range(first: int, last: int) -> Ranges:
    if last - first >= _MAX_FOLDED_RANGE:
        return ((first, last),)
    folded = [fold(chr(code)) or chr(code) for code in range(first, last + 1)]
    singles = sorted({ord(letter) for letter in folded if len(letter) == 1})
    ranges: list[tuple[int, int]] = []
    for code in singles:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = ranges[-1][0], code
        else:
            ranges.append((code, code))
    return tuple(ranges)

r"""Regular expressions for words: read into a tree, whose language a finite automaton decides.

The subset: letters, `.`, classes `[a-z]` and `[^a-z]`, `\d` and `\w`, `\` before a sign, groups
`( )` and `(?: )`, `|`, and `*` `+` `?` `{2}` `{2,}` `{2,5}`, each maybe with the `?` that makes it
lazy, which changes nothing here. An expression fits whole words, so `^` before it and `$` after it
say nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pinakes.corpus import PinakesError

MAX_PATTERN_CHARS = 1_000
MAX_POSITIONS = 500
"""How many letters and classes an expression may hold, repeated ones counted as often."""
MAX_GROUP_DEPTH = 50

_DIGITS = ((ord("0"), ord("9")),)
_EVERY_LETTER = ((0, 0x10FFFF),)
WORD_SIGN, DIGIT_SIGN, SPACE_SIGN = -1, -2, -3
"""Stand in ranges of patterns for texts for a letter or digit, a digit, and white space."""
_SIGNS = {"w": WORD_SIGN, "d": DIGIT_SIGN, "s": SPACE_SIGN}

Ranges: TypeAlias = tuple[tuple[int, int], ...]


class PatternError(PinakesError, ValueError):
    """What is written is no pattern that words can be compared with.

    Attributes:
        reason: For a person, without a capital or full stop.
        place: The first character of the pattern that it is about.
    """

    def __init__(self, reason: str, place: int) -> None:
        super().__init__(f"{reason} (at character {place + 1})")
        self.reason = reason
        self.place = place


@dataclass(frozen=True, slots=True)
class Letters:
    """One letter, of `ranges` of code points, ends included; with `is_negated`, any other one."""

    ranges: Ranges
    is_negated: bool = False

    @property
    def positions(self) -> int:
        """How many letters and classes there are, repeated ones counted as often."""
        return 1


@dataclass(frozen=True, slots=True)
class Row:
    """One part after the other."""

    parts: tuple[Pattern, ...]

    @property
    def positions(self) -> int:
        """As in `Letters`, and 1 for no part at all."""
        return max(1, sum(part.positions for part in self.parts))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the parts."""

    parts: tuple[Pattern, ...]

    @property
    def positions(self) -> int:
        """As in `Letters`, and 1 for no part at all."""
        return max(1, sum(part.positions for part in self.parts))


@dataclass(frozen=True, slots=True)
class Repeat:
    """The part from `least` to `most` times; to any number of times if `most` is None."""

    part: Pattern
    least: int
    most: int | None

    @property
    def positions(self) -> int:
        """As in `Letters`."""
        return self.part.positions * max(1, self.least if self.most is None else self.most)


Pattern: TypeAlias = Letters | Row | Choice | Repeat

ANY_LETTER = Letters((), is_negated=True)
ANY_LETTERS = Repeat(ANY_LETTER, 0, None)


def letters_of(text: str) -> Row:
    """Return the pattern that fits `text`, as it is, only."""
    return Row(tuple(map(_letter, text)))


def read_regex(text: str, *, of_words: bool = True) -> Pattern:
    r"""Return the tree of a regular expression.

    Args:
        text: As written.
        of_words: Whether it is compared with single words, whose every sign is a letter; else with
            texts, where `\d`, `\w` and `\s` are the signs of all scripts that they name.

    Raises:
        PatternError: It is none, holds what is not of the subset, or is too large.
    """
    if len(text) > MAX_PATTERN_CHARS:
        raise PatternError(f"longer than {MAX_PATTERN_CHARS} characters", MAX_PATTERN_CHARS)
    return _Reader(text, of_words=of_words).read()


class _Reader:
    def __init__(self, text: str, *, of_words: bool) -> None:
        self._text = text
        self._of_words = of_words
        self._at = 0
        self._end = len(text)

    def read(self) -> Pattern:
        if self._text.startswith("^"):
            self._at = 1
        stripped = self._text[:-1]
        escapes = len(stripped) - len(stripped.rstrip("\\"))
        if self._text.endswith("$") and escapes % 2 == 0 and self._end > self._at:
            self._end -= 1
        pattern = self._read_choice(depth=0)
        if self._at < self._end:
            raise PatternError("a parenthesis is closed that was not opened", self._at)
        return pattern

    def _peek(self) -> str:
        return self._text[self._at] if self._at < self._end else ""

    def _take(self, sign: str) -> bool:
        if self._text.startswith(sign, self._at, self._end):
            self._at += len(sign)
            return True
        return False

    def _read_choice(self, *, depth: int) -> Pattern:
        parts = [self._read_row(depth)]
        while self._take("|"):
            parts.append(self._read_row(depth))
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _read_row(self, depth: int) -> Pattern:
        parts: list[Pattern] = []
        positions = 0
        while self._peek() not in ("", "|", ")"):
            start = self._at
            parts.append(self._read_repeated(self._read_one(depth)))
            positions += parts[-1].positions
            if positions > MAX_POSITIONS:
                raise PatternError("too large", start)
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _read_repeated(self, part: Pattern) -> Pattern:
        start = self._at
        match self._peek():
            case "*":
                least, most = 0, None
            case "+":
                least, most = 1, None
            case "?":
                least, most = 0, 1
            case "{":
                self._at += 1
                return self._end_repeat(self._read_counts(part, start), start)
            case _:
                return part
        self._at += 1
        return self._end_repeat(Repeat(part, least, most), start)

    def _end_repeat(self, repeat: Repeat, start: int) -> Repeat:
        if repeat.positions > MAX_POSITIONS:
            raise PatternError("too large", start)
        self._take("?")
        following = self._peek()
        if following and following in "*+?{":
            raise PatternError("a repetition is repeated", self._at)
        return repeat

    def _read_counts(self, part: Pattern, start: int) -> Repeat:
        least = self._read_number(start)
        most: int | None = least
        if self._take(","):
            most = None if self._peek() == "}" else self._read_number(start)
        if not self._take("}"):
            raise PatternError("write a number of times as {2}, {2,} or {2,5}", start)
        if most is not None and most < least:
            raise PatternError("the larger number of times stands first", start)
        return Repeat(part, least, most)

    def _read_number(self, start: int) -> int:
        first = self._at
        while self._peek() and self._peek() in "0123456789":
            self._at += 1
        if not 0 < self._at - first <= 4:
            raise PatternError("write a number of times as {2}, {2,} or {2,5}", start)
        return int(self._text[first : self._at])

    def _read_one(self, depth: int) -> Pattern:
        start = self._at
        sign = self._text[start]
        self._at += 1
        match sign:
            case "(":
                return self._read_group(start, depth)
            case "[":
                return self._read_class(start)
            case ".":
                return ANY_LETTER
            case "\\":
                return self._read_escape(start)
            case "*" | "+" | "?" | "{":
                raise PatternError("there is nothing to repeat", start)
            case "^" | "$":
                raise PatternError("a pattern fits whole words: no sign for their ends", start)
            case _:
                return _letter(sign)

    def _read_group(self, start: int, depth: int) -> Pattern:
        if not self._take("?:") and self._peek() == "?":
            raise PatternError("no look around and no named groups", start)
        if depth >= MAX_GROUP_DEPTH:
            raise PatternError("too many parentheses in one another", start)
        pattern = self._read_choice(depth=depth + 1)
        if not self._take(")"):
            raise PatternError("a parenthesis is not closed", start)
        return pattern

    def _read_escape(self, start: int) -> Letters:
        sign = self._peek()
        self._at += 1
        if not self._of_words and sign in _SIGNS:
            return Letters(((_SIGNS[sign], _SIGNS[sign]),))
        if sign == "d":
            return Letters(_DIGITS)
        if sign == "w":
            return ANY_LETTER
        if not sign or sign.isalnum():
            raise PatternError("no such sign", start)
        return _letter(sign)

    def _read_class(self, start: int) -> Pattern:
        is_negated = self._take("^")
        ranges: list[tuple[int, int]] = []
        is_first = True
        while is_first or self._peek() != "]":
            if not self._peek():
                raise PatternError("a bracket is not closed", start)
            is_first = False
            ranges.extend(self._read_range())
        self._at += 1
        return Letters(tuple(sorted(set(ranges))), is_negated)

    def _read_range(self) -> Ranges:
        start = self._at
        first = self._read_member()
        if self._peek() != "-" or self._text[self._at + 1 : self._end][:1] in ("", "]"):
            return first
        self._at += 1
        last = self._read_member()
        ends = *first[0], *last[0]
        is_single = first[0][0] == first[0][1] >= 0 and last[0][0] == last[0][1]
        if not is_single or ends[0] > ends[3]:
            raise PatternError("no such range", start)
        return ((ends[0], ends[3]),)

    def _read_member(self) -> Ranges:
        start = self._at
        self._at += 1
        if self._text[start] != "\\":
            return _letter(self._text[start]).ranges
        escaped = self._read_escape(start)
        return _EVERY_LETTER if escaped == ANY_LETTER else escaped.ranges


def _letter(letter: str) -> Letters:
    return Letters(((ord(letter), ord(letter)),))

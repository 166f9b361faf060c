"""Where in a text a regular expression fits: a finite automaton, with a bound on its steps.

The automaton is that of `evaluation.patterns.automaton`, each move worked out when a text first
needs it. From each place where a word can begin it goes on as long as anything can still fit; no
pattern makes it go back, and what one text may cost is bounded by `MAX_STEPS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pinakes.corpus import PinakesError
from pinakes.search.evaluation.patterns.automaton import Glushkov, bits_of
from pinakes.search.query.regex import Letters, Pattern, Row
from pinakes.search.tagging.flat_patterns import fits, flatten

MAX_STEPS = 20_000
"""How many letters are compared in one text at the most: of a passage, some twenty times all."""
_MAX_STATES = 4_000
_DEAD = 0


class TooCostlyError(PinakesError):
    """A pattern goes on from too many places of a text for too long."""


class TextAutomaton:
    """A pattern made ready for texts; for one thread at a time.

    Attributes:
        literal: What every text has that it fits; maybe nothing.
    """

    def __init__(self, pattern: Pattern) -> None:
        """Take a pattern that was read for texts."""
        glushkov = Glushkov()
        whole = glushkov.add(pattern)
        self._follow = glushkov.follow
        self._letters = glushkov.letters
        self._firsts, self._lasts = whole.firsts, whole.lasts
        self.literal = _longest_literal(pattern)
        self._flat = flatten(pattern)
        self._fitting: dict[str, int] = {}
        self._known: set[str] = set()
        self._begins: list[str] = []
        self._beginning = re.compile("")
        self._forget()

    def _forget(self) -> None:
        # A state is the positions that the next letter can take, and whether all may end here.
        self._numbers = {(0, False): _DEAD, (self._firsts, False): 1}
        self._states = [(0, False), (self._firsts, False)]
        self._moves: list[dict[str, int]] = [{}, {}]

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Return the places where the pattern fits whole words: the first one, the longest there.

        They do not overlap; none is empty.

        Raises:
            TooCostlyError: It would take more than `MAX_STEPS`.
        """
        if self.literal not in text:
            return iter(())
        if self._flat is not None and self._flat.takes_at_most(text, MAX_STEPS):
            return self._flat.find(text)
        return self._find(text)

    def _find(self, text: str) -> Iterator[tuple[int, int]]:
        done = steps = 0
        for start in self._beginnings(text):
            if start < done:
                continue
            end, last = self._longest(text, start)
            steps += last - start + 1
            if steps > MAX_STEPS:
                raise TooCostlyError(
                    f"fits the beginnings of too much: more than {MAX_STEPS:,} steps in a passage"
                )
            if end > start:
                yield start, end
                done = end

    def _beginnings(self, text: str) -> Iterator[int]:
        """Return the places of letters that the pattern can begin with, but for those in words."""
        if not self._known.issuperset(text):
            new = set(text) - self._known
            self._known |= new
            self._begins += [each for each in sorted(new) if self._fit(each) & self._firsts]
            if self._begins:
                self._beginning = _beginning_with(self._begins)
        if not self._begins:
            return iter(())
        return map(re.Match.start, self._beginning.finditer(text))

    def _longest(self, text: str, start: int) -> tuple[int, int]:
        """Return where the longest fit from `start` ends, or 0; and how far was looked."""
        state = 1
        ends: list[int] = []
        last = len(text)
        moves, states = self._moves, self._states
        for at in range(start, len(text)):
            following = moves[state].get(text[at])
            if following is None:
                following = self._move(state, text[at])
                moves, states = self._moves, self._states
            if following == _DEAD:
                last = at
                break
            state = following
            if states[state][1]:
                ends.append(at + 1)
        # Most of them are inside a word but the last.
        while ends and _is_inside(text, ends[-1]):
            ends.pop()
        return (ends[-1] if ends else 0), last

    def _move(self, state: int, letter: str) -> int:
        """Find out, and remember, where a letter leads."""
        if len(self._states) > _MAX_STATES:
            positions = self._states[state]
            self._forget()
            state = self._number(positions)
        found = self._moves[state][letter] = self._learn(state, letter)
        return found

    def _learn(self, state: int, letter: str) -> int:
        taken = self._states[state][0] & self._fit(letter)
        following = 0
        for position in bits_of(taken):
            following |= self._follow[position]
        return self._number((following, bool(taken & self._lasts)))

    def _number(self, state: tuple[int, bool]) -> int:
        number = self._numbers.setdefault(state, len(self._states))
        if number == len(self._states):
            self._states.append(state)
            self._moves.append({})
        return number

    def _fit(self, letter: str) -> int:
        """Return the positions that a letter fits."""
        if letter not in self._fitting:
            known: dict[Letters, bool] = {}
            fitting = 0
            for position, letters in enumerate(self._letters):
                if letters not in known:
                    known[letters] = fits(letter, letters)
                fitting |= known[letters] << position
            self._fitting[letter] = fitting
        return self._fitting[letter]


def _beginning_with(letters: Sequence[str]) -> re.Pattern[str]:
    """Return what finds any of some letters where no word has begun before it."""
    of_words = "".join(filter(str.isalnum, letters))
    others = "".join(letter for letter in letters if not letter.isalnum())
    # What is a letter or digit is what `isalnum` is true of.
    parts = [rf"(?<![^\W_])[{re.escape(of_words)}]"] if of_words else []
    return re.compile("|".join(parts + ([f"[{re.escape(others)}]"] if others else [])))


def _longest_literal(pattern: Pattern) -> str:
    """Return the most letters in a row that whatever fits has to hold; maybe none."""
    parts = pattern.parts if isinstance(pattern, Row) else (pattern,)
    runs = [""]
    for part in parts:
        if isinstance(part, Letters) and not part.is_negated and len(part.ranges) == 1:
            ((first, last),) = part.ranges
            if first == last and first >= 0:
                runs[-1] += chr(first)
                continue
        runs.append("")
    return max(runs, key=len)


def _is_inside(text: str, place: int) -> bool:
    """Return whether a place is inside a word: between two letters or digits."""
    return place < len(text) and text[place - 1].isalnum() and text[place].isalnum()

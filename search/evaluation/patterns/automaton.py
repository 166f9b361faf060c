"""Which words of a dictionary a pattern fits: a finite automaton run over all of them at once.

The states of the nondeterministic automaton are the letters of the pattern (Glushkov: The Abstract
Theory of Automata, 1961); a set of them is the bits of an integer. Those sets that words really
lead to become states of a deterministic automaton, each move worked out when a word first needs
it (Thompson: Regular Expression Search Algorithm, CACM 1968). No move is worked out twice and none
is taken back, so the time is linear in the letters of the dictionary, whatever the pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from pinakes.corpus import check_time
from pinakes.search.evaluation.patterns.dictionary import Dictionary
from pinakes.search.evaluation.texts.held import Array, Flags, Ordinals
from pinakes.search.query.regex import Choice, Letters, Pattern, Repeat, Row

_DEAD, _UNKNOWN = 0, -1


@dataclass(frozen=True, slots=True)
class _Part:
    """Whether a part fits a text without letters; with which positions it can begin and end."""

    is_empty: bool
    firsts: int
    lasts: int


@dataclass(slots=True)
class Glushkov:
    """The letters of a pattern, by position, and the set of those that can follow each."""

    letters: list[Letters] = field(default_factory=list)
    follow: list[int] = field(default_factory=list)

    def add(self, pattern: Pattern) -> _Part:
        """Add the letters of a pattern; return what is known of it."""
        match pattern:
            case Letters():
                bit = 1 << len(self.letters)
                self.letters.append(pattern)
                self.follow.append(0)
                return _Part(is_empty=False, firsts=bit, lasts=bit)
            case Row():
                whole = _Part(is_empty=True, firsts=0, lasts=0)
                for part in pattern.parts:
                    whole = self._append(whole, self.add(part))
                return whole
            case Choice():
                parts = [self.add(part) for part in pattern.parts]
                return _Part(
                    is_empty=any(part.is_empty for part in parts),
                    firsts=_union(part.firsts for part in parts),
                    lasts=_union(part.lasts for part in parts),
                )
            case Repeat():
                return self._add_repeat(pattern)

    def _add_repeat(self, pattern: Repeat) -> _Part:
        whole = _Part(is_empty=True, firsts=0, lasts=0)
        times = max(1, pattern.least) if pattern.most is None else pattern.most
        for time in range(times):
            part = self.add(pattern.part)
            if pattern.most is None and time == times - 1:
                self._link(part.lasts, part.firsts)
            if time >= pattern.least:
                part = _Part(is_empty=True, firsts=part.firsts, lasts=part.lasts)
            whole = self._append(whole, part)
        return whole

    def _append(self, one: _Part, other: _Part) -> _Part:
        self._link(one.lasts, other.firsts)
        return _Part(
            is_empty=one.is_empty and other.is_empty,
            firsts=one.firsts | (other.firsts if one.is_empty else 0),
            lasts=other.lasts | (one.lasts if other.is_empty else 0),
        )

    def _link(self, befores: int, afters: int) -> None:
        for position in bits_of(befores):
            self.follow[position] |= afters


def _union(sets: Iterable[int]) -> int:
    union = 0
    for bits in sets:
        union |= bits
    return union


def bits_of(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


class Automaton:
    """A pattern made ready for one dictionary."""

    def __init__(self, pattern: Pattern, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        glushkov = Glushkov()
        whole = glushkov.add(pattern)
        self._follow = glushkov.follow
        self._lasts = whole.lasts
        self._fitting, self._class_of = _classify(glushkov.letters, dictionary.alphabet)
        # A state is the positions that the next letter can take, and whether the word may end.
        self._states = {(0, False): _DEAD, (whole.firsts, whole.is_empty): _DEAD + 1}
        self._nexts = [0, whole.firsts]
        self._accepts = np.array([False, whole.is_empty])
        self._moves = np.full((2, len(self._fitting)), _UNKNOWN, dtype=np.int32)
        self._moves[_DEAD] = _DEAD

    def fits(self, words: Ordinals) -> Ordinals:
        """Return those of `words` that the pattern fits as a whole, ascending."""
        words = words[self._can_begin()[self._dictionary.letters[self._dictionary.starts[words]]]]
        # The longest first, so that those not yet over are always the first ones. Words are short
        # enough for 16 bits, which sort fastest.
        lengths = self._dictionary.lengths[words].astype(np.int16)
        order = np.argsort(-lengths, kind="stable")
        words, lengths = words[order], lengths[order]
        at = self._dictionary.starts[words]
        states = np.full(len(words), _DEAD + 1, dtype=np.int32)
        found: list[Array] = []
        place = 0
        while len(words):
            check_time()
            going = int(np.count_nonzero(lengths > place))
            found.append(words[going:][self._accepts[states[going:]]])
            words, lengths, at, states = words[:going], lengths[:going], at[:going], states[:going]
            states = self._move(states, self._class_of[self._dictionary.letters[at]])
            at += 1
            place += 1
            alive = states != _DEAD
            if 2 * np.count_nonzero(alive) < going:
                words, lengths, at, states = words[alive], lengths[alive], at[alive], states[alive]
        return np.sort(np.concatenate(found)) if found else words

    def _can_begin(self) -> Flags:
        """Return for each letter of the alphabet whether a word that fits can begin with it."""
        begins = [bool(self._nexts[_DEAD + 1] & fitting) for fitting in self._fitting]
        flags: Flags = np.array(begins, dtype=np.bool_)[self._class_of]
        return flags

    def _move(self, states: Array, classes: Array) -> Array:
        moved = self._moves[states, classes]
        is_unknown = moved == _UNKNOWN
        if is_unknown.any():
            wanted = states[is_unknown].astype(np.int64) * len(self._fitting) + classes[is_unknown]
            for move in np.unique(wanted).tolist():
                self._learn(*divmod(move, len(self._fitting)))
            moved = self._moves[states, classes]
        return moved

    def _learn(self, state: int, letter_class: int) -> None:
        """Work out where a state goes by the letters of a class."""
        taken = self._nexts[state] & self._fitting[letter_class]
        key = (
            _union(self._follow[position] for position in bits_of(taken)),
            bool(taken & self._lasts),
        )
        if key not in self._states:
            self._states[key] = len(self._nexts)
            self._nexts.append(key[0])
            self._make_room()
            self._accepts[self._states[key]] = key[1]
        self._moves[state, letter_class] = self._states[key]

    def _make_room(self) -> None:
        room = len(self._accepts)
        if len(self._nexts) > room:
            self._accepts = np.concatenate([self._accepts, np.zeros(room, dtype=np.bool_)])
            self._moves = np.concatenate([self._moves, np.full_like(self._moves, _UNKNOWN)])


def _classify(letters: list[Letters], alphabet: Array) -> tuple[list[int], Array]:
    """Deal an alphabet into classes whose letters fit the same positions of a pattern.

    Returns:
        By class, the positions that its letters fit; and the class of each letter.

    """
    positions: dict[Letters, int] = {}
    for position, one in enumerate(letters):
        positions[one] = positions.get(one, 0) | 1 << position
    fits = {one: _fitting(one, alphabet) for one in positions}
    class_of = np.zeros(len(alphabet), dtype=np.int64)
    for is_fit in fits.values():
        _, class_of = np.unique(2 * class_of + is_fit, return_inverse=True)
    examples = np.zeros(int(class_of.max(initial=-1)) + 1, dtype=np.int64)
    examples[class_of] = np.arange(len(alphabet))
    fitting = [0] * len(examples)
    for one, bits in positions.items():
        for number in np.flatnonzero(fits[one][examples]).tolist():
            fitting[number] |= bits
    return fitting, class_of


def _fitting(letters: Letters, alphabet: Array) -> Flags:
    """Return for each letter of `alphabet`, ascending, whether it is one of `letters`."""
    is_fit = np.full(len(alphabet), letters.is_negated)
    for first, last in letters.ranges:
        low = np.searchsorted(alphabet, first)
        high = np.searchsorted(alphabet, last, side="right")
        is_fit[low:high] = not letters.is_negated
    return is_fit


def fitting_words(pattern: Pattern, dictionary: Dictionary, words: Ordinals) -> Ordinals:
    """Return those of `words`, numbers in the dictionary, that `pattern` fits as a whole."""
    return Automaton(pattern, dictionary).fits(words) if len(words) else words

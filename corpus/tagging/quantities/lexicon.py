"""The words of quantities in a language, and the classes of pieces for finding figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pinakes.corpus.tagging.pieces import PieceClasses, lower_of, word_set
from pinakes.corpus.tagging.quantities.signs import PHRASES
from pinakes.corpus.tagging.quantities.words import NUMBERS, PEOPLE, PEOPLES, SCALES, UNITS

# One or two figures, three, three noughts, four to fifteen, more.
SHORT, GROUP, NOUGHTS, LONG, ENDLESS = "13z4N"
_FIGURES = SHORT + GROUP + NOUGHTS + LONG
# A number in words, one of at most 1, and a word such as `million`.
WORDED, SMALL, SCALE = "gok"
# What Turkish adds to a noun; no word ends in a case of the wrong vowels.
_TURKISH_CASES = word_set(
    "a e ı i u ü ya ye yı yi yu yü da de ta te dan den tan ten ın in un ün nın nin nun nün la le "
    "yla yle lık lik luk lük"
)
_LONGEST = 15
_GROUP_LENGTH = 3
# Spaces that are put between the figures of a number and never end a word.
_TIGHT_SPACES = "\u00a0\u202f\u2009"
_MARKS = {mark: mark for mark in ".,/:_()%#@+$"} | dict.fromkeys("-–‐‑−—", "-")
_MARKS |= dict.fromkeys("'’‘ʼ", "'") | {"٬": ",", "،": ",", "٫": ",", "·": ".", "٪": "%"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of quantities in a language.

    Attributes:
        language: ISO 639-1 code.
        numbers: Values of numbers written out.
        scales: Values of words such as `million`.
        units: Units, `people` among them, and codes of currencies, by word.
        phrases: The same by two words or three.
        classes: One character a piece: see the top of this module.
    """

    language: str
    numbers: dict[str, Decimal]
    scales: dict[str, Decimal]
    units: dict[str, str]
    phrases: dict[str, str]
    classes: PieceClasses

    def classify(self, pieces: list[str]) -> str:
        """Return the classes of pieces, one character each."""
        return "".join(map(self.classes.__getitem__, pieces))


@cache
def lexicon_of(language: str) -> Lexicon:
    """Return the words of a language; without any, if it is not in the list."""
    numbers = _by_word(NUMBERS.get(language, {}), language)
    scales = _by_word(SCALES.get(language, {}), language)
    units = {
        word: unit for unit, words in UNITS.get(language, {}).items() for word in words.split()
    }
    if language == "tr":
        units |= {word + case: unit for word, unit in units.items() for case in _TURKISH_CASES}
    units |= dict.fromkeys(PEOPLE.get(language, "").split(), "people")
    units |= dict.fromkeys(PEOPLES.get(language, "").split(), "people")
    units = {lower_of(word, language): unit for word, unit in units.items()}
    return Lexicon(
        language=language,
        numbers={word: Decimal(str(value)) for word, value in numbers.items()},
        scales={word: Decimal(value) for word, value in scales.items()},
        units=units,
        phrases=PHRASES.get(language, {}),
        classes=PieceClasses(_known_classes(numbers, scales), _class_of),
    )


@cache
def opening_pattern() -> re.Pattern[str]:
    """Return the expression of where a number may begin, over classes."""
    return re.compile(
        rf"(?<![{_FIGURES}{ENDLESS}/:#_@])(?:[{_FIGURES}{WORDED}]"
        rf"|{SMALL}(?= (?:{SMALL} )?{SCALE}))"
    )


def _known_classes(numbers: dict[str, float], scales: dict[str, float]) -> dict[str, str]:
    classes = dict.fromkeys(scales, SCALE)
    return classes | {word: WORDED if value > 1 else SMALL for word, value in numbers.items()}


def _by_word(values: dict[float, str] | dict[int, str], language: str) -> dict[str, float]:
    return {
        lower_of(word, language): value for value, words in values.items() for word in words.split()
    }


def _class_of(piece: str) -> str:
    if piece[0].isdecimal():
        if len(piece) > _LONGEST:
            return ENDLESS
        if len(piece) == _GROUP_LENGTH:
            return NOUGHTS if int(piece) == 0 else GROUP
        return SHORT if len(piece) < _GROUP_LENGTH else LONG
    if piece.isspace():
        if piece in _TIGHT_SPACES:
            return "s"
        return "\n" if piece.count("\n") > 1 else " "
    return "w" if piece.isalpha() else _MARKS.get(piece, "*")

"""Tells a number of things from what only looks like one: a label, a year, a part of a code."""

from __future__ import annotations

import re

from pinakes.corpus.tagging.quantities.lexicon import SCALE
from pinakes.corpus.tagging.quantities.reading import TEN_AND_ONES, Number, Passage
from pinakes.corpus.tagging.quantities.signs import (
    CLOCK_WORDS,
    FUNCTION_WORDS,
    LABELS,
    YEARS,
)
from pinakes.corpus.tagging.quantities.unit_words import Unit
from pinakes.corpus.tagging.quantities.words import SCALES

_LEAST_LETTERS = 3
# How words for several things end, where that tells them from verbs.
_PLURAL_ENDINGS = {"en": ("s",), "fr": ("s", "x"), "es": ("s",), "pt": ("s",), "it": ("i", "e")}
# Where what is counted stays in the singular.
_SINGULAR_COUNTS = frozenset({"tr", "az"})
_TURKIC_PLURAL = re.compile(r"l[ae]r(?:[ıi]?n?[ıiae]?|[ıi]?n?d[ae]n?|[ıi]n[ıi]n)$")
# In Turkish the number of a road or a law stands before it.
_NUMBERED = ("otoban", "otoyol", "cadde", "sokak", "sokağ", "sayılı", "numaralı", "nolu", "madde")
_LEAST_IN_WORDS = 11
_RUSSIAN_ADJECTIVE = re.compile("^одн|(?:ый|ий|ой|ого|его|ому|ему|ых|их|ым|им|ая|ую|ое|ом)$")
_SINGULAR_ENDINGS = ("ss", "us", "is")
# Whose nouns have capitals, so that a capital tells no name.
_CAPITAL_NOUNS = frozenset({"de"})
_UNCOUNTED = frozenset({"zh", "ja", "und"})
# Of other languages it isn't known which words multiply a number.
_COUNTED = frozenset(SCALES) - _UNCOUNTED


def is_labelled(text: Passage, place: int) -> bool:
    """Whether a number is the name of something: `Article 14`, `No. 5`, `§ 3`."""
    before = place - 1
    if text.class_at(before) in " s":
        before -= 1
    if text.class_at(before) == "." and text.word(before - 1) in LABELS:
        return True
    return text.word(before) in LABELS or text.word(before) in {"§", "№", "#"}


def is_part_of_more(text: Passage, place: int, before: Unit | None) -> bool:
    """Whether a number is joined to what stands before it: `A4`, `1.2.3`, `x=5`."""
    mark = text.class_at(place - 1)
    if before is not None:
        return False
    # `yüz on bir`: a hundred without a number before it is not read, nor what is added to it.
    if text.lexicon.language in TEN_AND_ONES and mark in " s" and text.class_at(place - 2) == SCALE:
        return True
    word = text.word(place - 1)
    if word.isalpha():
        return word != "و" and text.lexicon.language not in _UNCOUNTED
    if mark in "$%+":
        return True
    if mark == text.class_at(place - 2) == "." and text.class_at(place - 3) in "13z4N":
        return True
    if mark in ".,:'-" and text.class_at(place - 2) in "w13z4Ngok)":
        return word != "—"
    return word in {"=", "^", "\\", "$"}


def is_count(text: Passage, place: int, number: Number) -> bool:
    """Whether a number without unit counts what follows it: `51 countries`."""
    language = text.lexicon.language
    if language not in _COUNTED or text.class_at(number.end) != " ":
        return False
    if not number.is_figures and not _is_counted_in_words(text, number):
        return False
    is_year = text.class_at(place) == "4" and not number.is_grouped and number.value in YEARS
    if is_year or number.value <= 1 or number.value % 1 or _follows_name(text, place):
        return False
    noun = number.end + 1
    word = text.word(noun)
    if not _may_be_noun(text, noun) or word in CLOCK_WORDS:
        return False
    if language in _SINGULAR_COUNTS:
        return not (_TURKIC_PLURAL.search(word) or word.startswith(_NUMBERED))
    if language not in _PLURAL_ENDINGS:
        return not word.startswith("ال")
    later = noun + 2
    is_adjective = text.class_at(noun + 1) == " " and _may_be_noun(text, later)
    ending = _PLURAL_ENDINGS[language]
    return _is_plural(word, ending) or (is_adjective and _is_plural(text.word(later), ending))


def _is_counted_in_words(text: Passage, number: Number) -> bool:
    """Whether a number in words counts what follows: `forty-one families`, but no `ten to one`."""
    language, noun = text.lexicon.language, number.end + 1
    if number.value < _LEAST_IN_WORDS or number.is_vague:
        return False
    if language == "de":
        return text.pieces.is_capital(noun)
    if language == "ru":
        # `двадцать пятого`
        return _RUSSIAN_ADJECTIVE.search(text.word(noun)) is None
    return language in {"en", "fr", "es"}


def _follows_name(text: Passage, place: int) -> bool:
    """Whether a word with a capital stands before, other than at the start of a sentence."""
    if text.class_at(place - 1) not in " s":
        return False
    if text.class_at(place - 2) in "13z4N)+" or text.word(place - 2) in {"x", "×", "*"}:
        return True
    if text.class_at(place - 2) == ":" and text.class_at(place - 4) in "13z4N":
        return True
    word = text.word(place - 2)
    is_capital = word.isalpha() and text.pieces.is_capital(place - 2)
    return is_capital and word not in FUNCTION_WORDS


def _may_be_noun(text: Passage, place: int) -> bool:
    word = text.word(place)
    if not word.isalpha() or len(word) < _LEAST_LETTERS or word in FUNCTION_WORDS:
        return False
    if not text.written(place, place + 1)[1:].islower() and word.islower():
        return False
    if text.class_at(place + 1) in "_(/@" or text.class_at(place + 1) in "13z4N":
        return False
    return text.lexicon.language in _CAPITAL_NOUNS or not text.pieces.is_capital(place)


def _is_plural(word: str, endings: tuple[str, ...]) -> bool:
    return word.endswith(endings) and not word.endswith(_SINGULAR_ENDINGS)

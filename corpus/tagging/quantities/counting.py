"""Tells a number of things from what only looks like one: a label, a year, a part of a code."""

from __future__ import annotations

import re

from pinakes.corpus.tagging.pieces import word_set
from pinakes.corpus.tagging.quantities.lexicon import SCALE
from pinakes.corpus.tagging.quantities.reading import TEN_AND_ONES, Number, Passage
from pinakes.corpus.tagging.quantities.signs import (
    CLOCK_WORDS,
    FUNCTION_WORDS,
    LABELS,
)
from pinakes.corpus.tagging.quantities.units import PEOPLE, Unit
from pinakes.corpus.tagging.quantities.words import SCALES, USERS

_YEARS = range(1000, 2100)
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
_IN = word_set("in since by until during en depuis im seit bis в с до nel em desde hasta")
_USERS = word_set(USERS)
# So many are a count where a sentence begins: `Serving 300 users`.
_MANY = 100
# What begins a sentence with a count.
_BEFORE_COUNTS = word_set(
    "some nearly almost around roughly approximately our their his her my your another other these "
    "those all both first last today currently every each fewer many few etwa rund fast knapp über "
    "environ près quelque unos casi cerca alrededor около почти более"
)
_IN_RATIOS = word_set("in von sur de из")
_ONES = word_set("1 one ein eine einer un une uno una один одна")
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
    is_year = text.class_at(place) == "4" and not number.is_grouped and number.value in _YEARS
    if is_year or number.value <= 1 or number.value % 1 or _follows_name(text, place):
        return False
    noun = number.end + 1
    if not _may_be_noun(text, noun) or text.word(noun) in CLOCK_WORDS:
        return False
    if language in _SINGULAR_COUNTS:
        word = text.word(noun)
        return not (_TURKIC_PLURAL.search(word) or word.startswith(_NUMBERED))
    if language not in _PLURAL_ENDINGS:
        return not text.word(noun).startswith("ال")
    later = noun + 2
    is_adjective = text.class_at(noun + 1) == " " and _may_be_noun(text, later)
    ending = _PLURAL_ENDINGS[language]
    return _is_plural(text.word(noun), ending) or (
        is_adjective and _is_plural(text.word(later), ending)
    )


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


def may_be_version(text: Passage, place: int, number: Number, unit: Unit) -> bool:
    """Whether a number belongs to the name of what people use: `Windows 10 users`."""
    user = text.word(unit.place - 1)
    is_bare = number.is_figures and not (number.is_grouped or number.is_scaled)
    if unit.name != PEOPLE or user not in _USERS or not is_bare:
        return False
    name = text.word(place - 2)
    if text.class_at(place - 1) != " " or not name.isalpha() or name in _BEFORE_COUNTS:
        return False
    if name in FUNCTION_WORDS or text.written(place - 2, place - 1).islower():
        return False
    starts = place == 2 or text.class_at(place - 3) != " " or text.class_at(place - 4) in ".:"
    return not starts or number.value < _MANY


def is_of_ratio(text: Passage, place: int, unit: Unit) -> bool:
    """Whether a number of people tells but a share of them: `one in four users`."""
    is_after = text.word(place - 2) in _IN_RATIOS and text.word(place - 4) in _ONES
    return is_after and unit.name == PEOPLE


def may_be_year(text: Passage, place: int, number: Number, unit: Unit) -> bool:
    """Whether people only follow a year: `In 2014 people voted`."""
    is_bare = text.class_at(place) == "4" and not (number.is_grouped or number.is_scaled)
    return (
        is_bare and number.value in _YEARS and unit.name == PEOPLE and text.word(place - 2) in _IN
    )

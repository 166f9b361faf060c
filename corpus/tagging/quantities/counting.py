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
    YEARS,
)
from pinakes.corpus.tagging.quantities.unit_words import PEOPLE, TIMES, Unit
from pinakes.corpus.tagging.quantities.words import SCALES, USERS

# Of these nothing with another word between is counted: `the Act of 1986 required parents`.
_LIKELY_YEARS = range(1500, 2100)
_TEN = 10
_OF_YEARS = word_set(
    "of in from since by before after until till during act law von vom des im de du del en loi "
    "ley закон закона в с"
)
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
_MORE = frozenset({"more", "other"})
# Before an age, or of it before `more people`.
_AGES = word_set("at age aged ages")
_USERS = word_set(USERS)
# So many are a count where a sentence begins: `Serving 300 users`.
_MANY = 100
# What begins a sentence with a count.
_BEFORE_COUNTS = word_set(
    "minimum maximum yesterday "
    "some nearly almost around roughly approximately our their his her my your another other these "
    "those all both first last today currently every each fewer many few etwa rund fast knapp über "
    "than least about over only "
    "environ près quelque unos casi cerca alrededor около почти более"
)
_IN_RATIOS = word_set("in von sur de из")
_FEW = word_set("two three four five six seven eight nine")
_ONES = word_set("one ein eine einer eines un une uno una um uma один одна одного bir")
# What is numbered, so that a 1 after it is no one of many: `phase 1 in 200 patients`.
_NUMBERED_THINGS = LABELS | word_set(
    "tag tage woche monat jahr raum saal ebene runde spiel gruppe typ fall cohort arm trial study "
    "experiment site team tier category scenario day week month year jour semaine groupe classe "
    "chambre cas día semana grupo caso habitación день дня неделя недели палата палате gün hafta "
    "grup faz aşama tip oda seviye"
)
# Before the name of a place or a day, past which people may be counted: `At Wembley 90 fans`.
_BEFORE_PLACES = word_set(
    "to from with under among behind beyond besides "
    "at in on near outside inside across around since until by after before during im am auf bei "
    "an vor seit nach à au aux dans chez depuis en desde hasta tras в во на у с со к до после"
)
_ARTICLES = word_set("the der die das dem den le la les el los las")
# What has versions; such a name is no place.
_VERSIONED = word_set(
    "windows ios ipados android macos os office word excel outlook firefox chrome opera safari "
    "explorer ubuntu fedora debian xbox playstation iphone ipad galaxy pixel kindle python java "
    "php photoshop vista"
)
_LONGEST_NAME = 3
_MOST_OF_NAME = 20
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
    if name not in _VERSIONED and _leads_to_place(text, _before_name(text, place)):
        return False
    starts = place == 2 or text.class_at(place - 3) != " " or text.class_at(place - 4) in ".:"
    return not starts or number.value < _MANY


def is_of_name(text: Passage, place: int, number: Number, unit: Unit) -> bool:
    """Whether a number ends the name of a group of people: `the Chicago 7 defendants`."""
    is_bare = number.is_figures and not (number.is_grouped or number.is_scaled)
    if unit.name != PEOPLE or not is_bare or number.value > _MOST_OF_NAME:
        return False
    lead = _before_name(text, place)
    is_named = lead < place - 2 and text.word(lead) == "the" and text.class_at(lead + 1) == " "
    return is_named and not _leads_to_place(text, lead)


def _before_name(text: Passage, place: int) -> int:
    """Return the place of the word before the words with capitals that a number follows."""
    at = place - 2
    for _ in range(_LONGEST_NAME):
        is_capital = text.word(at).isalpha() and text.pieces.is_capital(at)
        if not is_capital or text.class_at(at + 1) != " " or text.word(at) in FUNCTION_WORDS:
            break
        at -= 2
    return at


def _leads_to_place(text: Passage, place: int) -> bool:
    """Whether a word, or the one before it if it is an article, leads to a place or a day."""
    at = place - 2 if text.word(place) in _ARTICLES else place
    return text.word(at) in _BEFORE_PLACES and text.class_at(at + 1) == " "


def ends_name(text: Passage, place: int, number: Number, unit: Unit) -> bool:
    """Whether a number before a people or more people ends a name or an age.

    So it is in `Apollo 11 crew members`, `Prop 8 Democrats`, `At 18 Israelis join the army`.
    """
    if unit.name != PEOPLE or text.lexicon.language != "en":
        return False
    before, middle = text.word(place - 2), text.word(text.after_space(number.end))
    noun = unit.place - 1
    is_people = text.pieces.is_capital(noun) or text.word(noun) == "members" or middle in _MORE
    if not is_people or number.is_grouped or number.is_scaled:
        return False
    if number.value == 1 or before in _AGES:
        return True
    is_name = before.isalpha() and text.pieces.is_capital(place - 2)
    if text.class_at(place - 1) != " " or not is_name or before in FUNCTION_WORDS | _BEFORE_COUNTS:
        return False
    starts = place == 2 or text.class_at(place - 3) != " " or text.class_at(place - 4) in ".:"
    if starts:
        return number.value < _MANY
    return not _leads_to_place(text, _before_name(text, place))


def is_of_ratio(text: Passage, place: int, number: Number, unit: Unit) -> bool:
    """Whether a number of people tells but a share of them: `one in four users`."""
    if unit.name != PEOPLE:
        return False
    joint, one = text.word(place - 2), text.word(place - 4)
    if joint == "of":
        # `two out of five users`, `nine of ten users`
        return (one == "out" and number.value <= _TEN) or (one in _FEW and number.value == _TEN)
    if joint not in _IN_RATIOS:
        return False
    is_apart = text.class_at(place - 5) in " s-"
    is_one = one == "1" and not (is_apart and text.word(place - 6) in _NUMBERED_THINGS)
    return is_one or one in _ONES or (one in _FEW and number.value <= _TEN)


def may_be_year(text: Passage, place: int, number: Number, unit: Unit) -> bool:
    """Whether people only follow a year: `In 2014 people voted`, `the 1985 law helped users`."""
    is_bare = text.class_at(place) == "4" and not (number.is_grouped or number.is_scaled)
    is_next = unit.place - 1 <= text.after_space(number.end)
    # `In 2019 more hours were worked`
    if is_bare and unit.name in TIMES and number.value in YEARS:
        return not is_next
    if not is_bare or unit.name != PEOPLE:
        return False
    if not is_next and number.value in _LIKELY_YEARS and text.word(place - 2) not in _BEFORE_COUNTS:
        # `1500 syrische Flüchtlinge`, but not `the Act of 2000 required parents`.
        is_round = number.value % _TEN == 0 and text.word(place - 2) not in _OF_YEARS
        return not is_round
    return number.value in YEARS and text.word(place - 2) in _IN

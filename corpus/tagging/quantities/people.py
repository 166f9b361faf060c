"""Tells a number of people from one that ends a name, an age, a version, a year or a share."""

from __future__ import annotations

from pinakes.corpus.tagging.pieces import word_set
from pinakes.corpus.tagging.quantities.reading import Number, Passage
from pinakes.corpus.tagging.quantities.signs import FUNCTION_WORDS, LABELS, YEARS
from pinakes.corpus.tagging.quantities.unit_words import PEOPLE, TIMES, Unit
from pinakes.corpus.tagging.quantities.words import USERS

# Of these nothing with another word between is counted: `the Act of 1986 required parents`.
_LIKELY_YEARS = range(1500, 2100)
_TEN = 10
_OF_YEARS = word_set(
    "of in from since by before after until till during act law von vom des im de du del en loi "
    "ley закон закона в с"
)
_IN = word_set("in since by until during en depuis im seit bis в с до nel em desde hasta")
_MORE = frozenset({"more", "other"})
# Before an age, and before one with `+`: `Ages 12+ children`.
_BEFORE_AGES = word_set("at age aged ages")
_BEFORE_AGES_AND_UP = word_set("age ages aged adults children women men rated the")
# Names that a number ends.
_NUMBERED_NAMES = word_set("war romans exodus genesis psalm boeing iphone title force")
_USERS = word_set(USERS)
# So many are a count where a sentence begins: `Serving 300 users`.
_MANY = 100
# What begins a sentence with a count.
_BEFORE_COUNTS = word_set(
    "minimum maximum yesterday meanwhile finally altogether "
    "monday tuesday wednesday thursday friday saturday sunday "
    "some nearly almost around roughly approximately our their his her my your another other these "
    "those all both first last today currently every each fewer many few etwa rund fast knapp über "
    "than least about over only "
    "environ près quelque unos casi cerca alrededor около почти более"
)
_IN_RATIOS = word_set("in von sur de из")
_FEW = word_set("two three four five six seven eight nine 2 3 4 5 6 7 8 9")
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


def may_be_version(text: Passage, place: int, number: Number, unit: Unit) -> bool:
    """Whether a number belongs to the name of what people use: `Windows 10 users`."""
    user = text.word(unit.place - 1)
    if unit.name != PEOPLE or user not in _USERS or not _is_bare(number):
        return False
    name = text.word(place - 2)
    if text.class_at(place - 1) != " " or not name.isalpha() or name in _BEFORE_COUNTS:
        return False
    if name in FUNCTION_WORDS or text.written(place - 2, place - 1).islower():
        return False
    if name not in _VERSIONED and _leads_to_place(text, _before_name(text, place)):
        return False
    return not _starts_sentence(text, place) or number.value < _MANY


def is_of_name(text: Passage, place: int, number: Number, unit: Unit) -> bool:
    """Whether a number ends the name of a group of people: `the Chicago 7 defendants`."""
    if unit.name != PEOPLE or not _is_bare(number) or number.value > _MOST_OF_NAME:
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
    """Whether a number before members, more people or those of a country ends a name or an age.

    So it is in `Apollo 11 crew members`, `Prop 8 Democrats`, `At 18 Israelis join the army`.
    """
    is_counted = number.is_grouped or number.is_scaled
    if unit.name != PEOPLE or text.lexicon.language != "en" or is_counted:
        return False
    before, noun = text.word(place - 2), unit.place - 1
    if text.class_at(number.end) == "+" and before in _BEFORE_AGES_AND_UP and number.value < _MANY:
        return True
    is_more = text.word(text.after_space(number.end)) in _MORE
    if not (is_more or text.pieces.is_capital(noun) or text.word(noun) == "members"):
        return False
    is_age = before in _BEFORE_AGES or (before == "of" and text.word(place - 4) == "age")
    # No plural follows a 1.
    if number.value == 1 or (is_age and number.value < _MANY):
        return True
    is_name = before.isalpha() and text.pieces.is_capital(place - 2)
    if is_name and before in _NUMBERED_NAMES:
        return True
    if text.class_at(place - 1) != " " or not is_name or before in FUNCTION_WORDS | _BEFORE_COUNTS:
        return False
    if _starts_sentence(text, place):
        return number.value < _MANY
    return not _leads_to_place(text, _before_name(text, place))


def _is_bare(number: Number) -> bool:
    return number.is_figures and not (number.is_grouped or number.is_scaled)


def _starts_sentence(text: Passage, place: int) -> bool:
    """Whether the word before a place is the first one of a sentence or a line."""
    return place == 2 or text.class_at(place - 3) != " " or text.class_at(place - 4) in ".:"


def is_of_ratio(text: Passage, place: int, number: Number, unit: Unit) -> bool:
    """Whether a number of people tells but a share of them: `one in four users`."""
    if unit.name != PEOPLE:
        return False
    # `three out of every ten users`
    at = place - 2 * (text.word(place - 2) == "every")
    joint, one = text.word(at - 2), text.word(at - 4)
    if joint == "of":
        # `two out of five users`, `nine of ten users`
        return (one == "out" and number.value <= _TEN) or (one in _FEW and number.value == _TEN)
    if joint not in _IN_RATIOS:
        return False
    is_apart = text.class_at(at - 5) in " s-"
    is_one = one == "1" and not (is_apart and text.word(at - 6) in _NUMBERED_THINGS)
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
    if not is_next and number.value in YEARS and text.word(text.after_space(number.end)) in _MORE:
        return True
    if not is_next and number.value in _LIKELY_YEARS and text.word(place - 2) not in _BEFORE_COUNTS:
        # `1500 syrische Flüchtlinge`, but not `the Act of 2000 required parents`.
        is_round = number.value % _TEN == 0 and text.word(place - 2) not in _OF_YEARS
        return not is_round
    return number.value in YEARS and text.word(place - 2) in _IN

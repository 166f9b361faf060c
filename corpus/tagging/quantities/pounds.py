"""Tells pounds that weigh from those of money and of other measures."""

from __future__ import annotations

import re

from pinakes.corpus.tagging.pieces import word_set
from pinakes.corpus.tagging.quantities.reading import Passage
from pinakes.corpus.tagging.quantities.signs import FUNCTION_WORDS
from pinakes.corpus.tagging.tagger import ArticleText

POUNDS = frozenset({"pound", "pounds"})
# Articles that tell of weights otherwise, and those that tell of pounds of money.
_TELLS_WEIGHT = re.compile(
    r"\b(?:weigh(?:s|ed|ing|t|ts)?|los(?:e|es|t|ing)|gain(?:s|ed|ing)?)\b[^.!?\n]{0,40}?\bpounds?\b"
    r"|\bpounds? overweight\b|\d ?(?:lbs?|oz|kg|kilos)\b|\b(?:ounces?|kilograms?)\b",
    re.IGNORECASE,
)
_TELLS_MONEY = re.compile(r"£|\bsterling\b|\bpence\b|\bshillings?\b|\bGBP\b")
# How many pieces before and after the word may tell which pounds are meant, and right before it.
_BEFORE, _AFTER, _NEAR = 24, 12, 10
# Whatever else is told, what weighs so much weighs.
_WEIGHS = word_set("weigh weighs weighed weighing weight weights weightlifting bench bodyweight")
# With no word of money around.
_LOSES = word_set(
    "lose loses losing lost loose loosing gain gains gained gaining shed shedding drop dropped "
    "dropping lift lifts lifted lifting down"
)
_HEAVY = word_set(
    "lb lbs ounce ounces oz kg kilo kilos kilogram kilograms kilogrammes heavy heavier lighter "
    "muscle fat overweight obese diet payload cargo meat beef pork turkey flour sugar butter "
    "potatoes apples tomatoes berries cocaine heroin marijuana methamphetamine cannabis explosives "
    "inches weigh weighs weighed weighing weight weights tow towing"
)
_MONEY = word_set(
    "£ $ € sterling quid pence penny pennies shilling shillings guineas euro euros dollar dollars "
    "gbp pay pays paid paying payment payments payout cost costs costing price prices priced worth "
    "value valued fine fined fines salary salaries wage wages rent rents buy buys bought buying "
    "sell sells sold selling earn earns earned earning spend spends spent spending fund funds "
    "funding funded budget debt debts loan loans lend lent owe owed owes tax taxes fee fees bank "
    "banks money cash income invest invested investment donate donated donation bail compensation "
    "damages reward bet bets betting cards gambling casino lottery races horse horses auction "
    "profit profits revenue charge charged deposit deposited bonds savings pension bribe ransom "
    "cheque invoice stolen stole prize prizes legacy annuity inheritance inherited will penalty "
    "forfeit forfeited award awarded awards grant granted jury court offence entry transfer"
)
# What is no weight after `pounds of` and after `5-pound`.
_NOT_OF = word_set(
    "debt debts money cash income savings aid credit tax fines profit profits investment damage "
    "compensation value sterling gold pressure torque thrust force pull tension"
)
_SUMS = word_set(
    "note notes coin coins fine fines bill bills ticket tickets prize deal bet fee loan grant "
    "bonus donation cheque voucher contract reward debt price penalty bounty salary fund budget "
    "award"
)
_TIMES = word_set("year month hour annum")


def has_weights(article: ArticleText) -> bool:
    """Whether an article with pounds tells of weights, and not of pounds of money."""
    text = article.text
    if "pound" not in text or _TELLS_MONEY.search(text) is not None:
        return False
    return _TELLS_WEIGHT.search(text) is not None


def are_weight(text: Passage, place: int) -> bool:
    """Whether the word `pounds` at a place is told to be one of weight: `he lost 20 pounds`.

    `paid 20 pounds` is not, nor is `20 pounds` in an article without a word that tells of weights.
    """
    following, words = text.word(place + 2), text.pieces.words
    if text.class_at(place + 1) == "-" or (following == "per" and text.word(place + 4) == "square"):
        return False
    near = words[max(0, place - _NEAR) : place]
    if not _WEIGHS.isdisjoint(near):
        return True
    # `3 pounds of apples`, `30,000 pounds (13,600 kilograms)`
    noun = text.word(place + 4) if following == "of" else ""
    if noun.isalpha() and noun not in FUNCTION_WORDS and noun not in _NOT_OF:
        return True
    after = words[place + 1 : place + 1 + _AFTER]
    if text.class_at(place + 2) == "(" and not _HEAVY.isdisjoint(after[:6]):
        return True
    is_paid = following in {"a", "per", "an"} and text.word(place + 4) in _TIMES
    around = {*words[max(0, place - _BEFORE) : place], *after}
    if is_paid or following == "at" or not _MONEY.isdisjoint(around):
        return False
    return text.has_weights() or not (_LOSES.isdisjoint(near) and _HEAVY.isdisjoint(around))


def is_weight_joined(text: Passage, place: int) -> bool:
    """Whether the word `pound` at a place, behind a hyphen, weighs: `a 12-pound dog`."""
    return text.class_at(place + 1) != "-" and text.word(place + 2) not in _SUMS

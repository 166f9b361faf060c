"""Tells pounds that weigh from those of money and of other measures."""

from __future__ import annotations

import re
from enum import Enum, auto

from pinakes.corpus.tagging.pieces import word_set
from pinakes.corpus.tagging.quantities.reading import Number, Passage
from pinakes.corpus.tagging.quantities.signs import FUNCTION_WORDS
from pinakes.corpus.tagging.tagger import ArticleText

POUNDS = frozenset({"pound", "pounds"})
# How many pieces before and after the word may tell which pounds are meant; and how many near it,
# and right beside it, do so better.
_BEFORE, _AFTER, _NEAR, _NEXT = 24, 12, 12, 6
# Of more, nobody loses so many that weigh, and no article tells so many without saying of what.
_FEW, _MANY = 1000, 100_000
_FAR_MORE = 3
_WEIGHS = word_set("weigh weighs weighed weighing")
_CHANGES = word_set(
    "lose loses losing lost loose loosing gain gains gained gaining shed shedding drop dropped "
    "dropping lift lifts lifted lifting"
)
_HEAVY = _WEIGHS | word_set(
    "weight weights bodyweight heavy heavier light lighter lightweight muscle overweight payload "
    "tow towing load loads lb lbs oz ounces kg kilos kilograms kilogrammes"
)
# What is weighed: `pounds of beef`.
_GOODS = word_set(
    "beef pork meat chicken turkey lamb fish salmon tuna shrimp crab flour sugar butter cheese "
    "rice pasta potatoes tomatoes onions carrots apples pears berries strawberries grapes nuts "
    "almonds coffee tea salt chocolate bread fat muscle cocaine heroin marijuana methamphetamine "
    "meth cannabis fentanyl hashish opium explosives dynamite gunpowder trash garbage waste paper "
    "plastic steel copper iron coal uranium fertilizer feed wool cotton tobacco produce body"
)
_MONEY = word_set(
    "£ $ € sterling quid pence penny pennies shilling shillings guineas euro euros dollar dollars "
    "gbp pay pays paid paying payment payments payout cost costs costing price prices priced worth "
    "value valued fine fined fines salary salaries wage wages rent rents buy buys bought buying "
    "sell sells sold selling earn earns earned earning spend spends spent spending fund funds "
    "funding funded budget debt debts loan loans lend lent owe owed owes tax taxes fee fees bank "
    "banks money cash income invest invested investment donate donated donation bail compensation "
    "damages reward bet bets betting cards gambling casino lottery races auction raised raise fare "
    "profit profits revenue charge charged deposit deposited bonds savings pension bribe ransom "
    "cheque invoice stolen stole prize prizes legacy annuity inheritance inherited penalty ticket "
    "forfeit forfeited award awarded awards grant granted jury subsidy tickets transfer handed"
)
# What is no weight after `pounds of` and after `5-pound`.
_NOT_OF = word_set(
    "debt debts money cash income savings aid credit tax fines profit profits investment damage "
    "damages compensation value sterling pressure torque thrust force pull tension it them goods "
    "loans losses cuts stock assets rent interest public taxpayers"
)
_SUMS = word_set(
    "note notes coin coins fine fines bill bills ticket tickets prize deal bet fee loan grant "
    "bonus donation cheque voucher contract reward debt price penalty bounty salary fund budget "
    "award bail annuity subsidy settlement tip charge payment deposit discount fare subscription "
    "meal scholarship rise"
)
_A, _TIMES = frozenset({"a", "an", "per"}), word_set("year month hour annum kilo kg")
_TELLS_WEIGHT = re.compile(
    r"\bweigh(?:s|ed|ing)?\b[^.!?\n]{0,40}?\bpounds?\b|\b(?:lose|lost|losing) weight\b"
    r"|\bweight loss\b|\bpounds? overweight\b|\d ?(?:lbs?|oz|ounces|kg|kilos|kilograms)\b"
    r"|\b(?:cups?|tbsp|tsp|tablespoons?|teaspoons?)\b",
    re.IGNORECASE,
)
_TELLS_MONEY = re.compile(
    r"£|\b(?:sterling|pence|shillings?|GBP|Brit(?:ain|ish)|Engl(?:and|ish)|Scot(?:land|tish)|London"
    r"|Egypt(?:ian)?|Cairo|Leban(?:on|ese)|Beirut|Sudan(?:ese)?|Syrian?)\b"
)


class PoundsTold(Enum):
    """Which pounds an article tells of."""

    WEIGHT = auto()
    MONEY = auto()
    NEITHER = auto()


def pounds_told(article: ArticleText) -> PoundsTold:
    """Return which pounds an article tells of; of both, what it tells of far more often."""
    weights = len(_TELLS_WEIGHT.findall(article.text))
    money = len(_TELLS_MONEY.findall(article.text))
    if weights > money * _FAR_MORE:
        return PoundsTold.WEIGHT
    return PoundsTold.MONEY if money else PoundsTold.NEITHER


def are_weight(text: Passage, place: int, number: Number) -> bool:
    """Whether the word `pounds` at a place is told to be one of weight.

    What comes first decides: another measure (`pounds per square inch`); `weighs`, or what is
    weighed (`3 pounds of apples`, `30,000 pounds (13,600 kilograms)`); a word of money, or
    millions; another noun (`3 pounds of ribs`); a word of weights (`lost 20 pounds`); the article.
    What nothing tells is no weight.
    """
    following, words = text.word(place + 2), text.pieces.words
    after = words[place + 1 : place + 1 + _AFTER]
    if _is_other_measure(text, place):
        return False
    near = words[max(0, place - _NEAR) : place]
    noun = text.word(place + 4) if following == "of" else ""
    is_in_brackets = text.class_at(place + 2) == "("
    if not _WEIGHS.isdisjoint(near) or "weight" in near[-_NEXT - 2 :] or noun in _GOODS:
        return True
    if is_in_brackets and not _HEAVY.isdisjoint(after[: _NEXT + 2]):
        return True
    if number.is_scaled or not _MONEY.isdisjoint({*words[max(0, place - _BEFORE) : place], *after}):
        return False
    if noun.isalpha() and noun not in FUNCTION_WORDS:
        return noun not in _NOT_OF
    if not _CHANGES.isdisjoint(near):
        return number.value < _FEW
    is_near = not (_HEAVY.isdisjoint(near) and _HEAVY.isdisjoint(after[:_NEXT]))
    if is_near or not _GOODS.isdisjoint(after[:_NEXT]):
        return number.value < _MANY
    return number.value < _MANY and text.pounds_told() is PoundsTold.WEIGHT


def _is_other_measure(text: Passage, place: int) -> bool:
    following, later = text.word(place + 2), text.word(place + 4)
    if text.class_at(place + 1) == "-" or following == "at":
        return True
    return (following == "per" and later == "square") or (following in _A and later in _TIMES)


def is_weight_joined(text: Passage, place: int) -> bool:
    """Whether the word `pound` at a place, behind a hyphen, weighs: `a 12-pound dog`."""
    following = text.pieces.words[place + 1 : place + 6]
    if text.class_at(place + 1) == "-" or not _SUMS.isdisjoint(following):
        return False
    return not _GOODS.isdisjoint(following) or text.pounds_told() is not PoundsTold.MONEY

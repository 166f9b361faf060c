"""Tells pounds of weight from those of money, and from parts of other units."""

from __future__ import annotations

from pinakes.corpus.tagging.pieces import word_set
from pinakes.corpus.tagging.quantities.reading import Number, Passage
from pinakes.corpus.tagging.quantities.signs import CURRENCY_SIGNS

# How many pieces before and after a number may tell which are meant.
_BEFORE, _AFTER = 24, 12
_MUCH = 100_000
_MONEY = word_set(
    "£ sterling quid pence penny pennies shilling shillings guineas euro euros dollar dollars gbp "
    "pay pays paid paying payment payments payout cost costs costing price prices priced worth "
    "value valued fine fined fines salary salaries wage wages rent rents buy buys bought buying "
    "sell sells sold selling earn earns earned earning spend spends spent spending fund funds "
    "funding funded budget debt debts loan loans lend lent owe owed owes tax taxes fee fees bank "
    "banks money cash income invest invested investment donate donated donation raised bail "
    "compensation damages reward bet profit profits revenue charge charged deposit deposited "
    "bonds savings pension bribe ransom cheque invoice stolen stole uk britain british england "
    "english scotland scottish wales welsh london egypt egyptian lebanon lebanese syria syrian "
    "sudan sudanese cyprus cypriot"
)
_WEIGHT = word_set(
    "weigh weighs weighed weighing weight weights lb lbs ounce ounces oz ton tons kg kilo kilos "
    "kilogram kilograms kilogrammes heavy heavier lose loses losing lost gain gains gained shed "
    "drop dropped lift lifts lifted lifting fat muscle body diet carry carries payload cargo load "
    "tow tows towing catch harvest harvested crop meat beef pork chicken fish crab salmon tuna "
    "cocaine heroin marijuana explosives bomb bombs trash waste garbage produce"
)
# What a sum is of, right after `5-pound`.
_SUMS = word_set(
    "note notes coin coins fine fines bill bills ticket tickets prize deal bet fee loan grant "
    "bonus donation cheque voucher contract"
)


def are_weight(text: Passage, place: int, number: Number, end: int) -> bool:
    """Whether the pounds that end at a place weigh: `lost 20 pounds`, but no `paid 20 pounds`.

    Args:
        text: The passage.
        place: Where the number begins.
        number: The number.
        end: One past the word `pounds`.
    """
    following = text.word(end + 1)
    if text.class_at(end) == "-" or following in _SUMS:
        return False
    if following == "per" and text.word(end + 3) == "square":
        return False
    # `50 million pounds ($78 million)`
    if text.class_at(end + 1) == "(" and text.word(end + 2) in CURRENCY_SIGNS:
        return False
    words = text.pieces.words
    around = {*words[max(0, place - _BEFORE) : place], *words[end : end + _AFTER]}
    is_weight = not _WEIGHT.isdisjoint(around)
    if not _MONEY.isdisjoint(around):
        # `paid $5 for 20 pounds of beef`
        return following == "of" and is_weight and "£" not in around
    return is_weight or following == "of" or number.value < _MUCH

"""Terms that name a people and tell of none: `French bread`, `berger allemand`."""

from __future__ import annotations

import re

_TERM = re.compile(
    r"(?:"
    r"french (?:breads?|fry|fries|fried|horns?|press(?:es)?|windows?|doors?|dips?|vermouth"
    r"|kiss(?:es|ing)?|toast|tips?|cuffs?|curves?|leave|polish|poodles?|roast|bulldogs?|onions?|manicures?)"
    r"|danish (?:pastry|pastries|cookies)"
    r"|swiss (?:cheese|army kni(?:fe|ves)|chard|rolls?|balls?|steaks?)"
    r"|dutch (?:ovens?|doors?|courage|treat|elm|auctions?|uncles?|angles?|bab(?:y|ies)"
    r"|hoes?|rolls?)"
    r"|turkish (?:delights?|baths?|towels?|coffees?|rugs?|angoras?|van cats?)"
    r"|persian (?:cats?|kittens?|rugs?|carpets?|lilacs?|blinds?|walnuts?)"
    r"|german (?:shepherds?|measles|shorthaired|chocolate cakes?|cockroach(?:es)?|roach(?:es)?)"
    r"|italian (?:sausages?|greyhounds?|dressings?|ices?|parsley|seasoning|herbs|breads?|plums?)"
    r"|chinese (?:checkers|whispers|evergreens?|cabbages?|lanterns?|finger traps?)"
    r"|indian (?:summers?|ink|corn|file|burns?)"
    r"|irish (?:coffees?|stews?|setters?|creams?|wolfhounds?|moss|goodbyes?)"
    r"|russian (?:roulette|dolls?|dressing|salads?|blues?|sage|olives?)"
    r"|japanese (?:maples?|beetles?|knotweed|lanterns?)"
    r"|thai (?:basil|chil(?:i|is|ies|lies)|massages?|boxing)"
    r"|vietnamese coriander|siamese (?:cats?|twins?)|bengal (?:cats?|tigers?)|afghan hounds?"
    r"|swedish (?:fish|meatballs?|massages?|ivy)|norwegian (?:forest cats?|wood)"
    r"|spanish (?:flu|moss|omelett?es?|onions?|fly)|portuguese (?:water dogs?|man o)"
    r"|scottish (?:folds?|terriers?|deerhounds?)|welsh (?:rarebit|corg(?:i|is)|dressers?|terriers?)"
    r"|canadian (?:bacon|gee?se|goose|tuxedos?)|belgian (?:waffles?|malinois|endives?|shepherds?)"
    r"|greek (?:yogh?urts?|salads?|chorus|letters?)|brazilian (?:wax|waxes|jiu|butt|blowouts?)"
    r"|cuban (?:heels?|sandwich(?:es)?)|mexican (?:standoffs?|waves?|jumping)|american cheese"
    r"|egyptian (?:cotton|maus?)|australian (?:shepherds?|cattle dogs?)|moroccan oil"
    r"|argentin(?:e|ian) tango|peruvian lil(?:y|ies)"
    r"|deutsche[nrms]? (?:schäferhunde?\w?|doggen?)|schweizer (?:käse|taschenmesser)"
    r"|russische[nrms]? (?:roulette|eier?)|spanische[nrms]? (?:grippe|fliegen?|wand)"
    r"|schwedische[nrms]? gardinen|französische[nrms]? bulldoggen?|türkische[nrms]? honig"
    r")\b",
    re.IGNORECASE,
)
# In French and Spanish the noun stands before.
_NOUN_BEFORE = re.compile(
    r"(?i)\b(?:bergers?|tapis|chats?|couteaux?|bains?|roulette|montagnes?|poupées?|pastor(?:es)?"
    r"|navajas?|gatos?|alfombras?|baños?|ruleta|montañas?|ensaladilla|tortillas?)\s$"
)


def is_of_a_term(before: str, written: str, after: str, language: str) -> bool:
    """Whether the name of a people is part of a term that tells nothing of it.

    Args:
        before: The text before the name.
        written: The name as it stands.
        after: The text after it.
        language: ISO 639-1 code or `und`.
    """
    if _TERM.match(f"{written}{after}"):
        return True
    return language in ("fr", "es") and _NOUN_BEFORE.search(before) is not None
